"""Results written into a large workbook of a user's, and into an empty one: `python -m tests.benchmarks.large_book`.

The large workbook holds a sheet of the user's that fills it, with texts that cells share; recon-xl's tabs came into it by
`recon-xl upgrade`. What is written is the same: a month with its draft tabs. The figures are those of a process that only writes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from recon_xl.addin.artefact import artefact
from recon_xl.cli.books import fill_with_month
from recon_xl.commands.new_book import set_period
from recon_xl.commands.reconcile import run
from recon_xl.core.changeset import ChangeSet, DraftTab
from recon_xl.hosts.file import FileHost
from recon_xl.hosts.upgrade import upgrade
from recon_xl.sample import Month, generate_month

from .child import peak
from .prepare import CLOCK, FAULTS

TABS = 300
_ROW_BYTES = 141
"""What a row of the user's sheet and its text take, compressed."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class Written(NamedTuple):
    """Processor seconds, wall seconds and peak memory in MB of one process that writes."""

    processor: float
    wall: float
    megabytes: float | None


def compare(lines: int, megabytes: float, folder: Path) -> dict[str, Written]:
    """Figures of writing into the empty and into the large workbook, and of copying the large one's bytes."""
    month = generate_month(7, lines, faults=FAULTS)
    empty, large = folder / "empty.xlsx", folder / "large.xlsx"
    with xlsxwriter.Workbook(str(empty)) as book:
        book.add_worksheet("My Data").write("A1", "x")
    large_book(large, megabytes)
    for book_path in (empty, large):
        _prepare(book_path, month, folder / f"{book_path.stem}_files")
    return {path.stem: _measured(path, job) for job, path in (("write", empty), ("write", large))} | {
        "copy": _measured(large, "copy")
    }


def large_book(path: Path, megabytes: float) -> Path:
    """A workbook of about so many megabytes, in one sheet of numbers and texts."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("My Data").write("A1", "x")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    rows = max(1, round(megabytes * 2**20 / _ROW_BYTES))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts.items():
            pieces = {"xl/worksheets/sheet1.xml": _sheet, "xl/sharedStrings.xml": _strings}.get(name)
            if pieces is None:
                package.writestr(name, data)
                continue
            with package.open(name, "w", force_zip64=True) as part:
                for piece in pieces(rows):
                    part.write(piece.encode())
    return path


def _sheet(rows: int) -> Iterator[str]:
    dice = random.Random(1)  # noqa: S311 - any numbers
    yield f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetData>'
    for row in range(1, rows + 1):
        cells = "".join(f'<c r="{letter}{row}"><v>{dice.getrandbits(52)}</v></c>' for letter in "BCDEFGH")
        yield f'<row r="{row}"><c r="A{row}" t="s"><v>{row - 1}</v></c>{cells}</row>'
    yield "</sheetData></worksheet>"


def _strings(rows: int) -> Iterator[str]:
    dice = random.Random(2)  # noqa: S311 - any texts
    yield f'<sst xmlns="{_MAIN}" count="{rows}" uniqueCount="{rows}">'
    yield from (f"<si><t>{dice.getrandbits(200):x}</t></si>" for _row in range(rows))
    yield "</sst>"


def _prepare(book: Path, month: Month, sources: Path) -> None:
    """Our tabs, the month imported, and what a run would write, with so many draft tabs, beside the workbook."""
    upgrade(book, artefact("month_end.xlsx"))
    host = FileHost(book)
    snapshot = host.read()
    host.apply(set_period(snapshot, month.period), snapshot)
    snapshot = fill_with_month(book, month, sources, CLOCK)
    changeset = run(snapshot, CLOCK).changeset
    drafts = [change for change in changeset.changes if isinstance(change, DraftTab)]
    dropped = {id(change) for change in drafts[TABS:]}
    kept = ChangeSet(tuple(change for change in changeset.changes if id(change) not in dropped), changeset.active_sheet)
    with book.with_suffix(".pickle").open("wb") as file:
        pickle.dump((replace(snapshot.outline()), kept), file)


def _measured(book: Path, job: str) -> Written:
    command = [sys.executable, "-m", "tests.benchmarks.large_book", "--job", job, "--book", str(book)]
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=root, env={**os.environ, "PYTHONPATH": path}
    )
    return Written(*json.loads(done.stdout))


def _job(name: str, book: Path) -> Written:
    target = book.with_name(f"{book.stem}_{name}.xlsx")
    with book.with_suffix(".pickle").open("rb") as file:
        snapshot, changeset = pickle.load(file)  # noqa: S301 - written above
    before = time.process_time(), time.perf_counter()
    if name == "write":
        FileHost(book).apply(changeset, snapshot, target)
    else:
        _copy(book, target)
    return Written(time.process_time() - before[0], time.perf_counter() - before[1], peak())


def _copy(book: Path, target: Path) -> None:
    """What any writer must do with the bytes: know that they are those that were read, write them, read them back."""
    data = book.read_bytes()
    hashlib.sha256(data).hexdigest()
    with target.open("wb") as file:
        file.write(data)
        os.fsync(file.fileno())
    hashlib.sha256(target.read_bytes()).hexdigest()


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.large_book", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--job", help=argparse.SUPPRESS)
    parser.add_argument("--book", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.job:
        sys.stdout.write(json.dumps(_job(options.job, options.book)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        figures = compare(options.lines, options.megabytes, Path(folder))
    for name, found in figures.items():
        sys.stdout.write(
            f"{name}: {found.processor:.2f} s processor, {found.wall:.2f} s, {found.megabytes or 0:.0f} MB\n"
        )
    ratio = (figures["large"].processor - figures["copy"].processor) / figures["empty"].processor
    sys.stdout.write(f"large without copying, to empty: {ratio:.2f} x\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
