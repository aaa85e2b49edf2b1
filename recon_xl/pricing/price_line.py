"""A vendor line to be priced, and the words for prices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from recon_xl.core.cycle import PLANS, cycle_of
from recon_xl.core.money import ZERO, product, quantity_text, ratio
from recon_xl.core.terms import Terms
from recon_xl.engine.load_vendor import term_of

ONE = Decimal(1)
_PRINTED_TO = Decimal("0.01")
"""Effective prices are printed to a cent at worst."""


class Printed(NamedTuple):
    """What the vendor printed on all lines, by column, and what only retail prices ask for: a line looks it up at its `place`."""

    customers: Sequence[str | None]
    products: Sequence[str | None]
    skus: Sequence[str | None]
    sub_starts: Sequence[date | None]
    sub_ends: Sequence[date | None]


class PriceLine(NamedTuple):
    """One vendor line to be priced: how it was mapped, and what the vendor printed. `opening_price` is that of its cycle.

    `is_part` is true of the second line of one purchase (relation `part`): a cost, but no seats and no unit price of ours.
    """

    client: str
    product: str
    client_currency: str
    reseller: str
    kind: str
    charge_type: str
    plan: str | None
    signed_quantity: Decimal
    subscription_id: str
    is_earlier: bool
    confidence: Decimal
    opening_price: Decimal
    seats: Decimal | None
    line_id: str
    charge_start: date | None
    charge_end: date | None
    price: Decimal
    unit_price: Decimal | None
    pc_to_bc: Decimal | None
    subtotal: Decimal
    currency: str
    pricing_currency: str
    is_part: bool
    place: int
    printed: Printed

    @property
    def customer_id(self) -> str:
        """The vendor's id of its customer."""
        return self.printed.customers[self.place] or ""

    @property
    def term(self) -> str | None:
        """Term of its subscription: P1M, P1Y or P3Y; None where dates do not tell."""
        return term_of(self.sub_start, self.printed.sub_ends[self.place])

    @property
    def sub_start(self) -> date | None:
        """The day on which the term of its subscription began."""
        return self.printed.sub_starts[self.place]

    @property
    def product_id(self) -> str:
        """The vendor's id of its product."""
        return self.printed.products[self.place] or ""

    @property
    def sku_id(self) -> str:
        """The vendor's id of its SKU."""
        return self.printed.skus[self.place] or ""


def opening_price(
    price: Decimal | None, unit: Decimal | None, start: date | None, end: date | None, plan: str | None
) -> Decimal:
    """What a whole cycle costs by its opening line: its effective price, or the Unit Price where that pays for some days only.

    A first cycle that ends with another subscription (coterminosity) is shorter than the others and costs less. A promotion
    lowers the price as well, but not in the proportion of the days.
    """
    known = price or ZERO
    if unit is None or start is None or end is None or plan not in PLANS or not abs(known) < unit:
        return known
    _, days = cycle_of(start, end, plan)
    counted = (end - start).days + 1
    by_days = ratio(product(unit, Decimal(counted)), Decimal(days))
    return unit if known and counted < days and abs(abs(known) - by_days) <= _PRINTED_TO else known


_CHARGE_WORDS = {
    "new": "cycle",
    "renew": "cycle",
    "cyclecharge": "cycle",
    "customercredit": "credit",
    "cancelimmediate": "credit",
}
_KIND_WORDS = {"usage": "usage", "reservation": "one-time", "savings plan": "one-time", "perpetual": "one-time"}


@lru_cache(maxsize=1024)
def charge_word(kind: str, charge_type: str) -> str:
    """What a draft calls the charge: cycle, change, credit, usage or one-time."""
    return _KIND_WORDS.get(kind) or _CHARGE_WORDS.get(charge_type, "change")


@lru_cache(maxsize=65536)
def months_charged(start: date | None, end: date | None) -> int:
    """Whole months that a charge covers, at least 1; 1 where it has no end."""
    if start is None or end is None:
        return 1
    days = (end - start).days + 1
    return max(1, (days * 12 + 182) // 365)


@lru_cache(maxsize=65536)
def fx_words(fx: Decimal, source: str, target: str) -> str:
    """The conversion in words, blank within one currency."""
    return "" if source == target else f" x rate {fx:.10g} {source} to {target}"


@lru_cache(maxsize=65536)
def points_words(points: Decimal) -> str:
    """A signed percentage in words: `raised by 2.5 %`, `lowered by 10 %`; nothing for 0."""
    if not points:
        return "unchanged"
    return f"{'lowered' if points < 0 else 'raised'} by {quantity_text(abs(points))} %"


def limit_words(terms: Terms, quantity: Decimal, units: Decimal) -> str:
    """What included, minimum and maximum units did to a quantity: `, 7 billable (2 included)`; nothing where they did nothing."""
    if units == quantity:
        return ""
    limits = (("included", terms.included), ("minimum", terms.minimum), ("maximum", terms.maximum))
    words = ", ".join(f"{quantity_text(limit)} {name}" for name, limit in limits if limit is not None)
    return f", {quantity_text(units)} billable ({words})"
