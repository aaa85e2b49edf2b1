"""Counts -> pieces: counted units, less the included ones, at the price of the agreement, list or billed line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from recon_xl.core.money import ZERO, product, quantity_text, to_minor_unit
from recon_xl.core.piece import Piece
from recon_xl.core.price import billable_units
from recon_xl.core.terms import Terms
from recon_xl.pricing.book import PriceBook
from recon_xl.pricing.price_line import limit_words
from recon_xl.pricing.spoiled import Spoiled
from recon_xl.pricing.unit_price import BilledUnits, Price, unit_price

COUNTED = """
    SELECT n.client, n.product, c.currency, n.count_source, n.basis, n.as_of, n.quantity, n.line_ids
    FROM counted AS n
    INNER JOIN client AS c ON c.client = n.client
"""
"""The columns of a `Counted`, in order."""


class Counted(NamedTuple):
    """The count that decides for one client and product: the relation `counted` with the client's currency."""

    client: str
    product: str
    currency: str
    count_source: str
    basis: str
    as_of: date
    quantity: Decimal
    line_ids: list[str]


def count_pieces(
    counts: Iterable[Counted],
    book: PriceBook,
    terms_of: Callable[[str, str], Terms],
    billed: BilledUnits,
    spoiled: Spoiled,
) -> Iterator[Piece]:
    """One piece a client and product; markup and rrp need vendor lines, so there they are a problem."""
    for count in counts:
        terms = terms_of(count.client, count.product)
        units = billable_units(count.quantity, terms.included, terms.minimum, terms.maximum)
        counted = f"{quantity_text(count.quantity)} counted by {count.count_source}"
        why = f"{counted} on {count.as_of:%Y-%m-%d} ({count.basis})"
        why += limit_words(terms, count.quantity, units)
        price = _price(count, units, book, terms, billed)
        problem = spoiled.reason(count.client, count.product) or price.problem
        if terms.price_basis in ("markup", "rrp"):
            problem = f"price basis {terms.price_basis} needs vendor lines, but {count.product} is counted"
        exact = ZERO if problem else product(price.amount, units)
        amount = to_minor_unit(exact, count.currency)
        yield Piece(
            client=count.client, product=count.product, currency=count.currency, subscription_id="", kind="count",
            quantity=ZERO if problem else units, unit=price.amount, amount=amount, exact=exact, cost=None,
            line_ids=tuple(count.line_ids), why=f"{why} x {price.why}", instalment=amount, units=units, problem=problem,
        )  # fmt: skip


def _price(count: Counted, units: Decimal, book: PriceBook, terms: Terms, billed: BilledUnits) -> Price:
    """As billed takes the reading of the billed unit price that explains the bill better."""
    side = billed.get((count.client, count.product, ""))
    readings = range(len(side.units)) if side is not None else range(1)
    prices = [
        unit_price(book, billed, terms, count.client, count.product, count.currency, "", reading)
        for reading in readings
    ]
    aim = side.amount if side is not None else ZERO
    return min(prices, key=lambda price: abs(product(price.amount, units) - aim))
