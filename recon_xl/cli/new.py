"""Make a month-end workbook: blank, or filled with the sample month."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from recon_xl.cli.books import fill_with_month, new_book
from recon_xl.cli.outcome import Outcome, clock
from recon_xl.core.terminal import quoted
from recon_xl.sample import sample_month

NAME = "new"
HELP = "make a month-end workbook"
EXAMPLE = "recon-xl new october.xlsx --period 2026-10"


def arguments(parser: argparse.ArgumentParser) -> None:
    """BOOK, --period, --sample."""
    parser.add_argument(
        "book", type=Path, metavar="BOOK", help="the workbook to make: .xlsx, or .xlsm to bring the ribbon along"
    )
    parser.add_argument("--period", metavar="YYYY-MM", help="the month being closed")
    parser.add_argument("--sample", action="store_true", help="fill it with a fictional sample month, ready to run")


def execute(options: argparse.Namespace) -> Outcome:
    """Make the workbook; nothing is overwritten."""
    month = sample_month() if options.sample else None
    period = options.period or (month.period if month else None)
    new_book(options.book, period)
    if month:
        with tempfile.TemporaryDirectory() as folder:
            fill_with_month(options.book, month, Path(folder), clock())
    steps = f"recon-xl run {quoted(options.book)}" if month else f"recon-xl import {quoted(options.book)} FILE..."
    return Outcome(
        0,
        {"book": str(options.book), "period": period, "sample": bool(month)},
        [f"Made {options.book}" + (f" for {period}" if period else "; set Period on Settings"), f"Next: {steps}"],
    )
