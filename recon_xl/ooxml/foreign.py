"""The user's own columns in one of our tables: kept, and moved along with the row that they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import COLUMN_LETTERS, Range, cell_ref, parse_range
from recon_xl.ooxml.cellmove import formula_attributes, formula_text, moved
from recon_xl.ooxml.formulas import fill
from recon_xl.ooxml.sheettext import RawCell
from recon_xl.ooxml.tablerows import TableRows


@dataclass(frozen=True, slots=True)
class _Master:
    row: int
    column: int
    formula: str


class ForeignCells:
    """The cells of the user's columns by row, as they go with the row that they belong to."""

    def __init__(self, cut: TableRows, columns: set[int]) -> None:
        self._cut = cut
        self.columns = columns
        self._masters = _shared_formulas(cut)
        self._rows: dict[int, dict[int, RawCell]] = {}
        table = cut.table
        for number in range(table.first_data_row, table.last_data_row + 1) if columns else ():
            cells = cut.inside(cut.rows.get(number))
            mine = {column: cell for column, cell in cells.items() if column in columns}
            if mine:
                self._rows[number] = mine

    @property
    def numbers(self) -> set[int]:
        """The rows in which a column of the user's has a cell."""
        return set(self._rows)

    def take(self, old: int | None, number: int, styles: dict[int, str]) -> dict[int, str]:
        """Return the user's cells of an old row as XML at its new number; only formatting for a row that is new."""
        cells = self._rows.get(old, {}) if old is not None else {}
        return {
            column: self._moved(column, old or number, cells.get(column), number, styles) for column in self.columns
        }

    def cell(self, old: int, column: int) -> RawCell | None:
        """Return one of the user's cells; None where there is none."""
        return self._rows.get(old, {}).get(column)

    def has_content(self, old: int) -> bool:
        """Return True for a row with what a person wrote; a column that Excel fills by itself is not lost with it."""
        cells = self._rows.get(old, {}).items()
        return any(not cell.is_empty and not self._cut.column_formula(column) for column, cell in cells)

    def move(self, cell: RawCell, old_row: int, number: int) -> str:
        """One cell at a new row, with its formula's references to its own row moved along."""
        kind = formula_attributes(cell)
        is_its_own = kind.get("ref") == cell_ref(old_row, cell.column)
        if kind.get("t") == "dataTable" or (kind.get("t") == "array" and not is_its_own):
            raise _unmovable(self._cut, old_row, cell.column, "an array formula over several cells")
        formula = self._expanded(old_row, cell.column, kind.get("si", "")) if kind.get("t") == "shared" else None
        return moved(cell, old_row, number, formula)

    def is_shared(self, cell: RawCell) -> bool:
        """Return True for a cell whose formula is stored in another cell of the table, or for others."""
        attrs = formula_attributes(cell)
        return attrs.get("t") == "shared" and attrs.get("si") in self._masters

    def _moved(self, column: int, old_row: int, cell: RawCell | None, number: int, styles: dict[int, str]) -> str:
        if cell is not None:
            return self.move(cell, old_row, number)
        return self._cut.fresh(number, column, styles.get(column))

    def _expanded(self, row: int, column: int, group: str) -> str:
        master = self._masters.get(group)
        if master is None:
            raise _unmovable(self._cut, row, column, "a formula shared with cells elsewhere")
        return fill(master.formula, row - master.row, column - master.column)


def _unmovable(cut: TableRows, row: int, column: int, found: str) -> WorkbookError:
    return WorkbookError(
        where=f"{cut.sheet.where} > {cell_ref(row, column)}",
        found=found,
        expected="an ordinary formula, because the rows of this table move",
        todo=f"Type the formula anew into the first cell of column {COLUMN_LETTERS[column]} and fill it down.",
    )


def _shared_formulas(cut: TableRows) -> dict[str, _Master]:
    """Return the groups of shared formulas in the data rows of the table, by group id; none may reach beyond them."""
    table = cut.table
    area = Range(table.first_data_row, table.first_col, table.last_data_row, table.last_col)
    masters = {}
    for row in cut.rows.values():
        for cell in cut.inside(row).values() if 't="shared"' in row.inner else ():
            attrs, formula = formula_attributes(cell), formula_text(cell)
            if attrs.get("t") != "shared" or not formula:
                continue
            group_area = parse_range(attrs.get("ref", ""))
            if group_area is None or not area.contains(group_area):
                raise _unmovable(cut, row.number, cell.column, "a formula shared with cells outside the table")
            masters[attrs.get("si", "")] = _Master(row.number, cell.column, formula)
    return masters
