"""The station of the line where prices are told: relations in, `terms`, `piece` and `billed_amount` out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from recon_xl.core.money import ZERO, product, ratio, to_minor_unit, total
from recon_xl.core.piece import Piece
from recon_xl.core.terms import Terms
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import AMOUNT, Session
from recon_xl.pricing.alternatives import load_alternatives
from recon_xl.pricing.book import PriceBook
from recon_xl.pricing.counted import COUNTED, Counted, count_pieces
from recon_xl.pricing.hypotheses.case import Tools
from recon_xl.pricing.pieces import PieceMaker, monthly_cost
from recon_xl.pricing.printed import price_lines
from recon_xl.pricing.spoiled import Spoiled
from recon_xl.pricing.terms import TermBook
from recon_xl.pricing.unit_price import Billed, BilledUnits
from recon_xl.pricing.vendor import VendorPricer

_BOOK_TABLES = ("Price Rules", "Sell Prices", "FX Rates", "Profiles", "Price List")


class Pricing:
    """All look-ups of one run; `terms` are resolved once a client and product."""

    def __init__(self, inputs: Inputs) -> None:
        self._settings = inputs.settings
        self._inputs = inputs
        self.book = PriceBook(inputs.settings, {name: inputs.records(name) for name in _BOOK_TABLES})
        products = [row for row in inputs.records("Products") if row["Billing Product"]]
        self._term_book = TermBook(inputs.settings, products, inputs.records("Agreements"))
        self.terms = cache(self._term_book.of)
        self._billed: BilledUnits = {}

    def load_terms(self, session: Session, pairs: Sequence[tuple[str, str]]) -> None:
        """The relation `terms`: quantity source, price basis, count source and count basis of every client and product."""
        resolved: list[Terms] = [self.terms(client, name) for client, name in pairs]
        session.load(
            "terms",
            {
                "client": "VARCHAR",
                "product": "VARCHAR",
                "quantity_source": "VARCHAR",
                "price_basis": "VARCHAR",
                "count_source": "VARCHAR",
                "count_basis": "VARCHAR",
            },
            {
                "client": [client for client, _ in pairs],
                "product": [name for _, name in pairs],
                "quantity_source": [terms.quantity_source for terms in resolved],
                "price_basis": [terms.price_basis for terms in resolved],
                "count_source": [terms.count_source or None for terms in resolved],
                "count_basis": [terms.count_basis for terms in resolved],
            },
        )

    def price(self, session: Session) -> list[Piece]:
        """Every piece of every expected bill; loads the relations `piece` and `billed_amount`."""
        self._load_billed_amounts(session)
        billed = self._billed = self._billed_units(session)
        lines = price_lines(session.rows("SELECT * FROM price_input"), self._inputs)
        counts = map(Counted._make, session.rows(f"{COUNTED} ORDER BY n.client, n.product"))
        maker, spoiled = PieceMaker(self._settings, self.book), Spoiled(self._inputs)
        pieces = list(VendorPricer(maker, self.book, self.terms, billed, spoiled).pieces(lines))
        pieces += count_pieces(counts, self.book, self.terms, billed, spoiled)
        _load_pieces(session, pieces)
        return pieces

    def load_alternatives(self, session: Session) -> None:
        """What else would explain the bill of each key that does not agree; loads the relation `alternative`."""
        sell_prices = self._inputs.records("Sell Prices")
        spoiled = Spoiled(self._inputs)
        tools = Tools(self._settings, self.book, self._term_book, sell_prices, self._billed, spoiled)
        load_alternatives(session, self._inputs, tools, self.terms)

    def _billed_units(self, session: Session) -> BilledUnits:
        session.relate("billed_unit")
        sides: dict[tuple[str, str, str], Billed] = {}
        only: dict[tuple[str, str], Billed] = {}
        keys: dict[tuple[str, str], list[tuple[Decimal, Decimal, Decimal]]] = {}
        for row in session.many_records("SELECT * FROM billed_unit ORDER BY client, product, subscription_id"):
            rate = self.book.rate(row["currency"], row["client_currency"])
            if rate is not None:
                unit = product(row["unit_price"], rate)
                key = (row["client"], row["product"])
                sides[*key, row["subscription_id"]] = only[key] = _billed(unit, row["quantity"], row["amount"])
                keys.setdefault(key, []).append((row["quantity"], unit, row["amount"]))
        for (client, name), parts in keys.items():
            if len(parts) == 1:
                sides[client, name, ""] = only[client, name]
                continue
            whole, amount = total(quantity for quantity, _, _ in parts), total(amount for _, _, amount in parts)
            sides[client, name, ""] = _billed(max(parts)[1], whole, amount)
        return sides

    def _load_billed_amounts(self, session: Session) -> None:
        """The relation `billed_amount`: as stated within one currency; what is computed or converted is rounded here."""
        rows = session.rows(
            "SELECT n, amount::VARCHAR, is_computed, line_currency, client_currency FROM billed_line "
            "WHERE state = 'mapped' AND (is_computed OR line_currency <> client_currency) ORDER BY n"
        )
        ids, amounts, problems = [], [], []
        for n, text, is_computed, source, target in rows:
            rate = self.book.rate(source, target)
            amount = to_minor_unit(Decimal(text), source) if is_computed else Decimal(text)
            ids.append(n)
            amounts.append(ZERO if rate is None else _converted(amount, rate, target))
            problems.append(f"no rate from {source} to {target} on FX Rates" if rate is None else None)
        session.load(
            "converted_amount",
            {"n": "INTEGER", "amount": AMOUNT, "problem": "VARCHAR"},
            {"n": ids, "amount": amounts, "problem": problems},
        )
        session.relate("billed_amount")


def _converted(amount: Decimal, rate: Decimal, currency: str) -> Decimal:
    return amount if rate == 1 else to_minor_unit(product(amount, rate), currency)


def _billed(unit: Decimal, quantity: Decimal, amount: Decimal) -> Billed:
    average = ratio(amount, quantity) if quantity else unit
    return Billed((unit,) if average == unit else (unit, average), amount)


_KEY = ("client", "product", "currency", "subscription_id", "kind", "is_earlier")
_GROUPED = attrgetter(*_KEY)


def _load_pieces(session: Session, pieces: Sequence[Piece]) -> None:
    """The relation `piece`: amounts of one client, product, subscription and kind together, as the match needs them."""
    groups: dict[tuple[Any, ...], list[Piece]] = {}
    for key, piece in zip(map(_GROUPED, pieces), pieces, strict=True):
        groups.setdefault(key, []).append(piece)
    joined = list(map(_joined, groups.values()))
    session.load(
        "piece",
        {
            **dict.fromkeys(("client", "product", "currency", "subscription_id", "kind"), "VARCHAR"), "is_earlier": "BOOLEAN",
            "amount": AMOUNT, "instalment": AMOUNT, "cost": AMOUNT, "spread_cost": AMOUNT, "units": AMOUNT, "months": "INTEGER",
            "problem": "VARCHAR", "why": "VARCHAR", "confidence": AMOUNT,
        },
        {
            **dict(zip(_KEY, list(zip(*groups, strict=True)) or [()] * len(_KEY), strict=True)),
            "amount": [piece.amount for piece in joined],
            "instalment": [piece.instalment for piece in joined],
            "cost": [piece.cost or ZERO for piece in joined],
            "spread_cost": [
                monthly_cost(group[0]) if len(group) == 1 else total(map(monthly_cost, group)) for group in groups.values()
            ],
            "units": [piece.units for piece in joined],
            "months": [piece.months for piece in joined],
            # A credit without its share is held alone; the rest of the key can still be compared.
            "problem": [None if piece.kind == "credit" else piece.problem for piece in joined],
            "why": [piece.why for piece in joined],
            "confidence": [piece.confidence for piece in joined],
        },
    )  # fmt: skip


def _joined(group: Sequence[Piece]) -> Piece:
    """Pieces of one client, product, subscription and kind as one; its reason is that of the largest."""
    if len(group) == 1:
        return group[0]
    units = [piece.units for piece in group if piece.units is not None]
    return group[0]._replace(
        amount=total([piece.amount for piece in group]),
        instalment=total([piece.instalment for piece in group]),
        cost=total([piece.cost or ZERO for piece in group]),
        # Units billed by count or after limits; None where seats tell the quantity.
        units=total(units) if units else None,
        months=max([piece.months for piece in group]),
        problem=next((piece.problem for piece in group if piece.problem), None),
        why=max(group, key=lambda piece: abs(piece.amount)).why,
        confidence=min([piece.confidence for piece in group]),
    )
