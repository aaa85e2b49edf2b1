"""Applies the edits of an import to a snapshot in memory: what the workbook will hold."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from recon_xl.contract import Kind
from recon_xl.contract import table as contract_table
from recon_xl.core.cells import Cell, Formula, NumberText, PercentText, Value
from recon_xl.core.changeset import ChangeSet, EditRows
from recon_xl.core.money import percent
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.amounts import significant_digits
from recon_xl.intake.headers import match_columns

_DAY_SECONDS = 86_400
_AS_THEY_ARE = frozenset({str, bool, type(None)})
_NUMBERS = frozenset({int, Decimal})


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
    number = Decimal(value)
    text = f"{number:f}"
    if len(text) <= 15:
        return NumberText(text)
    return NumberText(text) if significant_digits(number) <= 15 else text


def _edited(raw: RawTable, edit: EditRows, date1904: bool) -> RawTable:
    positions = match_columns(contract_table(raw.name).columns, raw.columns)
    first = raw.header_row + 1
    last = raw.last_row or max((number for number, _ in raw.rows), default=first)
    gone = sorted(edit.delete)
    rows: list[tuple[int, list[Cell]]] = []
    for row in raw.rows:
        number, cells = row
        if number in edit.delete:
            continue
        update = edit.update.get(number)
        if update:
            cells = list(cells)
            for name, value in update.items():
                cells[positions[name]] = _cell(raw, name, value, date1904)
        place = number - bisect(gone, number) if gone else number
        rows.append((place, cells) if update or place != number else row)
    kept = last - first + 1 - len(gone)
    if edit.append and not rows and not edit.update and kept == 1:
        kept = 0  # the one blank row that a table without rows must have
    columns: list[Sequence[Cell]] = [[None] * len(edit.append)] * len(raw.columns)
    for name, values in zip(edit.columns, zip(*edit.append, strict=True), strict=False):
        columns[positions[name]] = _column(raw, name, values, date1904)
    rows += enumerate(map(list, zip(*columns, strict=True)), first + kept)
    return replace(raw, rows=tuple(rows), last_row=max(first + kept + len(edit.append) - 1, first))


def _column(raw: RawTable, name: str, values: Sequence[Value], date1904: bool) -> Sequence[Cell]:
    """The cells of a column; each distinct value is turned into a cell once."""
    if _AS_THEY_ARE.issuperset(map(type, values)):
        return cast("Sequence[Cell]", values)
    # Numbers are known by their text: 1.0 and 1.00 are equal and two different cells.
    keys = [str(value) if type(value) in _NUMBERS else (type(value), value) for value in values]
    distinct = dict(zip(keys, values, strict=True))
    known = {key: _cell(raw, name, value, date1904) for key, value in distinct.items()}
    return [known[key] for key in keys]


def _cell(raw: RawTable, name: str, value: Value, date1904: bool) -> Cell:
    """A value as this column gives it back: per cent stand in a cell as a fraction that is shown with its sign."""
    if isinstance(value, Decimal) and contract_table(raw.name).column(name).kind is Kind.PERCENT:
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
