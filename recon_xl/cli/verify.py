"""Say whether the log, the cells that recon-xl wrote and the drafts are as they were written; nothing is written."""

from __future__ import annotations

import argparse
from pathlib import Path

from recon_xl.cli.outcome import Outcome, Progress
from recon_xl.commands.verify import verify
from recon_xl.hosts.file import FileHost

NAME = "verify"
HELP = "find what was altered in the log, the results and the drafts"
EXAMPLE = "recon-xl verify october.xlsx"


def arguments(parser: argparse.ArgumentParser) -> None:
    """BOOK."""
    parser.add_argument("book", type=Path, metavar="BOOK", help="the month-end workbook")


def execute(options: argparse.Namespace) -> Outcome:
    """Exit code 0 where everything is as it was written, 1 where something was altered."""
    progress = Progress()
    progress("Opening the workbook")
    host = FileHost(options.book)
    snapshot = host.read()
    progress("Comparing with the journal")
    with host.look() as look:
        found = verify(snapshot, look)
    return Outcome(int(bool(found.altered)), {"book": str(options.book), **found.as_dict()}, found.words())
