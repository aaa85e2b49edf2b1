"""The hidden Layout sheet after an upgrade: where every table stands now."""

from __future__ import annotations

from recon_xl.contract import EVERY_TABLE, Table
from recon_xl.contract.places import (
    DATE1904_CELL,
    DATE1904_FORMULA,
    FIRST_PLACE_ROW,
    LAYOUT_SHEET,
    SHEET_COUNT_CELL,
    SHEET_COUNT_FORMULA,
    place_formulas,
)
from recon_xl.core.cells import Formula, Value
from recon_xl.ooxml.address import COLUMN_LETTERS
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.editor import WorkbookEditor
from recon_xl.ooxml.sheetnames import quoted


def fill_layout(editor: WorkbookEditor, *, date1904: bool) -> None:
    """Formulas with the values that Excel will give them, and anchors that name the tabs as they are called."""
    cells: dict[str, Value] = {
        SHEET_COUNT_CELL: Formula(SHEET_COUNT_FORMULA, editor.sheet_count),
        DATE1904_CELL: Formula(DATE1904_FORMULA, date1904),
    }
    tables = {name.casefold(): info for name, info in editor.tables.items()}
    for row, declared in enumerate(EVERY_TABLE, FIRST_PLACE_ROW):
        formulas = _formulas(declared, tables[declared.excel_name.casefold()])
        cells |= {f"{letter}{row}": formula for letter, formula in zip("BCDEFGHI", formulas, strict=True)}
    editor.set_cells(LAYOUT_SHEET, cells)


def _formulas(declared: Table, info: TableInfo) -> list[Formula]:
    rows = info.last_data_row - info.first_row
    first = info.first_col + declared.match_headers(list(info.columns))[declared.column_names[0]]
    texts = list(place_formulas(declared))
    texts[6] = f"{quoted(info.sheet)}!${COLUMN_LETTERS[first]}${info.first_row}"
    is_as_made = info.columns == declared.column_names
    sizes: tuple[Value, ...] = (info.first_row, info.first_col, len(info.columns), rows, info.totals_row_count)
    figures = (*sizes, rows > 1, declared.column_names[0], is_as_made)
    return [Formula(text, figure) for text, figure in zip(texts, figures, strict=True)]
