"""Saved workbooks: one bulk read, one bulk patch, one atomic replace. What we do not own stays byte for byte."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from recon_xl.contract import EVERY_TABLE
from recon_xl.contract.catalogue import DRAFT_TAB_PREFIX
from recon_xl.contract.layout import DRAFT_HEADINGS
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.errors import WorkbookError
from recon_xl.core.rows import ColumnRows
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.hosts.changes import write_changes
from recon_xl.hosts.clock import clock
from recon_xl.hosts.earlier import backups_to_keep
from recon_xl.hosts.layoutsheet import refresh_layout
from recon_xl.hosts.look import look_into
from recon_xl.hosts.marks import users_marks
from recon_xl.hosts.owned import opens_on, owned_parts_of
from recon_xl.journal.look import Look
from recon_xl.ooxml.backups import Backups
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.editor import WorkbookEditor
from recon_xl.ooxml.leftovers import sweep
from recon_xl.ooxml.locks import check_not_open, check_writable
from recon_xl.ooxml.opening import require_file
from recon_xl.ooxml.reader import BookReader, open_workbook
from recon_xl.ooxml.save import file_hash, save


class FileHost:
    """One workbook on disk."""

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        """What killed runs left beside the workbook is removed; of one that `is_new` no earlier version is kept."""
        self._path = path
        self._keep = 0 if is_new else None
        self.backup: Path | None = None
        """The earlier version that the last `apply` kept."""
        sweep(path)
        require_file(path, "a month-end workbook")

    def read(self) -> Snapshot:
        """Every contract table that the workbook has, as found; results too, because what the user put on them is kept."""
        digest = file_hash(self._path)
        with open_workbook(self._path) as book:
            found = {table.name.casefold(): table for table in book.tables.values()}
            tables = {}
            for declared in EVERY_TABLE:
                info = found.get(declared.excel_name.casefold())
                if info is not None:
                    rows = book.table(info.name)
                    tables[declared.name] = _raw_table(declared.name, info, rows)
            tables |= users_marks(book, tables)
            snapshot = Snapshot(
                book=self._path.name, tables=tables, sheets=tuple(sheet.name for sheet in book.sheets),
                date1904=book.date1904, digest=digest, draft_tabs=_draft_tabs(book),
            )  # fmt: skip
        if self._keep is None:
            self._keep = backups_to_keep(snapshot)
        return snapshot

    def check_free(self, out: Path | None = None) -> None:
        """Raise `WorkbookError` where the workbook, or `out`, could not be saved now: before long work, not after it."""
        target = (out or self._path).resolve()
        check_writable(target)
        check_not_open(target)

    def look(self) -> AbstractContextManager[Look]:
        """The workbook as the journal looks at it; closed again afterwards, so that it can be replaced."""
        return look_into(self._path)

    def apply(self, changeset: ChangeSet, snapshot: Snapshot, out: Path | None = None) -> Path:
        """Patch and save, in place or to `out`. All or nothing: WorkbookError leaves every file as it was."""
        target = out or self._path
        if target.suffix.casefold() != self._path.suffix.casefold():
            raise WorkbookError(
                where=str(target), found=f"a name that ends in {target.suffix or 'nothing'}",
                expected=f"a name that ends in {self._path.suffix}, like the workbook", todo="Choose another name for --out.",
            )  # fmt: skip
        editor = WorkbookEditor(self._path)
        write_changes(editor, changeset.changes, snapshot)
        refresh_layout(editor, changeset, snapshot)
        owned = owned_parts_of(editor.package().as_read(), snapshot.draft_tabs)
        if changeset.active_sheet and opens_on(editor, owned):
            editor.set_active_sheet(changeset.active_sheet)
        keep = backups_to_keep(snapshot) if self._keep is None else self._keep
        backups = Backups(target.resolve(), keep, clock().now)
        digest = snapshot.digest or None
        save(editor, target, expected_hash=digest, source=self._path, backups=backups, may_change=owned)
        self.backup = backups.made
        return target


def _raw_table(name: str, info: TableInfo, rows: ColumnRows) -> RawTable:
    filled = (column for column, formula in zip(info.columns, info.formulas, strict=True) if formula)
    return RawTable(
        name, info.sheet, info.columns, rows, info.first_row, frozenset(filled), info.first_col, info.last_data_row
    )


def _draft_tabs(book: BookReader) -> tuple[str, ...]:
    """The visible tabs that look like drafts of ours: by their name and their heading."""
    found = []
    for sheet in book.sheets:
        if sheet.name.startswith(DRAFT_TAB_PREFIX) and sheet.state == "visible":
            first = next(iter(book.rows(sheet.name, 1, 1)), (0, []))[1]
            if DRAFT_HEADINGS & {str(cell) for cell in first}:
                found.append(sheet.name)
    return tuple(found)
