"""Put recon-xl into a workbook of your own, or bring a workbook of an earlier version up to date.

What is missing is added: tabs, tables, columns, settings, checks, formats. What is there stays byte for byte.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from recon_xl.addin.artefact import artefact
from recon_xl.cli.outcome import Outcome, with_backup
from recon_xl.core.terminal import quoted
from recon_xl.hosts.upgrade import Upgraded, upgrade

NAME = "upgrade"
HELP = "put recon-xl's tabs into a workbook of your own, or what a workbook of an earlier version lacks"
EXAMPLE = "recon-xl upgrade our-workbook.xlsx --out our-workbook-with-recon.xlsx"


def arguments(parser: argparse.ArgumentParser) -> None:
    """BOOK, --out, --dry-run, --yes-signed-macros."""
    parser.add_argument("book", type=Path, metavar="BOOK", help="the workbook: .xlsx or .xlsm")
    parser.add_argument("--out", type=Path, metavar="OTHER.xlsx", help="write to another file, leave BOOK as it is")
    parser.add_argument("--dry-run", action="store_true", help="say what would be added, write nothing")
    parser.add_argument(
        "--yes-signed-macros", action="store_true",
        help="go on although the digital signature of the workbook's macros will not survive Excel's next save",
    )  # fmt: skip


def execute(options: argparse.Namespace) -> Outcome:
    """Exit code 0; a workbook that lacks nothing is not written."""
    done = upgrade(
        options.book,
        artefact("month_end.xlsx"),
        options.out,
        dry_run=options.dry_run,
        signed_macros=options.yes_signed_macros,
    )
    return with_backup(Outcome(0, _json(options, done), _words(options, done)), done.backup)


def _json(options: argparse.Namespace, done: Upgraded) -> dict[str, object]:
    plan = done.plan
    return {
        "book": str(options.book),
        "written": None if done.target is None else str(done.target),
        "tabs": list(plan.sheets),
        "names": list(plan.names),
        "columns": {table: list(names) for table, names in plan.columns.items()},
        "settings": list(plan.settings),
        "renewed": list(done.renewed),
        "notes": list(done.notes),
    }


def _words(options: argparse.Namespace, done: Upgraded) -> list[str]:
    plan = done.plan
    if done.is_empty:
        copied = f"; copied to {done.target}" if done.target else ""
        return [f"{options.book} lacks nothing{copied}.", *_notes(done)]
    adds = "Would add to" if options.dry_run else "Added to"
    lines = [f"{adds} {done.target or options.book}:"]
    lines += [f"  tabs: {', '.join(plan.sheets)}"] if plan.sheets else []
    lines += [f"  columns of {table}: {', '.join(names)}" for table, names in plan.columns.items()]
    lines += [f"  settings: {', '.join(plan.settings)}"] if plan.settings else []
    lines += [f"  names: {', '.join(plan.names)}"] if plan.names else []
    lines += [f"  brought up to date: {', '.join(done.renewed)}"] if done.renewed else []
    return [
        *lines,
        *_notes(done),
        *([] if options.dry_run else [f"Next: recon-xl import {quoted(done.target)} FILE..."]),
    ]


def _notes(done: Upgraded) -> list[str]:
    return [f"Note: {note}" for note in done.notes]
