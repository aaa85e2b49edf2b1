"""The hidden sheet Layout of a saved workbook: where each table stands, and the marks of what was written."""

from __future__ import annotations

from recon_xl.contract import EVERY_TABLE, Table
from recon_xl.contract.places import (
    FIRST_PLACE_ROW,
    LAYOUT_SHEET,
    SHEET_COUNT_CELL,
    SHEET_COUNT_FORMULA,
    place_formulas,
)
from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import ChangeSet, EditRows, ReplaceRows
from recon_xl.core.snapshot import Snapshot
from recon_xl.hosts.marks import written_marks
from recon_xl.ooxml.editor import WorkbookEditor


def refresh_layout(editor: WorkbookEditor, changeset: ChangeSet, snapshot: Snapshot) -> None:
    """The Layout sheet's formulas keep the values that Excel will give them."""
    if LAYOUT_SHEET not in {sheet.name for sheet in editor.sheets}:
        return
    cells: dict[str, Value] = {SHEET_COUNT_CELL: Formula(SHEET_COUNT_FORMULA, editor.sheet_count)}
    for row, declared in enumerate(EVERY_TABLE, FIRST_PLACE_ROW):
        info = editor.tables.get(excel_name(editor, declared))
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


def excel_name(editor: WorkbookEditor, declared: Table) -> str:
    """The table's name as this workbook spells it."""
    wanted = declared.excel_name.casefold()
    return next((name for name in editor.tables if name.casefold() == wanted), declared.excel_name)
