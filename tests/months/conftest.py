"""Runs a sample month through the product without a workbook: the import's change set is applied in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from recon_xl.commands.import_files import import_files
from recon_xl.commands.model import Clock
from recon_xl.commands.reading import read_inputs
from recon_xl.commands.reconcile import reconcile
from recon_xl.contract import ALL_TABLES, setting_fields
from recon_xl.core.cells import Cell
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.apply import apply_edits
from recon_xl.report.result import Result
from recon_xl.sample import Month, write_month

NOW = datetime(2026, 11, 9, 8, 30)  # noqa: DTZ001 - times of the product are UTC without a zone
FIRST_ROW = 6


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
    current = [path for path in paths if path.parent == folder]
    snapshot = _import(snapshot, current, None, month.totals_printed_on(current))
    for path in paths:
        if path.parent != folder:
            snapshot = _import(snapshot, [path], path.parent.name, month.totals_printed_on([path]))
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
    # The demo month has one quantity in words; everything else must be readable.
    assert {problem.found for problem in result.problems} <= {"'two'"}
    return apply_edits(snapshot, result.changeset)
