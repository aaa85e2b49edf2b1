"""A vendor line to be priced, and the words for prices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from recon_xl.core.cycle import PLANS, cycle_of
from recon_xl.core.money import ZERO, product, quantity_text, ratio
from recon_xl.core.terms import Terms
from recon_xl.engine.columns import line_ids
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.load_vendor import terms
from recon_xl.engine.values import Amounts

ONE = Decimal(1)
_PRINTED_TO = Decimal("0.01")
"""Effective prices are printed to a cent at worst."""


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
    customer_id: str
    line_id: str
    charge_start: date | None
    charge_end: date | None
    term: str | None
    sub_start: date | None
    product_id: str
    sku_id: str
    price: Decimal
    unit_price: Decimal | None
    pc_to_bc: Decimal | None
    subtotal: Decimal
    currency: str
    pricing_currency: str
    is_part: bool


_PRINTED = (
    "Customer Id", "Charge Start Date", "Charge End Date", "Subscription Start Date", "Product Id", "Sku Id",
    "Effective Unit Price", "Unit Price", "PC To BC Exchange Rate", "Subtotal", "Currency", "Pricing Currency",
)  # fmt: skip


def price_lines(rows: Iterable[tuple[Any, ...]], inputs: Inputs) -> Iterator[PriceLine]:
    """The rows of `price_input` beside what the vendor printed, exact to the last digit: prices never pass through SQL."""
    ids = line_ids(inputs, "Vendor Lines")
    line_terms = terms(inputs)
    printed = [inputs.column("Vendor Lines", name) for name in _PRINTED]
    customers, starts, ends, sub_starts, products, skus, prices, units, rates, subtotals, currencies, pricing = printed
    amounts = Amounts()
    amount: Callable[[str], Any] = amounts.__getitem__
    for (
        n, client, name, currency, reseller, kind, charge_type, plan, quantity, subscription, is_earlier, confidence,
        opening, seats, is_part,
    ) in rows:  # fmt: skip
        start, end, price, unit = starts[n], ends[n], prices[n], units[n]
        if opening is None:
            opened = ZERO
        elif opening == n:
            opened = opening_price(price, unit, start, end, plan)
        else:
            opened = opening_price(prices[opening], units[opening], starts[opening], ends[opening], plan)
        yield PriceLine(
            intern(client), intern(name), intern(currency), reseller, kind, charge_type, plan, amount(quantity), subscription,
            is_earlier, amount(confidence), opened, amount(seats), customers[n] or "", ids[n], start, end,
            line_terms[n], sub_starts[n], products[n] or "", skus[n] or "", price or ZERO, unit,
            _pc_to_bc(rates[n], currencies[n], pricing[n]), subtotals[n] or ZERO, currencies[n] or "", pricing[n] or "", is_part,
        )  # fmt: skip


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


def _pc_to_bc(rate: Decimal | None, billing: str | None, pricing: str | None) -> Decimal | None:
    """Pricing to billing currency: as printed; 1 within one currency; None where it is missing."""
    if rate is not None:
        return rate
    return ONE if not pricing or pricing == billing else None


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
    return "" if source == target else f" x rate {fx:.6g} {source} to {target}"


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
