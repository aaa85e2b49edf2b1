"""Make a sample month with its source files, reconcile it, and say what was found. The names are fictional."""

from __future__ import annotations

import argparse
from pathlib import Path

from recon_xl.cli.books import month_imported, new_book
from recon_xl.cli.outcome import Outcome, Progress, clock
from recon_xl.commands.import_and_run import import_and_run
from recon_xl.commands.journaling import Book, run_deed, step
from recon_xl.core.errors import WorkbookError
from recon_xl.hosts.file import FileHost
from recon_xl.report.json_report import result_json
from recon_xl.report.words import summary
from recon_xl.sample import sample_month

NAME = "demo"
HELP = "see it work on a sample month"
EXAMPLE = "recon-xl demo --out my-demo"


def arguments(parser: argparse.ArgumentParser) -> None:
    """--out DIR."""
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="folder to write to (default: recon-xl-demo, or the next free name)"
    )


def execute(options: argparse.Namespace) -> Outcome:
    """Exit code 0: the findings are the sample's own."""
    progress = Progress()
    folder = options.out or _free_folder(Path("recon-xl-demo"))
    month = sample_month()
    book = folder / f"month_end_{month.period}.xlsx"
    if (folder / "sources").exists() and not book.exists():
        raise WorkbookError(
            where=str(folder / "sources"), found="a folder of that name", expected="a folder that is not there yet",
            todo="Choose another folder with --out, or move this one away.",
        )  # fmt: skip
    new_book(book, month.period)
    progress("Importing the sample files")
    now = clock()
    host = FileHost(book, is_new=True)
    done = import_and_run(
        host.read(), lambda empty: month_imported(empty, month, folder / "sources", now), now, progress
    )
    progress("Writing the workbook")
    result = done.outcome.result
    journaled = step(Book(done.book, host.look), done.changeset, NAME, now, run_deed(result))
    host.apply(journaled.changeset, done.book)
    lines = [f"Sample month with {result.rows_read['Vendor Lines']} vendor lines; all names are fictional.", ""]
    return Outcome(0, {"book": str(book), **result_json(result)}, lines + summary(result, book))


def _free_folder(wanted: Path) -> Path:
    folder, number = wanted, 2
    while folder.exists():
        folder, number = wanted.with_name(f"{wanted.name}-{number}"), number + 1
    return folder
