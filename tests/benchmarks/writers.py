"""The writer of sheets against the fastest that others have: `python -m tests.benchmarks.writers [--lines N] [--rounds R]`.

Both write the cells of a finished month, sheet by sheet: XlsxWriter in its mode of constant memory, and recon-xl's rows
as they go into a workbook, spelled, proved and packed. What is measured is the writing alone; the rows lie ready.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from .cells import Row, unpack
from .contest import REPOSITORY, compile_all
from .prepare import prepare
from .stage import Stage

WRITERS = ("recon-xl", "XlsxWriter")


class Written(NamedTuple):
    """Processor seconds, how far memory rose while a sheet was written, in MB, and cells."""

    processor: float
    rise: float
    cells: int


def compare(stage: Stage, rounds: int) -> dict[str, Written]:
    """The best of some rounds in which the writers take turns, each in a process of its own."""
    found: dict[str, list[Written]] = {name: [] for name in WRITERS}
    for _ in range(rounds):
        for name in WRITERS:
            command = [sys.executable, "-m", "tests.benchmarks.writers", "--writer", name, "--stage", str(stage.folder)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY)
            found[name].append(Written(*json.loads(done.stdout)))
    return {name: Written(*map(min, zip(*figures, strict=True))) for name, figures in found.items()}


def write(writer: str, stage: Stage) -> Written:
    """Write all sheets of the finished month."""
    out = stage.out(writer)
    processor, rise, cells = 0.0, 0.0, 0
    add, close = (_ours if writer == WRITERS[0] else _theirs)(out)
    for name, rows in unpack(stage.cells(stage.finished)):
        ready = _ready(rows) if writer == WRITERS[0] else list(rows)
        cells += sum(value is not None for row in ready for value in row)
        before, began = _memory(reset=True), time.process_time()
        add(name, ready)
        processor += time.process_time() - began
        rise = max(rise, _memory() - before)
    began = time.process_time()
    close()
    return Written(processor + time.process_time() - began, rise, cells)


def _ours(out: Path) -> tuple[Callable[[str, list[Row]], None], Callable[[], None]]:
    from recon_xl.addin.artefact import artefact  # noqa: PLC0415 - a writer pays for its own alone
    from recon_xl.ooxml.bulkrows import BulkColumn, BulkRows  # noqa: PLC0415
    from recon_xl.ooxml.cellxml import CellRules  # noqa: PLC0415
    from recon_xl.ooxml.growingsheet import GrowingSheet  # noqa: PLC0415
    from recon_xl.ooxml.lintrows import GoodRows  # noqa: PLC0415
    from recon_xl.ooxml.package import Package  # noqa: PLC0415
    from recon_xl.ooxml.provenrows import ProvenRows  # noqa: PLC0415
    from recon_xl.ooxml.sheettext import SheetText  # noqa: PLC0415

    package, known = Package(artefact("month_end.xlsx")), GoodRows(lambda: 1, lambda: 0)
    blank = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'

    def add(name: str, rows: list[Row]) -> None:
        columns = [BulkColumn(number, "0", number - 1) for number in range(1, len(rows[0]) + 1)] if rows else []
        above = SheetText.parse(blank.encode(), name)
        sheet = GrowingSheet(above, BulkRows(columns, CellRules()).rows(2, rows), "")
        package.add(f"xl/worksheets/{name}.xml", sheet.pieces(ProvenRows(sheet, known).see))

    def close() -> None:
        with out.open("wb") as file:
            package.write_to(file)

    return add, close


def _theirs(out: Path) -> tuple[Callable[[str, list[Row]], None], Callable[[], None]]:
    import xlsxwriter  # noqa: PLC0415

    book = xlsxwriter.Workbook(str(out), {"constant_memory": True})

    def add(name: str, rows: list[Row]) -> None:
        sheet = book.add_worksheet(name)
        ways: dict[type, Any] = {
            str: sheet.write_string,
            int: sheet.write_number,
            float: sheet.write_number,
            bool: sheet.write_boolean,
        }
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    ways.get(type(value), sheet.write_datetime)(number, place, value)

    return add, book.close


def _ready(rows: Iterable[Row]) -> list[Row]:
    """The rows as recon-xl has them: exact numbers, days without a time, as many cells in each row."""
    found = [[_exact(value) for value in row] for row in rows]
    width = max(map(len, found), default=0)
    return [[*row, *[None] * (width - len(row))] for row in found]


def _exact(value: Any) -> Any:
    if type(value) is float:
        return Decimal(repr(value))
    return value.date() if isinstance(value, datetime) and not any(value.timetuple()[3:6]) else value


def _memory(*, reset: bool = False) -> float:
    """The peak of resident memory in MB since the last time it was reset; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    if reset:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.writers", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--writer", help=argparse.SUPPRESS)
    parser.add_argument("--stage", type=Path, help="a month that lies ready, as `prepare` leaves it")
    options = parser.parse_args(argv)
    if options.writer:
        sys.stdout.write(json.dumps(write(options.writer, Stage(options.stage))))
        return 0
    compile_all()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(options.stage) if options.stage else prepare(options.lines, Path(folder) / "month")
        figures = compare(stage, options.rounds)
    for name, found in figures.items():
        sys.stdout.write(
            f"{name}: {found.cells:,} cells, {found.processor:.2f} s processor, memory + {found.rise:.0f} MB\n"
        )
    ours, theirs = (figures[name].processor for name in WRITERS)
    sys.stdout.write(f"XlsxWriter, to recon-xl: {theirs / ours:.1f} x\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
