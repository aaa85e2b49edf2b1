"""List every gap of a workbook's inputs and mappings, in the order to close them; nothing is written."""

from __future__ import annotations

import argparse
from pathlib import Path

from recon_xl.cli.outcome import Outcome, Progress, clock
from recon_xl.commands.check import check
from recon_xl.hosts.file import FileHost

NAME = "check"
TWIN_OF = "check"
HELP = "list what is missing before a run, in the order to fix it"
EXAMPLE = "recon-xl check october.xlsx"


def arguments(parser: argparse.ArgumentParser) -> None:
    """BOOK."""
    parser.add_argument("book", type=Path, metavar="BOOK", help="the month-end workbook")


def execute(options: argparse.Namespace) -> Outcome:
    """Exit code 0 where nothing is missing, 1 where something is."""
    progress = Progress()
    progress("Opening the workbook")
    checked = check(FileHost(options.book).read(), clock(), progress)
    data = {"book": str(options.book), **checked.as_dict()}
    return Outcome(int(bool(checked.gaps)), data, checked.words())
