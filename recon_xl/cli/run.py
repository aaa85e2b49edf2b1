"""Reconcile the month in a workbook and write the results back into it.

With --import the files are brought in first, as `recon-xl import` does, and everything is written in one save: what the
import refuses, or a run that cannot be done, leaves the workbook as it was.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from recon_xl.cli.import_ import import_json, imported, options_of_files
from recon_xl.cli.outcome import Outcome, Progress, clock, with_backup, with_journal
from recon_xl.commands.import_and_run import import_and_run
from recon_xl.commands.import_words import import_lines
from recon_xl.commands.journaling import JOURNAL, Book, both_deeds, import_deed, run_deed, step
from recon_xl.commands.model import Clock
from recon_xl.commands.reconcile import run
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.errors import InputError
from recon_xl.core.snapshot import Snapshot
from recon_xl.hosts.file import FileHost
from recon_xl.journal.record import Deed
from recon_xl.report.json_report import result_json
from recon_xl.report.words import summary

NAME = "run"
TWIN_OF = "run"
HELP = "reconcile a workbook"
EXAMPLE = "recon-xl run october.xlsx --import recon_G012.csv billed.csv --control G012=41230.55"


def arguments(parser: argparse.ArgumentParser) -> None:
    """BOOK, --out, --dry-run, and --import with the options of an import."""
    parser.add_argument("book", type=Path, metavar="BOOK", help="the month-end workbook")
    parser.add_argument(
        "--out", type=Path, metavar="OTHER.xlsx", help="write the result to another file, leave BOOK as it is"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be found, write nothing")
    files = parser.add_argument_group("files to bring in first")
    files.add_argument(
        "--import", dest="files", type=Path, nargs="+", default=[], metavar="FILE",
        help="CSV or xlsx files; the same as recon-xl import before the run, in one save",
    )  # fmt: skip
    options_of_files(files)


def execute(options: argparse.Namespace) -> Outcome:
    """Exit code 0 clean, 1 findings, not reconcilable, or cells of a file that could not be read."""
    _refuse_options_of_no_file(options)
    progress = Progress()
    progress("Opening the workbook")
    host = FileHost(options.book)
    if not options.dry_run:
        host.check_free(options.out)
    now = clock()
    changeset, book, told, deed = _reconciled(options, host, now, progress)
    if options.dry_run:
        return told
    progress("Writing the workbook")
    done = step(Book(book, host.look), changeset, NAME, now, deed)
    del changeset
    host.apply(done.changeset, book, options.out)
    return with_backup(with_journal(told, done), host.backup)


def _reconciled(
    options: argparse.Namespace, host: FileHost, now: Clock, progress: Progress
) -> tuple[ChangeSet, Snapshot, Outcome, Deed]:
    """What is to be written, the outline of the workbook, and what there is to say: all that writing needs to be held for."""
    if options.files:
        done = import_and_run(host.read(), lambda book: imported(options, book, progress), now, progress)
        outcome, changeset, exit_code, book = done.outcome, done.changeset, done.exit_code, done.book
        said = [*import_lines(done.imported.files, done.imported.messages, done.imported.problems), ""]
        also = {"import": import_json(done.imported)}
        deed = both_deeds(import_deed(done.imported.files, options.files), run_deed(outcome.result))
    else:
        snapshot = [host.read()]  # held in no other place: the run lets go of the rows that it has typed
        book = snapshot[0].outline(JOURNAL)
        outcome = run(snapshot.pop(), now, progress)
        changeset, exit_code, said, also = outcome.changeset, outcome.result.exit_code, [], {}
        deed = run_deed(outcome.result)
    target = None if options.dry_run else options.out or options.book
    if not options.json:
        return changeset, book, Outcome(exit_code, {}, said + summary(outcome.result, target) + _dry(options)), deed
    data = {
        "book": None if target is None else str(target),
        **result_json(outcome.result),
        **also,
        "exit_code": exit_code,
    }
    return changeset, book, Outcome(exit_code, data), deed


def _refuse_options_of_no_file(options: argparse.Namespace) -> None:
    given = {
        "--as": options.as_table, "--sheet": options.sheet, "--period": options.period, "--locale": options.locale,
        "--control": options.control, "--replace": options.replace,
    }  # fmt: skip
    found = [name for name, value in given.items() if value]
    if found and not options.files:
        raise InputError(
            where="recon-xl run", found=f"{', '.join(found)} without --import", expected="files that this is said of",
            todo="Name the files with --import; the month that is reconciled is the Period on Settings.",
        )  # fmt: skip


def _dry(options: argparse.Namespace) -> list[str]:
    return [f"Dry run: {options.book} was not changed."] if options.dry_run else []
