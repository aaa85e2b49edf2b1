"""The station of the line where prices are told: relations in, `terms`, `piece` and `billed_amount` out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from recon_xl.core.money import minor_digits, product, round_half_up
from recon_xl.core.piece import Piece
from recon_xl.core.terms import Terms
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import AMOUNT, Session
from recon_xl.pricing.book import PriceBook
from recon_xl.pricing.counted import Counted, count_pieces
from recon_xl.pricing.price_line import price_lines
from recon_xl.pricing.terms import TermBook
from recon_xl.pricing.vendor import BilledUnits, VendorPricer

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

    def load_terms(self, session: Session, pairs: Sequence[tuple[str, str]]) -> None:
        """The relation `terms`: quantity source, price basis and count source of every client and product."""
        resolved: list[Terms] = [self.terms(client, name) for client, name in pairs]
        session.load(
            "terms",
            {"client": "VARCHAR", "product": "VARCHAR", "quantity_source": "VARCHAR", "price_basis": "VARCHAR", "count_source": "VARCHAR"},
            {
                "client": [client for client, _ in pairs],
                "product": [name for _, name in pairs],
                "quantity_source": [terms.quantity_source for terms in resolved],
                "price_basis": [terms.price_basis for terms in resolved],
                "count_source": [terms.count_source or None for terms in resolved],
            },
        )

    def price(self, session: Session) -> list[Piece]:
        """Every piece of every expected bill; loads the relations `piece` and `billed_amount`."""
        billed = _billed_units(session)
        lines = price_lines(session.rows("SELECT * FROM price_input"), self._inputs)
        counts = (
            Counted._make(row)
            for row in session.rows(
                "SELECT n.client, n.product, c.currency, n.count_source, n.as_of, n.quantity, n.line_ids "
                "FROM counted AS n INNER JOIN client AS c ON c.client = n.client ORDER BY n.client, n.product"
            )
        )
        pieces = list(VendorPricer(self._settings, self.book, self.terms, billed).pieces(lines))
        pieces += count_pieces(counts, self.book, self.terms, billed)
        _load_pieces(session, pieces)
        self._load_billed_amounts(session)
        return pieces

    def _load_billed_amounts(self, session: Session) -> None:
        rows = session.rows(
            "SELECT line_id, amount, line_currency, client_currency FROM billed_line WHERE state = 'mapped' ORDER BY line_id"
        )
        ids, amounts, problems = [], [], []
        for line_id, amount, source, target in rows:
            rate = self.book.rate(source, target)
            ids.append(line_id)
            amounts.append(Decimal(0) if rate is None else _converted(amount, rate, target))
            problems.append(f"no rate from {source} to {target} on FX Rates" if rate is None else None)
        session.load(
            "billed_amount",
            {"line_id": "VARCHAR", "amount": AMOUNT, "problem": "VARCHAR"},
            {"line_id": ids, "amount": amounts, "problem": problems},
        )


def _converted(amount: Decimal, rate: Decimal, currency: str) -> Decimal:
    return amount if rate == 1 else round_half_up(product(amount, rate), minor_digits(currency))


def _billed_units(session: Session) -> BilledUnits:
    rows = session.rows("SELECT client, product, subscription_id, unit_price, currency FROM billed_unit")
    units = {(client, name, subscription): (unit, currency) for client, name, subscription, unit, currency in rows}
    for client, name, _, unit, currency in sorted(rows, key=lambda row: (row[0], row[1], row[3])):
        units.setdefault((client, name, ""), (unit, currency))
    return units


def _load_pieces(session: Session, pieces: Sequence[Piece]) -> None:
    session.load(
        "piece",
        {
            "client": "VARCHAR", "product": "VARCHAR", "currency": "VARCHAR", "subscription_id": "VARCHAR",
            "kind": "VARCHAR", "amount": AMOUNT, "instalment": AMOUNT, "cost": AMOUNT, "units": AMOUNT,
            "months": "INTEGER", "is_earlier": "BOOLEAN", "problem": "VARCHAR", "confidence": "DECIMAL(9,6)",
        },  # fmt: skip
        {
            "client": [piece.client for piece in pieces],
            "product": [piece.product for piece in pieces],
            "currency": [piece.currency for piece in pieces],
            "subscription_id": [piece.subscription_id for piece in pieces],
            "kind": [piece.kind for piece in pieces],
            "amount": [piece.amount for piece in pieces],
            "instalment": [piece.instalment for piece in pieces],
            "cost": [piece.cost for piece in pieces],
            "units": [piece.units for piece in pieces],
            "months": [piece.months for piece in pieces],
            "is_earlier": [piece.is_earlier for piece in pieces],
            "problem": [piece.problem for piece in pieces],
            "confidence": [piece.confidence for piece in pieces],
        },
    )
