"""Upgrade: what a workbook lacks of recon-xl is added in one save; everything else stays byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from recon_xl.contract.mapping import SETTINGS
from recon_xl.core.cells import Cell
from recon_xl.core.errors import WorkbookError
from recon_xl.hosts.owned import owned_parts_of
from recon_xl.hosts.upgrade.grow import grow
from recon_xl.hosts.upgrade.plan import SETTING, TOP_ROWS, Plan, planned
from recon_xl.ooxml.book import read_book
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.reader import BookReader, open_workbook
from recon_xl.ooxml.save import save
from recon_xl.ooxml.splice import Splice
from recon_xl.ooxml.spliceparts import check_can_take


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was added, or would be."""

    plan: Plan
    rules: tuple[str, ...]
    """Tabs that got checks, drop-downs or formats which they lacked."""
    notes: tuple[str, ...]
    """What stayed as it was although this version has it otherwise."""
    target: Path | None
    """The file that was written; None where nothing was."""

    @property
    def is_empty(self) -> bool:
        """True where the workbook has everything."""
        plan = self.plan
        return not (plan.sheets or plan.names or plan.columns or plan.settings or self.rules)


def upgrade(
    book: Path, template: Path, out: Path | None = None, *, dry_run: bool = False, signed_macros: bool = False
) -> Upgraded:
    """Add to a workbook what it lacks of the template; a workbook that lacks nothing is not written.

    `signed_macros`: the user knows that the signature of the workbook's macros will go. Raises `WorkbookError`, with
    every file untouched, where names clash or the workbook must not be changed.
    """
    _check_files(book, out)
    package = Package(book)
    digest = package.hash
    check_can_take(package, signed_macros=signed_macros)
    plan, notes = _compare(book, template, package)
    owned = owned_parts_of(package)
    splice = Splice(package, Package(template), is_ours=plan.is_ours)
    if plan.sheets or plan.names:
        splice.add(plan.sheets, plan.names)
    editor, rules = grow(splice, plan)
    done = Upgraded(plan, rules, notes, None)
    target = out or book
    if dry_run or (done.is_empty and target == book):
        return done
    result = package.as_read() if done.is_empty else editor.package()
    save(result, target, expected_hash=digest, source=book, may_change=owned)
    return Upgraded(plan, rules, notes, target)


def _check_files(book: Path, out: Path | None) -> None:
    if not book.is_file():
        raise WorkbookError(
            where=str(book), found="no such file", expected="a workbook of yours (.xlsx or .xlsm)",
            todo=f"Check the name, or make a new one: recon-xl new {book.name}",
        )  # fmt: skip
    if out is not None and out.suffix.casefold() != book.suffix.casefold():
        raise WorkbookError(
            where=str(out), found=f"a name that ends in {out.suffix or 'nothing'}",
            expected=f"a name that ends in {book.suffix}, like the workbook", todo="Choose another name for --out.",
        )  # fmt: skip


def _compare(book: Path, template: Path, package: Package) -> tuple[Plan, tuple[str, ...]]:
    with open_workbook(book) as theirs, open_workbook(template) as ours:
        our_tabs = {sheet.name for sheet in ours.sheets}
        settings = frozenset(_settings(theirs))
        tops, our_tops = (_tops(reader, our_tabs) for reader in (theirs, ours))
        ours_book, theirs_book = read_book(Package(template)), read_book(package)
        plan = planned(theirs_book, ours_book, tops, our_tops, settings, package.where)
        return plan, tuple(_differing(our_tabs - set(plan.sheets), tops, our_tops))


def _tops(reader: BookReader, tabs: set[str]) -> Mapping[str, Mapping[tuple[int, int], Cell]]:
    return {
        sheet.name: {
            (number, column): cell
            for number, row in reader.rows(sheet.name, 1, TOP_ROWS)
            for column, cell in enumerate(row, 1)
        }
        for sheet in reader.sheets
        if sheet.name in tabs
    }


def _settings(reader: BookReader) -> Iterator[str]:
    """The titles of the settings that a workbook has, case-folded."""
    info = next((table for table in reader.tables.values() if table.name == SETTINGS.excel_name), None)
    if info is not None and SETTING in info.columns:
        place = info.columns.index(SETTING)
        yield from (str(row[place]).strip().casefold() for _number, row in reader.table_rows(info.name))


def _differing(tabs: set[str], tops: object, our_tops: object) -> Iterator[str]:
    """Nothing yet."""
    yield from ()
