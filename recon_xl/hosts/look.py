"""A saved workbook as the journal looks at it: cells with their formulas."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from recon_xl.contract import Group
from recon_xl.contract import table as contract_table
from recon_xl.contract.catalogue import DRAFT_TAB_PREFIX
from recon_xl.contract.layout import DRAFT_HEADINGS
from recon_xl.core.cells import Formula
from recon_xl.journal.look import Held, TableState, shown_by
from recon_xl.ooxml.address import parse_cell
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.formulatext import formulas_of
from recon_xl.ooxml.rawxml import NotPlainError
from recon_xl.ooxml.reader import BookReader, open_workbook
from recon_xl.ooxml.tableview import hidden_rows, view_text


@contextmanager
def look_into(path: Path) -> Iterator[FileLook]:
    """Open a workbook to look at, and let go of it, so that it can be replaced."""
    with open_workbook(path) as book:
        yield FileLook(book)


Rows = tuple[tuple[int, list[Held]], ...]
_RESULTS = frozenset({Group.RESULT, Group.DRAFT})
"""Tables full of formulas: links to what they speak of."""


class FileLook:
    """Reads what is asked for, when it is asked for."""

    def __init__(self, book: BookReader) -> None:
        self._book = book
        self._parts = {sheet.name: sheet.part for sheet in book.sheets}

    def table(self, name: str) -> TableState | None:
        """A contract table with its formulas."""
        wanted = contract_table(name).excel_name.casefold()
        info = next((found for found in self._book.tables.values() if found.name.casefold() == wanted), None)
        if info is None:
            return None
        if contract_table(name).group in _RESULTS:
            with suppress(NotPlainError):
                return self._with_view(info, tuple(_within(info, self._held(info.sheet))))
        rows: Rows = tuple(self._book.table_rows(info.name))  # type: ignore[arg-type]
        self._put_formulas(info.sheet, dict(rows), info.first_col)
        return self._with_view(info, rows)

    def _with_view(self, info: TableInfo, rows: Rows) -> TableState:
        view = view_text(self._book.read(info.part))
        hidden = hidden_rows(self._book.read(self._parts[info.sheet])) if rows else frozenset()
        return TableState(info.sheet, info.columns, rows, view, hidden)

    def cells(self, sheet: str, addresses: Collection[str]) -> Mapping[str, Held]:
        """Single cells with their formulas; nothing where the sheet is not there."""
        if sheet not in self._parts:
            return {}
        grid = self._grid(sheet)
        return {address: grid.get(parse_cell(address) or (0, 0)) for address in addresses}

    def tab(self, name: str) -> Mapping[tuple[int, int], Held] | None:
        """A draft tab that still looks like one of ours, hidden or not."""
        if name not in self._parts or not name.startswith(DRAFT_TAB_PREFIX):
            return None
        grid = self._grid(name)
        headings = {str(cell) for (row, _), cell in grid.items() if row == 1}
        return grid if headings & DRAFT_HEADINGS else None

    def _grid(self, sheet: str) -> dict[tuple[int, int], Held]:
        try:
            return {(number, column): cell for number, row in self._held(sheet) for column, cell in row.items()}
        except NotPlainError:
            return self._grid_by_rows(sheet)

    def _held(self, sheet: str) -> Iterator[tuple[int, dict[int, Held]]]:
        """The rows of a sheet from one reading, formulas in the place of what they show; NotPlainError where that cannot tell."""
        for number, row in self._book.held_rows(sheet):
            yield (
                number,
                {column: Formula(text, shown_by(cell)) if text else cell for column, (cell, text) in row.items()},
            )

    def _grid_by_rows(self, sheet: str) -> dict[tuple[int, int], Held]:
        rows: dict[int, list[Held]] = dict(self._book.rows(sheet))  # type: ignore[arg-type]
        self._put_formulas(sheet, rows, 1)
        cells = ((number, place, cell) for number, row in rows.items() for place, cell in enumerate(row, 1))
        return {(row, column): cell for row, column, cell in cells if cell is not None}

    def _put_formulas(self, sheet: str, rows: Mapping[int, list[Held]], first_column: int) -> None:
        """Formulas in the place of what they show; the rows of the sheet have just been read."""
        if not self._book.formulas.get(sheet):
            return
        for address, text in formulas_of(self._book.read(self._parts[sheet]).decode("utf-8", "replace")).items():
            number, column = parse_cell(address) or (0, 0)
            row, place = rows.get(number, ()), column - first_column
            if 0 <= place < len(row):
                row[place] = Formula(text, shown_by(row[place]))  # type: ignore[index,arg-type]


def _within(info: TableInfo, rows: Iterable[tuple[int, Mapping[int, Held]]]) -> Iterator[tuple[int, list[Held]]]:
    """The rows of a table that hold something, one cell a column."""
    columns = range(info.first_col, info.first_col + len(info.columns))
    for number, row in rows:
        if info.first_data_row <= number <= info.last_data_row:
            cells = list(map(row.get, columns))
            if any(cell is not None for cell in cells):
                yield number, cells
