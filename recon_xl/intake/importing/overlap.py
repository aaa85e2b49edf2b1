"""Which rows of a file are in the workbook already: to the letter, or as the same charge, bill or count."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from recon_xl.contract import Table
from recon_xl.core.cells import Value
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.importing.worktable import WorkTable
from recon_xl.intake.texts import folded

_OF_THE_IMPORT = frozenset({"Line", "Source", "Source Row"})
_CHARGE = (
    *("Invoice Number", "Currency", "Customer Id", "Subscription Id", "Product Id", "Sku Id", "Charge Type"),
    *("Charge Start Date", "Charge End Date", "Order Date", "Meter Description"),
)
_BILL = ("Billing Month", "Period Start", "Customer", "Product")
_COUNT = ("Count Source", "As Of", "Customer", "Product", "Dedupe Key")
_is_month = re.compile(r"[0-9]{4}-[0-9]{2}").fullmatch

Key = tuple[Value, ...]
Identity = tuple[Key, Value]
"""What a line is about, and the device it names; a line without a device stands for all of them."""


def line_columns(table: Table) -> tuple[str, ...]:
    """The columns of a line that come from its source; what the import sets itself is left out."""
    own = _OF_THE_IMPORT | ({"Period"} if "Invoice Number" in table.column_names else set())
    return tuple(name for name in table.column_names if name not in own)


def month_text(value: Value) -> str:
    """The month of a date, or a month as it stands; empty for anything unreadable."""
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    return value if isinstance(value, str) and _is_month(value) else ""


def overlapping(lines: WorkTable, rows: FileRows, places: Sequence[int]) -> list[int]:
    """Rows of the file (by place) that equal a line which is there."""
    # Columns that the workbook lacks cannot tell two lines apart.
    names = [name for name in line_columns(rows.table) if name in lines.columns]
    probe = [name for name in names if rows.table.column(name).required]
    # Column by column, because the first one, the invoice or the customer, leaves few rows to look at.
    near: Sequence[int] = lines.places()
    for name in probe:
        brought = {*rows.column_at(name, places)} if name in rows.columns else {None}
        near = [place for place, value in zip(near, lines.column_at(name, near), strict=True) if value in brought]
    if not near:
        return []
    known = set(lines.contents(near, names))
    contents = rows.contents(places, names)
    return [place for place, content in zip(places, contents, strict=True) if content in known]


def restated(
    lines: WorkTable, near: Sequence[int], rows: FileRows, places: Sequence[int], period: str
) -> dict[int, list[int]]:
    """Row of the file -> lines there (both by place) that are the same charge, bill or count, whatever their amounts.

    `near` are the lines to look at. Billed lines without a month are of the workbook's `period`.
    """
    if rows.table.name not in _IDENTITIES or not near:
        return {}
    columns, identity = _IDENTITIES[rows.table.name]
    names = [name for name in columns if name in lines.columns or rows.table.name != "Vendor Lines"]
    there: dict[Key, list[tuple[Value, int]]] = {}
    for place, content in zip(near, lines.contents(near, names), strict=True):
        key, device = identity(content, period)
        there.setdefault(key, []).append((device, place))
    found: dict[int, list[int]] = {}
    for place, content in zip(places, rows.contents(places, names), strict=True):
        key, device = identity(content, period)
        same = [other for named, other in there.get(key, ()) if device is None or named is None or device == named]
        if same:
            found[place] = same
    return found


def billed_months(lines: WorkTable | FileRows, places: Sequence[int], period: str) -> list[str]:
    """The month of each of some billed lines."""
    return [_month_of_bill(stated, start, period) for stated, start in lines.contents(places, _BILL[:2])]


def _month_of_bill(stated: Value, start: Value, period: str) -> str:
    return month_text(stated) or month_text(start) or period


def _charge(content: Key, _period: str) -> Identity:
    return folded(content), None


def _bill(content: Key, period: str) -> Identity:
    stated, start, customer, product = content
    return folded((_month_of_bill(stated, start, period), customer, product)), None


def _count(content: Key, _period: str) -> Identity:
    return folded(content[:-1]), content[-1]


_IDENTITIES: dict[str, tuple[tuple[str, ...], Callable[[Key, str], Identity]]] = {
    "Vendor Lines": (_CHARGE, _charge),
    "Billed Lines": (_BILL, _bill),
    "Counts": (_COUNT, _count),
}
