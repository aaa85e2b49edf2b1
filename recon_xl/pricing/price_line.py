"""A vendor line to be priced, and the words for prices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice, repeat
from sys import intern
from typing import Any, NamedTuple

from recon_xl.core.cycle import PLANS, cycle_of
from recon_xl.core.money import ZERO, product, quantity_text, ratio
from recon_xl.core.terms import Terms
from recon_xl.engine.columns import line_ids
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.load_vendor import term_of
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


_AT_ONCE = 4_096
"""Lines whose columns are picked together: more would only hold more of them in memory."""


def price_lines(rows: Iterable[tuple[Any, ...]], inputs: Inputs) -> Iterator[PriceLine]:
    """The rows of `price_input` beside what the vendor printed, exact to the last digit: prices never pass through SQL."""
    printed = Printed(inputs)
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        yield from map(PriceLine._make, zip(*printed.beside(some), strict=True))


class Printed:
    """What the vendor printed on each line, by column; a line looks up here what only retail prices ask for."""

    def __init__(self, inputs: Inputs) -> None:
        def column(header: str) -> list[Any]:
            return inputs.column("Vendor Lines", header)

        self.customers, self.products, self.skus = column("Customer Id"), column("Product Id"), column("Sku Id")
        self.sub_starts, self.sub_ends = column("Subscription Start Date"), column("Subscription End Date")
        self._ids = line_ids(inputs, "Vendor Lines")
        self._starts, self._ends = column("Charge Start Date"), column("Charge End Date")
        self._prices, self._units, self._subtotals = (
            column("Effective Unit Price"),
            column("Unit Price"),
            column("Subtotal"),
        )
        self._rates = column("PC To BC Exchange Rate")
        self._currencies, self._pricing = column("Currency"), column("Pricing Currency")
        self._amounts = Amounts()

    def beside(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[Iterable[Any]]:
        """The columns of the `PriceLine` of each row."""
        (
            places, clients, names, targets, resellers, kinds, charge_types, plans, quantities, subscriptions, are_earlier,
            confidences, openings, seats, are_parts,
        ) = zip(*rows, strict=True)  # fmt: skip
        ids, starts, ends = (_picked(column, places) for column in (self._ids, self._starts, self._ends))
        prices, units, rates = (_picked(column, places) for column in (self._prices, self._units, self._rates))
        currencies, pricing = _picked(self._currencies, places), _picked(self._pricing, places)
        amount = self._amounts.__getitem__
        return (
            map(intern, clients), map(intern, names), map(intern, targets), resellers, kinds, charge_types, plans,
            map(amount, quantities), subscriptions, are_earlier, map(amount, confidences),
            self._opened(openings, plans), map(amount, seats), ids, starts, ends, _or(prices, ZERO), units,
            map(_pc_to_bc, rates, currencies, pricing), _or(_picked(self._subtotals, places), ZERO), _or(currencies, ""),
            _or(pricing, ""), are_parts, places, repeat(self, len(rows)),
        )  # fmt: skip

    def _opened(self, openings: Sequence[int | None], plans: Sequence[str | None]) -> list[Decimal]:
        """The price of each line's cycle: that of its opening line."""
        found = []
        for place, plan in zip(openings, plans, strict=True):
            if place is None:
                found.append(ZERO)
                continue
            price, unit = self._prices[place], self._units[place]
            if unit is None or (price is not None and abs(price) >= unit):
                found.append(price or ZERO)
            else:
                found.append(opening_price(price, unit, self._starts[place], self._ends[place], plan))
        return found


def _picked(column: Sequence[Any], places: Iterable[int]) -> list[Any]:
    return list(map(column.__getitem__, places))


def _or(column: Iterable[Any], blank: Any) -> list[Any]:
    return [value or blank for value in column]


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
