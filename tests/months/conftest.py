"""Runs a sample month through the product without a workbook: the import's change set is applied in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from recon_xl.commands.import_files import import_files
from recon_xl.commands.reading import read_inputs
from recon_xl.commands.reconcile import Clock, reconcile
from recon_xl.contract import ALL_TABLES, setting_fields
from recon_xl.core.cells import Cell, NumberText, Value
from recon_xl.core.changeset import ChangeSet, EditRows
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.report.result import Result
from recon_xl.sample import Month, write_month

NOW = datetime(2026, 11, 9, 8, 30)  # noqa: DTZ001 - times of the product are UTC without a zone
FIRST_ROW = 6
DIGITS = 15


@pytest.fixture
def reconciled(tmp_path: Path) -> Callable[[Month], Result]:
    """Write a month's files, import them into an empty book, and reconcile it."""

    def run(month: Month) -> Result:
        return reconcile(read_inputs(imported(month, tmp_path)), Clock(NOW, "tester"))

    return run


def imported(month: Month, folder: Path) -> Snapshot:
    """An empty book into which all files of the month were imported, with the vendor's control totals."""
    paths = write_month(month, folder)
    snapshot = blank_book(month.settings)
    current = [path for path in paths if path.parent == folder and path.name != "settings.csv"]
    snapshot = _import(snapshot, current, None, month.control_totals)
    for path in paths:
        if path.parent != folder:
            snapshot = _import(snapshot, [path], path.parent.name, {})
    return snapshot


def blank_book(settings: dict[str, str]) -> Snapshot:
    """Every table of the contract, empty; Settings with the month's values."""
    tables = {table.name: RawTable(table.name, table.sheet, table.column_names, ()) for table in ALL_TABLES}
    rows: list[tuple[int, list[Cell]]] = [
        (
            FIRST_ROW + number,
            [field["setting"], settings.get(field["setting"], ""), field["default"], field["unit"], ""],
        )
        for number, field in enumerate(setting_fields())
    ]
    tables["Settings"] = replace(tables["Settings"], rows=tuple(rows))
    return Snapshot("memory.xlsx", tables, tuple(tables))


def _import(snapshot: Snapshot, paths: Sequence[Path], period: str | None, totals: dict[str, str]) -> Snapshot:
    result = import_files(snapshot, paths, now=NOW, period=period, control_totals=totals)
    assert not result.problems, result.problems[:3]
    return applied(snapshot, result.changeset)


def applied(snapshot: Snapshot, changes: ChangeSet) -> Snapshot:
    """The book after an import."""
    tables = dict(snapshot.tables)
    for change in changes.changes:
        assert isinstance(change, EditRows)
        tables[change.table] = _edited(tables[change.table], change)
    return replace(snapshot, tables=tables)


def _edited(raw: RawTable, edit: EditRows) -> RawTable:
    rows = [(number, list(cells)) for number, cells in raw.rows if number not in edit.delete]
    for number, cells in rows:
        for column, value in edit.update.get(number, {}).items():
            cells[raw.columns.index(column)] = as_cell(value)
    following = max((number for number, _ in rows), default=FIRST_ROW - 1) + 1
    places = [raw.columns.index(column) for column in edit.columns]
    for offset, values in enumerate(edit.append):
        cells: list[Cell] = [None] * len(raw.columns)
        for place, value in zip(places, values, strict=True):
            cells[place] = as_cell(value)
        rows.append((following + offset, cells))
    return replace(raw, rows=tuple(rows))


def as_cell(value: Value) -> Cell:
    """What a cell holds when it is read again: a number, or text where a cell's 15 digits cannot hold it."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        text = format(Decimal(value), "f")
        return NumberText(text) if len(text.strip("-0").replace(".", "").lstrip("0")) <= DIGITS else text
    if isinstance(value, datetime | date):
        return value.isoformat()
    assert value is None or isinstance(value, str)
    return value
