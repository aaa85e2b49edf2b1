"""The changes of a ChangeSet, written into a saved workbook that is being edited."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from recon_xl.contract import Owner
from recon_xl.contract import table as contract_table
from recon_xl.contract.catalogue import TEMPLATE_SHEET
from recon_xl.contract.layout import DRAFT, VOID
from recon_xl.core.changeset import Change, DraftTab, EditRows, RemoveTab, ReplaceRows, SetCells
from recon_xl.core.errors import WorkbookError
from recon_xl.core.snapshot import Snapshot
from recon_xl.hosts.heights import draft_row_height, note_heights
from recon_xl.hosts.layoutsheet import excel_name
from recon_xl.hosts.stored import stored
from recon_xl.ooxml.castrows import ClonedRow
from recon_xl.ooxml.clone import ClonedSheet
from recon_xl.ooxml.editor import WorkbookEditor


def write_changes(editor: WorkbookEditor, changes: Sequence[Change], snapshot: Snapshot) -> None:
    """All of them, sheet by sheet. WorkbookError where one cannot be written."""
    for _kind, alike in groupby(_sheet_by_sheet(changes, snapshot), type):
        _apply(editor, list(alike), snapshot)


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
                excel_name(editor, declared),
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
        excel_name(editor, declared),
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
