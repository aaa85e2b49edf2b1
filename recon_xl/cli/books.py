"""New workbooks: from the template, and filled with the sample month."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from recon_xl.addin.artefact import artefact
from recon_xl.addin.versions import MACRO_BOOK
from recon_xl.commands.import_files import ImportResult, import_files
from recon_xl.commands.model import Clock
from recon_xl.commands.new_book import set_period
from recon_xl.contract import Settings
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.errors import ContractError, InputError, WorkbookError
from recon_xl.core.snapshot import Snapshot
from recon_xl.core.terminal import quoted
from recon_xl.hosts.file import FileHost
from recon_xl.intake.apply import apply_edits
from recon_xl.sample import Month, write_month

_TEMPLATES = {".xlsx": "month_end.xlsx", ".xlsm": MACRO_BOOK}
"""Ending -> the blank workbook that ships with the product."""


def new_book(book: Path, period: str | None) -> None:
    """A blank workbook; WorkbookError where the file exists already."""
    if book.exists():
        raise WorkbookError(
            where=str(book),
            found="a file of that name",
            expected="a new name",
            todo="Choose another name, or move the file away.",
        )
    blank = _TEMPLATES.get(book.suffix.casefold())
    if blank is None:
        raise WorkbookError(
            where=str(book), found=f"a name that ends in {book.suffix}" if book.suffix else "a name without an ending",
            expected="a name that ends in .xlsx, or in .xlsm for a workbook that brings the ribbon along",
            todo=f"For example {quoted(book.with_suffix('.xlsx').name)}.",
        )  # fmt: skip
    if period:
        _check_period(period)
    try:
        book.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(artefact(blank), book)
    except OSError as error:
        raise WorkbookError(
            where=str(book), found=f"no place to write it ({error.strerror})", expected="a folder that can be written",
            todo="Choose another folder, or check its permissions.",
        ) from error  # fmt: skip
    if period:
        host = FileHost(book, is_new=True)
        snapshot = host.read()
        host.apply(set_period(snapshot, period), snapshot)


def _check_period(period: str) -> None:
    """`InputError` about the option, where Settings would refuse what was typed."""
    try:
        Settings.from_values({"Period": period})
    except ContractError:
        raise InputError(
            where="--period", found=period, expected="YYYY-MM", todo="Write the month being closed as in 2026-10."
        ) from None


def fill_with_month(book: Path, month: Month, sources: Path, clock: Clock) -> Snapshot:
    """Import a month's files into a workbook, as a user would; one save for all. Returns the workbook as read then."""
    host = FileHost(book, is_new=True)
    before = host.read()
    host.apply(month_imported(before, month, sources, clock).changeset, before)
    return host.read()


def month_imported(snapshot: Snapshot, month: Month, sources: Path, clock: Clock) -> ImportResult:
    """A month's files, written to a folder and read into a workbook month by month: all changes together."""
    results: list[ImportResult] = []
    filled = snapshot
    for period, files in _by_period(write_month(month, sources), sources):
        printed = month.totals_printed_on(files)
        results.append(import_files(filled, files, now=clock.now, period=period, control_totals=printed))
        filled = apply_edits(filled, results[-1].changeset)
    return ImportResult(
        ChangeSet(tuple(change for result in results for change in result.changeset.changes), "Start"),
        [file for result in results for file in result.files],
        [message for result in results for message in result.messages],
        [problem for result in results for problem in result.problems],
    )


def _by_period(paths: Iterable[Path], sources: Path) -> list[tuple[str | None, list[Path]]]:
    """The month's own files first, then those of each earlier month, which stand in a folder of its name."""
    groups: dict[str | None, list[Path]] = {}
    for path in paths:
        period = None if path.parent == sources else path.parent.name
        groups.setdefault(period, []).append(path)
    return sorted(groups.items(), key=lambda item: item[0] or "")
