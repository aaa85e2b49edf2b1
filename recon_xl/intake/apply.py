"""Applies the edits of an import to a snapshot in memory: what the workbook will hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from recon_xl.contract import table as contract_table
from recon_xl.core.cells import Cell, Formula, NumberText, Value
from recon_xl.core.changeset import ChangeSet, EditRows
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.amounts import significant_digits
from recon_xl.intake.headers import match_columns

_FIRST_ROW = 6
_DAY_SECONDS = 86_400


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
    return NumberText(text) if significant_digits(number) <= 15 else text


def _edited(raw: RawTable, edit: EditRows, date1904: bool) -> RawTable:
    positions = match_columns(contract_table(raw.name).columns, raw.columns)
    rows: list[tuple[int, list[Cell]]] = []
    for number, cells in raw.rows:
        if number in edit.delete:
            continue
        changed = list(cells)
        for name, value in edit.update.get(number, {}).items():
            changed[positions[name]] = stored_cell(value, date1904=date1904)
        rows.append((number, changed))
    last = max((number for number, _ in raw.rows), default=_FIRST_ROW - 1)
    for offset, values in enumerate(edit.append, 1):
        added: list[Cell] = [None] * len(raw.columns)
        for name, value in zip(edit.columns, values, strict=True):
            added[positions[name]] = stored_cell(value, date1904=date1904)
        rows.append((last + offset, added))
    return replace(raw, rows=tuple(rows))


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
