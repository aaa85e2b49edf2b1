"""The vendor lines to be priced beside what the vendor printed on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice, repeat
from sys import intern
from typing import Any

from recon_xl.core.money import ZERO
from recon_xl.engine.columns import line_ids
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.values import Amounts
from recon_xl.pricing.price_line import ONE, PriceLine, Printed, opening_price

_AT_ONCE = 4_096
"""Lines whose columns are picked together: more would only hold more of them in memory."""


def price_lines(rows: Iterable[tuple[Any, ...]], inputs: Inputs) -> Iterator[PriceLine]:
    """The rows of `price_input` beside what the vendor printed, exact to the last digit: prices never pass through SQL."""
    lines = _Lines(inputs)
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        yield from map(PriceLine._make, zip(*lines.beside(some), strict=True))


class _Lines:
    """What the vendor printed on each line, by column."""

    def __init__(self, inputs: Inputs) -> None:
        def column(header: str) -> list[Any]:
            return inputs.column("Vendor Lines", header)

        self._rest = Printed(
            column("Customer Id"), column("Product Id"), column("Sku Id"),
            column("Subscription Start Date"), column("Subscription End Date"),
        )  # fmt: skip
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
            _or(pricing, ""), are_parts, places, repeat(self._rest, len(rows)),
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


def _pc_to_bc(rate: Decimal | None, billing: str | None, pricing: str | None) -> Decimal | None:
    """Pricing to billing currency: as printed; 1 within one currency; None where it is missing."""
    if rate is not None:
        return rate
    return ONE if not pricing or pricing == billing else None
