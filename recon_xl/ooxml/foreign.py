"""The user's own columns in one of our tables: kept, and moved along with the row that they belong to."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from decimal import Decimal

from recon_xl.core.cells import Cell, NumberText, Value
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import COLUMN_LETTERS, Range, cell_ref, parse_range
from recon_xl.ooxml.cellmove import formula_attributes, formula_text, moved
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.cellxml import number_text
from recon_xl.ooxml.formulas import fill
from recon_xl.ooxml.sheettext import RawCell
from recon_xl.ooxml.tablerows import TableRows


def key_text(value: Value | Cell) -> str:
    """One text for equal keys, however they are stored: `7`, `7.0` and the text `7` are the same key."""
    if value is None:
        return ""
    if isinstance(value, NumberText):
        value = Decimal(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number_text(Decimal(value).normalize())
    return str(value)


@dataclass(frozen=True, slots=True)
class _Master:
    row: int
    column: int
    formula: str


class ForeignCells:
    """The cells of the user's columns by row, taken once each; `orphans` tells what nobody took."""

    def __init__(self, cut: TableRows, columns: set[int], key_column: int | None, reader: CellReader) -> None:
        self._cut = cut
        self.columns = columns
        self._masters = _shared_formulas(cut)
        self._rows: defaultdict[str, deque[tuple[int, dict[int, RawCell]]]] = defaultdict(deque)
        table = cut.table
        for number in range(table.first_data_row, table.last_data_row + 1) if columns else ():
            cells = cut.inside(cut.rows.get(number))
            mine = {column: cell for column, cell in cells.items() if column in columns}
            if mine:
                self._rows[self._key(number, key_column, cells, reader)].append((number, mine))

    def take(self, key: str, number: int, styles: dict[int, str]) -> dict[int, str]:
        """Return the user's cells for the row of that key as XML at its new number; only formatting when it is new."""
        waiting = self._rows.get(key)
        old_row, cells = waiting.popleft() if waiting else (number, {})
        return {column: self._moved(column, old_row, cells.get(column), number, styles) for column in self.columns}

    def orphans(self) -> list[str]:
        """Return the keys of rows that are gone although the user had written something beside them."""
        return [key for key, rows in self._rows.items() for _number, cells in rows if self._has_content(cells)]

    def move(self, cell: RawCell, old_row: int, number: int) -> str:
        """One cell at a new row, with its formula's references to its own row moved along."""
        kind = formula_attributes(cell)
        if kind.get("t") in {"array", "dataTable"}:
            raise _unmovable(self._cut, old_row, cell.column, "an array formula")
        formula = self._expanded(old_row, cell.column, kind.get("si", "")) if kind.get("t") == "shared" else None
        return moved(cell, old_row, number, formula)

    def is_shared(self, cell: RawCell) -> bool:
        """Return True for a cell whose formula is stored in another cell of the table, or for others."""
        attrs = formula_attributes(cell)
        return attrs.get("t") == "shared" and attrs.get("si") in self._masters

    def _key(self, number: int, key_column: int | None, cells: dict[int, RawCell], reader: CellReader) -> str:
        if key_column is None:
            return str(number)
        cell = cells.get(key_column)
        return key_text(reader.row(number, cell.xml(number))[-1]) if cell else ""

    def _moved(self, column: int, old_row: int, cell: RawCell | None, number: int, styles: dict[int, str]) -> str:
        if cell is not None:
            return self.move(cell, old_row, number)
        return self._cut.fresh(number, column, styles.get(column))

    def _has_content(self, cells: dict[int, RawCell]) -> bool:
        """Return True for what a person wrote; a column that Excel fills by itself is not lost with its row."""
        return any(not cell.is_empty and not self._cut.column_formula(column) for column, cell in cells.items())

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
