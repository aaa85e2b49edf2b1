"""A saved workbook as the journal looks at it: cells with their formulas."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from recon_xl.contract import table as contract_table
from recon_xl.contract.catalogue import DRAFT_TAB_PREFIX
from recon_xl.contract.layout import DRAFT_HEADINGS
from recon_xl.core.cells import Cell, Formula
from recon_xl.journal.look import Held, TableState, shown_by
from recon_xl.ooxml.address import cell_ref, parse_cell
from recon_xl.ooxml.formulatext import formulas_of
from recon_xl.ooxml.reader import BookReader, open_workbook


@contextmanager
def look_into(path: Path) -> Iterator[FileLook]:
    """Open a workbook to look at, and let go of it, so that it can be replaced."""
    with open_workbook(path) as book:
        yield FileLook(book)


class FileLook:
    """Reads what is asked for, when it is asked for."""

    def __init__(self, book: BookReader) -> None:
        self._book = book
        self._parts = {sheet.name: sheet.part for sheet in book.sheets}
        self._drafts = {
            sheet.name for sheet in book.sheets if sheet.name.startswith(DRAFT_TAB_PREFIX) and sheet.state == "visible"
        }

    def table(self, name: str) -> TableState | None:
        """A contract table with its formulas."""
        wanted = contract_table(name).excel_name.casefold()
        info = next((found for found in self._book.tables.values() if found.name.casefold() == wanted), None)
        if info is None:
            return None
        rows = tuple(self._book.table_rows(info.name))
        hold = self._holder(info.sheet)
        if hold is not None:
            first = info.first_col
            rows = tuple(
                (number, [hold(number, first + place, cell) for place, cell in enumerate(row)])  # type: ignore[misc]
                for number, row in rows
            )
        return TableState(info.sheet, info.columns, rows)

    def cells(self, sheet: str, addresses: Collection[str]) -> Mapping[str, Held]:
        """Single cells with their formulas; nothing where the sheet is not there."""
        if sheet not in self._parts:
            return {}
        grid = self._grid(sheet)
        return {address: grid.get(parse_cell(address) or (0, 0)) for address in addresses}

    def tab(self, name: str) -> Mapping[tuple[int, int], Held] | None:
        """A draft tab that is visible and still looks like one of ours."""
        if name not in self._drafts:
            return None
        grid = self._grid(name)
        headings = {str(cell) for (row, _), cell in grid.items() if row == 1}
        return grid if headings & DRAFT_HEADINGS else None

    def _grid(self, sheet: str) -> dict[tuple[int, int], Held]:
        rows = list(self._book.rows(sheet))
        hold = self._holder(sheet) or (lambda _row, _column, cell: cell)
        cells = ((number, place, cell) for number, row in rows for place, cell in enumerate(row, 1))
        return {(row, column): hold(row, column, cell) for row, column, cell in cells if cell is not None}

    def _holder(self, sheet: str) -> Callable[[int, int, Cell], Held] | None:
        """How a cell becomes what it holds, once the rows of its sheet are read; None where no cell has a formula."""
        if not self._book.formulas.get(sheet):
            return None
        formulas = formulas_of(self._book.read(self._parts[sheet]).decode("utf-8", "replace"))

        def hold(row: int, column: int, cell: Cell) -> Held:
            text = formulas.get(cell_ref(row, column))
            return cell if text is None else Formula(text, shown_by(cell))

        return hold
