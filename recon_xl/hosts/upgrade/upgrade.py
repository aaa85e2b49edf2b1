"""Upgrade: what a workbook lacks of recon-xl is added in one save; everything else stays byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from recon_xl.contract.catalogue import START_SHEET
from recon_xl.contract.mapping import SETTINGS
from recon_xl.core.cells import Cell
from recon_xl.core.errors import WorkbookError
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.hosts.clock import clock
from recon_xl.hosts.earlier import backups_to_keep
from recon_xl.hosts.owned import hanging_on_start, owned_parts_of
from recon_xl.hosts.upgrade.grow import grow
from recon_xl.hosts.upgrade.plan import SETTING, TOP_ROWS, Plan, planned
from recon_xl.ooxml.backups import Backups
from recon_xl.ooxml.book import TableInfo, read_book
from recon_xl.ooxml.opening import require_file
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.reader import BookReader, open_workbook
from recon_xl.ooxml.save import save
from recon_xl.ooxml.splice import Splice
from recon_xl.ooxml.spliceparts import check_can_take


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was added, or would be."""

    plan: Plan
    renewed: tuple[str, ...]
    """Tabs that got checks, drop-downs or formats which they lacked; Start, which is renewed as a whole."""
    notes: tuple[str, ...]
    """What stayed as it was although this version has it otherwise."""
    target: Path | None
    """The file that was written; None where nothing was."""
    backup: Path | None = None
    """Where the file is as it was before; None where none was replaced."""

    @property
    def is_empty(self) -> bool:
        """True where the workbook has everything."""
        plan = self.plan
        return not (plan.sheets or plan.names or plan.columns or plan.settings or self.renewed)


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
    plan = _compare(book, template, package)
    owned, on_start = owned_parts_of(package), frozenset(hanging_on_start(package))
    splice = Splice(package, Package(template), is_ours=plan.is_ours)
    if plan.sheets or plan.names:
        splice.add(plan.sheets, plan.names)
    grown = grow(splice, plan)
    done = Upgraded(plan, grown.renewed, grown.notes, None)
    target = out or book
    if dry_run or (done.is_empty and target == book):
        return done
    result = package.as_read() if done.is_empty else grown.editor.package()
    backups = Backups(target.resolve(), _backups_to_keep(book), clock().now)
    may_change = owned | on_start if START_SHEET in grown.renewed else owned
    save(result, target, expected_hash=digest, source=book, backups=backups, may_change=may_change)
    return replace(done, target=target, backup=backups.made)


def _backups_to_keep(book: Path) -> int:
    """What its Settings say, where it has some already."""
    with open_workbook(book) as reader:
        info = _settings_table(reader)
        rows = tuple(reader.table_rows(info.name)) if info else ()
        tables = (
            {SETTINGS.name: RawTable(SETTINGS.name, info.sheet, info.columns, rows, info.first_row)} if info else {}
        )
        return backups_to_keep(Snapshot(book.name, tables, (), reader.date1904))


def _check_files(book: Path, out: Path | None) -> None:
    require_file(book, "a workbook of yours (.xlsx or .xlsm)")
    if out is not None and out.suffix.casefold() != book.suffix.casefold():
        raise WorkbookError(
            where=str(out), found=f"a name that ends in {out.suffix or 'nothing'}",
            expected=f"a name that ends in {book.suffix}, like the workbook", todo="Choose another name for --out.",
        )  # fmt: skip


def _compare(book: Path, template: Path, package: Package) -> Plan:
    with open_workbook(book) as theirs, open_workbook(template) as ours:
        our_tabs = {sheet.name for sheet in ours.sheets}
        settings = frozenset(_settings(theirs))
        tops, our_tops = (_tops(reader, our_tabs) for reader in (theirs, ours))
        return planned(read_book(package), read_book(Package(template)), tops, our_tops, settings, package.where)


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
    info = _settings_table(reader)
    if info is not None and SETTING in info.columns:
        place = info.columns.index(SETTING)
        yield from (str(row[place]).strip().casefold() for _number, row in reader.table_rows(info.name))


def _settings_table(reader: BookReader) -> TableInfo | None:
    return next((table for table in reader.tables.values() if table.name == SETTINGS.excel_name), None)
