"""Applies the edits of an import to a snapshot in memory: what the workbook will hold."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from recon_xl.contract import Kind
from recon_xl.contract import table as contract_table
from recon_xl.core.cells import Cell, Formula, NumberText, PercentText, Value
from recon_xl.core.changeset import ChangeSet, EditRows
from recon_xl.core.money import percent
from recon_xl.core.repeated import Repeated
from recon_xl.core.rows import ColumnRows, NumberedRow, column_of, columns_of, numbers_of
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.amounts import significant_digits
from recon_xl.intake.headers import match_columns

_DAY_SECONDS = 86_400
_NUMBERS = frozenset({int, Decimal})
_AS_THEY_ARE = frozenset({str, bool, type(None)})


def apply_edits(snapshot: Snapshot, changes: ChangeSet) -> Snapshot:
    """The snapshot with every `EditRows` applied; new rows follow the last one."""
    tables = dict(snapshot.tables)
    for change in changes.changes:
        if isinstance(change, EditRows):
            tables[change.table] = _edited(tables[change.table], change, snapshot.date1904)
    return replace(snapshot, tables=tables)


def stored_cell(value: Value, *, date1904: bool = False) -> Cell:
    """A value as it reads back from a workbook: a number keeps 15 digits, what needs more is text."""
    if isinstance(value, Formula):
        return stored_cell(value.cached, date1904=date1904)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return NumberText(_serial(value, date1904))
    text = str(value) if isinstance(value, int) else f"{value:f}"
    return NumberText(text) if len(text) <= 15 or significant_digits(Decimal(value)) <= 15 else text


def _edited(raw: RawTable, edit: EditRows, date1904: bool) -> RawTable:
    positions = match_columns(contract_table(raw.name).columns, raw.columns)
    first = raw.header_row + 1
    last = raw.last_row or max(numbers_of(raw.rows), default=first)
    rows = _left(raw, edit, positions, date1904) if edit.update or edit.delete else raw.rows
    kept = last - first + 1 - len(edit.delete)
    if edit.append and not rows and not edit.update and kept == 1:
        kept = 0  # the one blank row that a table without rows must have
    added: dict[int, Sequence[Cell]] = {
        positions[name]: _column(raw, name, values, date1904)
        for name, values in zip(edit.columns, columns_of(edit.append), strict=False)
    }
    blank = Repeated([None], [0] * len(edit.append))
    columns = [_below(column_of(rows, place), added.get(place, blank)) for place in range(len(raw.columns))]
    numbers = [*numbers_of(rows), *range(first + kept, first + kept + len(edit.append))]
    return replace(raw, rows=ColumnRows(numbers, columns), last_row=max(first + kept + len(edit.append) - 1, first))


def _left(raw: RawTable, edit: EditRows, positions: Mapping[str, int], date1904: bool) -> list[NumberedRow]:
    """The rows that stay, with their changes, moved up where rows above them go."""
    gone = sorted(edit.delete)
    rows = []
    for number, found in raw.rows:
        if number in edit.delete:
            continue
        cells = list(found)
        for name, value in edit.update.get(number, {}).items():
            cells[positions[name]] = _cell(value, _is_percent(raw, name), date1904)
        rows.append((number - bisect(gone, number), cells))
    return rows


def _column(raw: RawTable, name: str, values: Sequence[Value], date1904: bool) -> Sequence[Cell]:
    """The cells of a column; a value that stands in several rows is turned into a cell once."""
    if _AS_THEY_ARE.issuperset(map(type, values)):
        return cast("Sequence[Cell]", values)
    # Values are known by which object they are: 1.0 and 1.00 are equal and two different cells.
    distinct = dict(zip(map(id, values), values, strict=True))
    cells = _cells([*distinct.values()], _is_percent(raw, name), date1904)
    place_of = dict(zip(distinct, range(len(distinct)), strict=True))
    return Repeated(cells, list(map(place_of.__getitem__, map(id, values))))


def _below(above: Sequence[Cell], added: Sequence[Cell]) -> Sequence[Cell]:
    return added.below(above) if isinstance(added, Repeated) else [*above, *added]


def _cells(values: Sequence[Value], is_percent: bool, date1904: bool) -> Sequence[Cell]:
    short = None if is_percent else _short_numbers(values)
    return [_cell(value, is_percent, date1904) for value in values] if short is None else short


def _short_numbers(values: Sequence[Value]) -> list[Cell] | None:
    """The cells of numbers that a cell holds as they are written, and of blanks; None where other values are among them."""
    numbers = [value for value in values if value is not None]
    texts = list(map(str, numbers))
    if not _NUMBERS.issuperset(map(type, numbers)) or max(map(len, texts)) > 15 or "E" in "".join(texts):
        return None
    cells = map(NumberText, texts)
    return [None if value is None else next(cells) for value in values]


def _is_percent(raw: RawTable, name: str) -> bool:
    return contract_table(raw.name).column(name).kind is Kind.PERCENT


def _cell(value: Value, is_percent: bool, date1904: bool) -> Cell:
    """A value as its column gives it back: per cent stand in a cell as a fraction that is shown with its sign."""
    if is_percent and isinstance(value, Decimal):
        cell = stored_cell(percent(value))
        return PercentText(cell) if isinstance(cell, NumberText) else cell
    return stored_cell(value, date1904=date1904)


def _serial(value: date, date1904: bool) -> str:
    day = value.date() if isinstance(value, datetime) else value
    first = date(1904, 1, 1) if date1904 else date(1899, 12, 30 if day >= date(1900, 3, 1) else 31)
    days = (day - first).days
    if not isinstance(value, datetime):
        return str(days)
    clock = value - datetime.combine(day, datetime.min.time()) + timedelta(0)
    places = Decimal(1).scaleb(len(str(days)) - 15)
    fraction = (Decimal(clock.seconds) / _DAY_SECONDS).quantize(places)
    return f"{(Decimal(days) + fraction).normalize():f}"
