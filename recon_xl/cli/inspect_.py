"""Look into files before they are imported: what each is and why, its invoices, month, rows and totals, and what is wrong.

Nothing is written and no workbook is needed. With --book its File Locale and month count, and it is said what is in it
already. All files are reported, also where one cannot be read.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from recon_xl.cli.outcome import Outcome, clock
from recon_xl.commands.inspect_words import report_json, report_lines
from recon_xl.commands.inspection import PROBLEMS, REFUSED, inspect_files
from recon_xl.hosts.file import FileHost

NAME = "inspect"
HELP = "look into files without importing them"
EXAMPLE = """recon-xl inspect recon_G012.csv billed.csv
recon-xl inspect billed.csv --book october.xlsx --json
recon-xl inspect export.xlsx --sheet October --locale de-DE"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE and the options."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="CSV or xlsx files")
    parser.add_argument("--book", type=Path, metavar="BOOK", help="the month-end workbook they would go into")
    parser.add_argument(
        "--as", dest="as_table", metavar="TABLE", help="the table they belong to, whatever their headers say"
    )
    parser.add_argument("--sheet", metavar="NAME", help='the sheet to look at in a workbook file; "*" = all that fit')
    parser.add_argument(
        "--locale", metavar="NAME", help="how the files write dates and decimals: en-US, en-GB, de-DE, fr-FR, iso"
    )


def execute(options: argparse.Namespace) -> Outcome:
    """Exit code 0 all readable, 1 some cells cannot be read, 2 some file cannot be read."""
    book = None if options.book is None else FileHost(options.book).read()
    reports = inspect_files(
        options.files,
        now=clock().now,
        book=book,
        as_table=options.as_table,
        locale=options.locale,
        sheet=options.sheet,
    )
    found = {report.status for report in reports}
    exit_code = 2 if REFUSED in found else int(PROBLEMS in found)
    data = {"book": None if options.book is None else str(options.book), "exit_code": exit_code}
    return Outcome(exit_code, {**data, "files": report_json(reports)}, report_lines(reports))
