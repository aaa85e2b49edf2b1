"""Say what a step changed: the last one, or one that the log lists. Nothing is written."""

from __future__ import annotations

import argparse
from pathlib import Path

from recon_xl.cli.outcome import Outcome, Progress
from recon_xl.commands.step_differences import step_differences
from recon_xl.hosts.file import FileHost

NAME = "diff"
HELP = "say what the last step, or a named one, changed"
EXAMPLE = "recon-xl diff october.xlsx --step J00003"


def arguments(parser: argparse.ArgumentParser) -> None:
    """BOOK and --step."""
    parser.add_argument("book", type=Path, metavar="BOOK", help="the month-end workbook")
    parser.add_argument(
        "--step", metavar="STEP", help="number of a step, as recon-xl log lists it (default: the last one)"
    )


def execute(options: argparse.Namespace) -> Outcome:
    """Exit code 0."""
    progress = Progress()
    progress("Opening the workbook")
    found = step_differences(FileHost(options.book).read(), options.step)
    return Outcome(0, {"book": str(options.book), **found.as_dict()}, list(found.words()))
