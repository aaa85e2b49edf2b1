"""Seats of a subscription at period end, from the columns of its vendor lines.

The signed sum within the latest charge cycle: the lines with the latest charge end of that subscription. Where that
cycle's opening line (new, renew, cycleCharge) is not among them, the last quantity that it was raised to, by order date. A
wholly free subscription counts its last line. A customerCredit never counts. Refunds may be printed with a positive quantity
and a negative amount, or the other way round: the sign is that of the Subtotal, else of the unit price, else of the quantity.

Type `=RECON_SEATS(A2,VendorLines[Subscription Id],VendorLines[Billable Quantity],VendorLines[Subtotal],...)`. All
columns come from one list and have the same rows; order does not matter. Without `order_dates` all changes of a cycle
stand at one time. Leave out lines of metered usage: they have no seats. Ids are compared without case, as text.

Errors: #N/A for a subscription that is not in the list or has only credits, and where one of its other lines has no
quantity or no charge end; #VALUE! where the columns differ in length, or a line of the subscription holds what is no number
or date; an error in a line of the subscription is handed on.
Source: Microsoft's walk-through of quantity changes: the last quantity of the cycle, counted from its lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat
from typing import Any

from recon_xl.core.cells import ErrorText
from recon_xl.core.lines import signed_quantity
from recon_xl.core.seats import CREDIT, SeatLine, seats_at_period_end
from recon_xl.functions.errors import NA, CellFault
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction
from recon_xl.functions.tables import folded

Cells = Sequence[Any]
"""A column, or a line across the columns: typed values, None for an empty cell, or an error."""
Seats = dict[str, Decimal | ErrorText | None]
"""Seats by subscription; an error of one of its lines instead; None for credits only."""
_QUANTITY, _CHARGE_TYPE, _CHARGE_END = 0, 2, 3
"""Where a line across the columns has them."""


def seats(subscription: str, known: Seats) -> Decimal:
    """The seats of one subscription."""
    found = known.get(folded(subscription))
    if found is None:
        raise CellFault(NA)
    if isinstance(found, ErrorText):
        raise CellFault(found)
    return found


def seats_by_subscription(
    subscriptions: Cells,
    quantities: Cells,
    subtotals: Cells,
    charge_types: Cells,
    charge_ends: Cells,
    order_dates: Cells | None,
    unit_prices: Cells | None,
) -> Seats:
    """The seats of every subscription in the list, each line read once."""
    columns = (quantities, subtotals, charge_types, charge_ends, order_dates, unit_prices)
    cells = (repeat(None) if column is None else column for column in columns)
    lines: dict[str, list[Cells]] = defaultdict(list)
    for subscription, *line in zip(subscriptions, *cells, strict=False):
        if isinstance(subscription, str) and not isinstance(subscription, ErrorText):
            lines[folded(subscription)].append(line)
    return {subscription: _seats(rows) for subscription, rows in lines.items()}


def _seats(rows: Sequence[Cells]) -> Decimal | ErrorText | None:
    errors = [cell for row in rows for cell in row if isinstance(cell, ErrorText)]
    if errors:
        return errors[0]
    counting = [row for row in rows if (row[_CHARGE_TYPE] or "").casefold() != CREDIT]
    if any(row[_QUANTITY] is None or row[_CHARGE_END] is None for row in counting):
        return NA
    return seats_at_period_end([_line(*row) for row in counting])


def _line(
    quantity: Decimal | None,
    subtotal: Decimal | None,
    charge_type: str | None,
    charge_end: date | None,
    ordered: datetime | None,
    unit_price: Decimal | None,
) -> SeatLine:
    kind = (charge_type or "").casefold()
    return SeatLine(
        signed_quantity=signed_quantity(subtotal, unit_price, quantity, kind),
        charge_type=kind,
        charge_end=charge_end,
        ordered=ordered,
        is_free=not subtotal and not unit_price,
    )


def _column(name: str, text: str, takes: Takes = Takes.NUMBER, *, is_optional: bool = False) -> Argument:
    return Argument(name, text, is_optional=is_optional, takes=takes, is_column=True)


FUNCTION = WorksheetFunction(
    name="SEATS",
    help="Seats of a subscription at period end, from the columns of its vendor lines.",
    arguments=(
        Argument("subscription", "Id of the subscription, or a column of ids.", takes=Takes.TEXT),
        _column("subscriptions", "Column of subscription ids of the vendor lines.", Takes.TEXT),
        _column("quantities", "Column of BillableQuantity."),
        _column("subtotals", "Column of Subtotal, for the sign."),
        _column("charge_types", "Column of ChargeType.", Takes.TEXT),
        _column("charge_ends", "Column of ChargeEndDate.", Takes.DATE),
        _column("order_dates", "Column of OrderDate.", Takes.TIME, is_optional=True),
        _column(
            "unit_prices", "Column of EffectiveUnitPrice, for the sign of lines with a Subtotal of 0.", is_optional=True
        ),
    ),
    calculate=seats,
    examples=(
        Example(
            '=RECON_SEATS("S1",{"S1";"S1";"S1"},{10;10;12},{100.8;-94.08;112.89},'
            '{"new";"addQuantity";"addQuantity"},{"2021-07-17";"2021-07-17";"2021-07-17"})',
            "12",
            "=SUMPRODUCT({10;10;12},SIGN({100.8;-94.08;112.89}))",
        ),
        Example(
            '=RECON_SEATS("S1",{"S1";"S1"},{12;8},{-112.89;75.26},{"removeQuantity";"removeQuantity"},'
            '{"2021-07-17";"2021-07-17"},{"2021-06-21";"2021-06-21"})',
            "8",
        ),
        Example(
            '=RECON_SEATS({"S1";"S2"},{"S1";"S2";"S2"},{5;3;4},{50;30;40},{"new";"new";"renew"},'
            '{"2026-10-31";"2026-09-30";"2026-10-31"})',
            "{5;4}",
        ),
        Example('=RECON_SEATS("S9","S1",5,50,"new","2026-10-31")', "#N/A"),
    ),
    doc=__doc__ or "",
    prepare=seats_by_subscription,
)
