"""The station of the line where prices are told: relations in, `terms`, `piece` and `billed_amount` out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from recon_xl.pricing.price_line import price_lines
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


_GROUPED = attrgetter("client", "product", "currency", "subscription_id", "kind", "is_earlier")


def _load_pieces(session: Session, pieces: Sequence[Piece]) -> None:
    """The relation `piece`: amounts of one client, product, subscription and kind together, as the match needs them."""
    groups: dict[tuple[Any, ...], list[Piece]] = {}
    for key, piece in zip(map(_GROUPED, pieces), pieces, strict=True):
        groups.setdefault(key, []).append(piece)

    def summed(amount: Callable[[Piece], Decimal]) -> list[Decimal]:
        return [amount(group[0]) if len(group) == 1 else total(map(amount, group)) for group in groups.values()]

    keys = list(zip(*groups, strict=True)) or [()] * 6
    names = ("client", "product", "currency", "subscription_id", "kind")
    session.load(
        "piece",
        {
            **dict.fromkeys(names, "VARCHAR"), "is_earlier": "BOOLEAN", "amount": AMOUNT, "instalment": AMOUNT,
            "cost": AMOUNT, "spread_cost": AMOUNT, "units": AMOUNT, "months": "INTEGER", "problem": "VARCHAR",
            "why": "VARCHAR", "confidence": AMOUNT,
        },
        {
            **dict(zip((*names, "is_earlier"), keys, strict=True)),
            "amount": summed(attrgetter("amount")),
            "instalment": summed(attrgetter("instalment")),
            "cost": summed(lambda piece: piece.cost or ZERO),
            "spread_cost": summed(monthly_cost),
            "units": [_units(group) for group in groups.values()],
            "months": [max([piece.months for piece in group]) for group in groups.values()],
            # A credit without its share is held alone; the rest of the key can still be compared.
            "problem": [
                next((piece.problem for piece in group if piece.problem and piece.kind != "credit"), None)
                for group in groups.values()
            ],
            "why": [_largest(group).why for group in groups.values()],
            "confidence": [min([piece.confidence for piece in group]) for group in groups.values()],
        },
    )  # fmt: skip


def _largest(group: Sequence[Piece]) -> Piece:
    return group[0] if len(group) == 1 else max(group, key=lambda piece: abs(piece.amount))


def _units(group: Sequence[Piece]) -> Decimal | None:
    """Units billed by count or after limits; None where seats tell the quantity."""
    units = [piece.units for piece in group if piece.units is not None]
    return total(units) if units else None
