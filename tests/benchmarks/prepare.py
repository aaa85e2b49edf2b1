"""Lays a generated month ready: files, workbooks before and after, their cells. Nothing of this is measured."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from recon_xl.cli.books import new_book
from recon_xl.commands.import_files import import_files
from recon_xl.commands.model import Clock
from recon_xl.commands.reading import read_inputs
from recon_xl.commands.reconcile import run
from recon_xl.hosts.file import FileHost
from recon_xl.sample import Month, generate_month, write_month

from .cells import pack
from .stage import Stage

CLOCK = Clock(datetime(2026, 11, 3, 9, 0), "benchmark")  # noqa: DTZ001 - UTC without saying so
FAULTS = ("underbilled", "overbilled", "unbilled", "billed-without-source", "duplicate-billed-line")


def prepare(lines: int, folder: Path, say: Callable[[str], None] = lambda text: None) -> Stage:
    """A month of about so many vendor lines with a few faults planted, in a folder of its own."""
    say(f"Making a month of {lines:,} vendor lines")
    folder.mkdir(parents=True)
    stage, month = Stage(folder), generate_month(7, lines, faults=FAULTS)
    mapping, monthly, earlier = _files(month, folder / "sources")
    new_book(stage.blank, month.period)
    _import(stage.blank, mapping, month, None)
    for period in sorted({path.parent.name for path in earlier}):
        _import(stage.blank, [path for path in earlier if path.parent.name == period], month, period)
    shutil.copyfile(stage.blank, stage.imported)
    _import(stage.imported, monthly, month, None)
    _finish(stage)
    (folder / "facts.json").write_text(json.dumps({
        "lines": month.vendor_line_count,
        "vendor_files": list(month.vendor_files),
        "control_totals": month.totals_printed_on(monthly),
        "imported_cells": pack(stage.imported, stage.cells(stage.imported)),
        "cells": pack(stage.finished, stage.cells(stage.finished)),
    }), encoding="utf-8")  # fmt: skip
    return stage


def _files(month: Month, sources: Path) -> tuple[list[Path], list[Path], list[Path]]:
    """Mapping tables, what this month brings, and what stood in the workbook before."""
    paths = write_month(month, sources)
    names = {*month.vendor_files, "billed_lines.csv", "counts.csv"}
    here = [path for path in paths if path.parent == sources]
    monthly = [path for path in here if path.name in names]
    return [path for path in here if path.name not in names], monthly, [path for path in paths if path not in here]


def _import(book: Path, files: list[Path], month: Month, period: str | None) -> None:
    host = FileHost(book)
    snapshot = host.read()
    # A daily file carries the number of its invoice too, and comes with the mapping tables, before the invoice itself.
    printed = month.totals_printed_on(path for path in files if path.name not in month.daily_files)
    host.apply(import_files(snapshot, files, now=CLOCK.now, period=period, control_totals=printed).changeset, snapshot)


def _finish(stage: Stage) -> None:
    """The finished workbook, and what lies between two stations."""
    host = FileHost(stage.imported)
    snapshot = host.read()
    changeset = run(snapshot, CLOCK).changeset
    host.apply(changeset, snapshot, stage.finished)
    stage.keep("inputs", read_inputs(snapshot))
    stage.keep("changes", (snapshot, changeset))
    stage.keep("clock", CLOCK)
