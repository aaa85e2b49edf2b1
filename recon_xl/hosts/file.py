"""Saved workbooks: one bulk read, one bulk patch, one atomic replace. What we do not own stays byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from pathlib import Path

from recon_xl.contract import EVERY_TABLE, Owner, Table
from recon_xl.contract import table as contract_table
from recon_xl.contract.catalogue import DRAFT_TAB_PREFIX, TEMPLATE_SHEET
from recon_xl.contract.layout import DRAFT, DRAFT_HEADINGS, VOID
from recon_xl.contract.places import (
    FIRST_PLACE_ROW,
    LAYOUT_SHEET,
    SHEET_COUNT_CELL,
    SHEET_COUNT_FORMULA,
    place_formulas,
)
from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import Change, ChangeSet, DraftTab, EditRows, RemoveTab, ReplaceRows, SetCells
from recon_xl.core.errors import WorkbookError
from recon_xl.core.rows import ColumnRows
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.hosts.clock import clock
from recon_xl.hosts.earlier import backups_to_keep
from recon_xl.hosts.heights import draft_row_height, note_heights
from recon_xl.hosts.look import look_into
from recon_xl.hosts.marks import users_marks, written_marks
from recon_xl.hosts.owned import opens_on, owned_parts_of
from recon_xl.hosts.stored import stored
from recon_xl.journal.look import Look
from recon_xl.ooxml.backups import Backups
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.castrows import ClonedRow
from recon_xl.ooxml.clone import ClonedSheet
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
        for _kind, changes in groupby(_sheet_by_sheet(changeset.changes, snapshot), type):
            _apply(editor, list(changes), snapshot)
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


def _sheet_by_sheet(changes: Sequence[Change], snapshot: Snapshot) -> list[Change]:
    """The same changes with those of one sheet together, so that no sheet is taken up twice; drafts come as they came.

    Values of formulas above a table come first, while the sheet is still small.
    """
    order: dict[str, int] = {}

    def place(change: Change) -> tuple[int, bool]:
        if isinstance(change, EditRows | ReplaceRows):
            return order.setdefault(snapshot.tables[change.table].sheet, len(order)), True
        if isinstance(change, SetCells) and change.sheet != TEMPLATE_SHEET:
            return order.setdefault(change.sheet, len(order)), not change.is_cached_only
        return len(changes), True

    return sorted(changes, key=place)


def refresh_layout(editor: WorkbookEditor, changeset: ChangeSet, snapshot: Snapshot) -> None:
    """The Layout sheet's formulas keep the values that Excel will give them."""
    if LAYOUT_SHEET not in {sheet.name for sheet in editor.sheets}:
        return
    cells: dict[str, Value] = {SHEET_COUNT_CELL: Formula(SHEET_COUNT_FORMULA, editor.sheet_count)}
    for row, declared in enumerate(EVERY_TABLE, FIRST_PLACE_ROW):
        info = editor.tables.get(_excel_name(editor, declared))
        if info is not None:
            rows = info.last_data_row - info.first_row
            filled = rows > 1 or _is_filled(declared.name, changeset, snapshot)
            figures = (info.first_row, info.first_col, len(info.columns), rows, info.totals_row_count, filled)
            # The anchor in column H is a reference that only Excel moves along: it is never written anew.
            formulas = zip("BCDEFG", place_formulas(declared)[:6], figures, strict=True)
            cells |= {f"{letter}{row}": Formula(text, figure) for letter, text, figure in formulas}
    cells |= written_marks(changeset, date1904=snapshot.date1904)
    editor.set_cells(LAYOUT_SHEET, cells)


def _is_filled(name: str, changeset: ChangeSet, snapshot: Snapshot) -> bool:
    """Whether a table's only row holds something after the changes."""
    filled = name in snapshot.tables and bool(snapshot.tables[name].rows)
    for change in changeset.changes:
        if isinstance(change, ReplaceRows) and change.table == name:
            filled = bool(change.rows)
        elif isinstance(change, EditRows) and change.table == name:
            filled = bool(change.append or change.update) or (filled and not change.delete)
    return filled


def _raw_table(name: str, info: TableInfo, rows: ColumnRows) -> RawTable:
    filled = (column for column, formula in zip(info.columns, info.formulas, strict=True) if formula)
    return RawTable(
        name, info.sheet, info.columns, rows, info.first_row, frozenset(filled), info.first_col, info.last_data_row
    )


def _excel_name(editor: WorkbookEditor, declared: Table) -> str:
    """The table's name as this workbook spells it."""
    wanted = declared.excel_name.casefold()
    return next((name for name in editor.tables if name.casefold() == wanted), declared.excel_name)


def _draft_tabs(book: BookReader) -> tuple[str, ...]:
    """The visible tabs that look like drafts of ours: by their name and their heading."""
    found = []
    for sheet in book.sheets:
        if sheet.name.startswith(DRAFT_TAB_PREFIX) and sheet.state == "visible":
            first = next(iter(book.rows(sheet.name, 1, 1)), (0, []))[1]
            if DRAFT_HEADINGS & {str(cell) for cell in first}:
                found.append(sheet.name)
    return tuple(found)


def _apply(editor: WorkbookEditor, changes: Sequence[Change], snapshot: Snapshot) -> None:
    """Changes of one kind: draft tabs are cast together."""
    if tabs := [change for change in changes if isinstance(change, DraftTab)]:
        _clone(editor, tabs)
    for change in changes:
        _apply_one(editor, change, snapshot)


def _apply_one(editor: WorkbookEditor, change: Change, snapshot: Snapshot) -> None:
    match change:
        case ReplaceRows():
            declared = contract_table(change.table)
            rows = stored(declared, change.columns, change.rows)
            lost = editor.replace_rows(
                _excel_name(editor, declared),
                change.columns,
                rows,
                key=change.key_columns,
                totals=change.totals,
                heights=note_heights(declared, change.columns, rows),
                kept=change.kept,
                theirs={one.name for one in declared.columns if one.owner is Owner.USER},
                hidden=change.hidden,
                is_as_it_stood=change.is_as_it_stood,
            )
            if lost:
                raise _would_be_lost(snapshot.tables[change.table].sheet, lost)
        case EditRows():
            _edit(editor, change, snapshot)
        case SetCells():
            editor.set_cells(change.sheet, change.cells)
        case RemoveTab():
            _remove(editor, change)


def _would_be_lost(sheet: str, keys: Sequence[str]) -> WorkbookError:
    """The last resort: a command kept no row for something of the user's."""
    return WorkbookError(
        where=sheet, found=f"notes of yours on rows that are no result any more: {', '.join(keys[:5])}",
        expected="a row for each of them", todo="Copy these notes to a sheet of your own, clear them here, and run again.",
    )  # fmt: skip


def _edit(editor: WorkbookEditor, change: EditRows, snapshot: Snapshot) -> None:
    declared = contract_table(change.table)
    headers = _headers(snapshot, change.table)
    columns = [headers.get(name, name) for name in change.columns]
    rows = stored(declared, change.columns, change.append)
    editor.edit_rows(
        _excel_name(editor, declared),
        columns=columns,
        append=rows,
        update={
            row: dict(
                zip(
                    (headers.get(name, name) for name in cells),
                    stored(declared, list(cells), [list(cells.values())])[0],
                    strict=True,
                )
            )
            for row, cells in change.update.items()
        },
        delete=change.delete,
        owned={headers.get(name, name) for name in declared.column_names},
    )


def _headers(snapshot: Snapshot, table: str) -> dict[str, str]:
    """Contract column -> the header as this workbook writes it."""
    found = snapshot.tables[table].columns
    return {name: found[place] for name, place in contract_table(table).match_headers(list(found)).items()}


def _clone(editor: WorkbookEditor, tabs: Sequence[DraftTab]) -> None:
    editor.clone_sheets(
        TEMPLATE_SHEET,
        [ClonedSheet(tab.name, tab.cells, _cloned_rows(tab), _print_area(len(tab.rows))) for tab in tabs],
        first_row=DRAFT.first_row,
        print_title_rows=f"{DRAFT.header_row}:{DRAFT.header_row}",
    )


def _cloned_rows(tab: DraftTab) -> list[ClonedRow]:
    return [ClonedRow(row.prototype, row.values, draft_row_height(row)) for row in tab.rows]


def _print_area(rows: int) -> str:
    return DRAFT.print_area(DRAFT.first_row + rows - 1).replace("$", "")


def _remove(editor: WorkbookEditor, tab: RemoveTab) -> None:
    """A tab that the user's own formulas point at stays, marked void: nothing of theirs may break."""
    try:
        editor.remove_sheet(tab.name)
    except WorkbookError:
        cells = {DRAFT.heading: VOID, DRAFT.status: "Void", DRAFT.hold_reason: "Not a draft of the last run."}
        editor.clone_sheets(TEMPLATE_SHEET, [ClonedSheet(tab.name, cells)], first_row=DRAFT.first_row)
