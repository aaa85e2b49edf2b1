"""Import vendor files, billed lines, counts and mapping tables; each file is recognised by its header."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from recon_xl.cli.outcome import Outcome, Progress, clock, with_backup, with_journal
from recon_xl.commands.import_files import ImportResult, import_files
from recon_xl.commands.import_words import import_lines
from recon_xl.commands.journaling import Book, import_deed, step
from recon_xl.core.errors import InputError
from recon_xl.core.snapshot import Snapshot
from recon_xl.hosts.file import FileHost

NAME = "import"
TWIN_OF = "import_files"
HELP = "bring files into a workbook"
EXAMPLE = "recon-xl import october.xlsx recon_G012.csv billed.csv --control G012=41230.55"


def arguments(parser: argparse.ArgumentParser) -> None:
    """BOOK, FILE and the options."""
    parser.add_argument("book", type=Path, metavar="BOOK", help="the month-end workbook")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="CSV or xlsx files")
    options_of_files(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")


def options_of_files(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """How files are to be read, whichever command brings them in."""
    parser.add_argument(
        "--as", dest="as_table", metavar="TABLE", help="the table they belong to, whatever their headers say"
    )
    parser.add_argument("--sheet", metavar="NAME", help='the sheet to take from a workbook file; "*" = all that fit')
    parser.add_argument(
        "--period", metavar="YYYY-MM", help="month of the vendor invoices (default: that of most charge cycles)"
    )
    parser.add_argument(
        "--locale", metavar="NAME", help="how the files write dates and decimals: en-US, en-GB, de-DE, fr-FR, iso"
    )
    parser.add_argument(
        "--control", action="append", default=[], metavar="INVOICE=TOTAL", help="the total printed on a vendor invoice"
    )
    parser.add_argument(
        "--replace", action="store_true", help="let new content replace what is there, or load the same file again"
    )


def execute(options: argparse.Namespace) -> Outcome:
    """Exit code 0 all read, 1 some cells could not be read (their rows are in, and reported)."""
    progress = Progress()
    progress("Opening the workbook")
    host = FileHost(options.book)
    if not options.dry_run:
        host.check_free()
    snapshot = host.read()
    result = imported(options, snapshot, progress)
    lines = import_lines(result.files, result.messages, result.problems)
    data: dict[str, Any] = {"book": str(options.book), **import_json(result)}
    told = Outcome(1 if result.problems else 0, data, lines)
    if result.changeset.is_empty or options.dry_run:
        return told
    progress("Writing the workbook")
    done = step(Book(snapshot, host.look), result.changeset, NAME, clock(), import_deed(result.files, options.files))
    host.apply(done.changeset, snapshot)
    return with_backup(with_journal(told, done), host.backup)


def imported(options: argparse.Namespace, snapshot: Snapshot, progress: Progress) -> ImportResult:
    """The files that were named, read with the options that were given."""
    _refuse_itself(options)
    return import_files(
        snapshot,
        options.files,
        now=clock().now,
        as_table=options.as_table,
        period=options.period,
        replace=options.replace,
        locale=options.locale,
        control_totals=_controls(options.control),
        sheet=options.sheet,
        progress=progress,
    )


def _refuse_itself(options: argparse.Namespace) -> None:
    """What stands in the workbook is in it already: a file that is the workbook was named by mistake."""
    book = options.book.resolve()
    for file in options.files:
        if file.resolve() == book:
            raise InputError(
                where=str(file), found="the workbook itself", expected="a file to bring into it",
                todo="Name the file of the vendor, the PSA or another month's workbook.",
            )  # fmt: skip


def import_json(result: ImportResult) -> dict[str, Any]:
    """What `--json` says of an import."""
    problems = [asdict(problem) for problem in result.problems]
    return {"files": result.files, "messages": result.messages, "problems": problems}


def _controls(pairs: list[str]) -> dict[str, str]:
    controls = {}
    for pair in pairs:
        invoice, sign, amount = pair.partition("=")
        if not (invoice and sign and amount):
            raise InputError(
                where="--control", found=pair, expected="INVOICE=TOTAL", todo="For example --control G012=41230.55"
            )
        controls[invoice] = amount
    return controls
