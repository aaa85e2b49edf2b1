"""Reconcile the month in a workbook and write the results back into it."""

from __future__ import annotations

import argparse
from pathlib import Path

from recon_xl.cli.outcome import Outcome, Progress, clock
from recon_xl.commands.reconcile import run
from recon_xl.hosts.file import FileHost
from recon_xl.report.json_report import result_json
from recon_xl.report.words import summary

NAME = "run"
TWIN_OF = "run"
HELP = "reconcile a workbook"
EXAMPLE = "recon-xl run october.xlsx --json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """BOOK, --out, --dry-run."""
    parser.add_argument("book", type=Path, metavar="BOOK", help="the month-end workbook")
    parser.add_argument(
        "--out", type=Path, metavar="OTHER.xlsx", help="write the result to another file, leave BOOK as it is"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be found, write nothing")


def execute(options: argparse.Namespace) -> Outcome:
    """Exit code 0 clean, 1 findings or not reconcilable."""
    progress = Progress()
    progress("Opening the workbook")
    host = FileHost(options.book)
    snapshot = host.read()
    outcome = run(snapshot, clock(), progress)
    target = None
    if not options.dry_run:
        progress("Writing the workbook")
        target = host.apply(outcome.changeset, snapshot, options.out)
    data = {"book": None if target is None else str(target), **result_json(outcome.result)}
    return Outcome(outcome.result.exit_code, data, summary(outcome.result, target) + _dry(options))


def _dry(options: argparse.Namespace) -> list[str]:
    return [f"Dry run: {options.book} was not changed."] if options.dry_run else []
