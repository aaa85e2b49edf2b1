"""The open workbook as the journal looks at it: cells with their formulas."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from recon_xl.contract import table as contract_table
from recon_xl.contract.layout import DRAFT_HEADINGS
from recon_xl.core.cells import Formula
from recon_xl.core.errors import WorkbookError
from recon_xl.hosts.live.port import Block, area, as_block
from recon_xl.hosts.live.reading import Reading
from recon_xl.journal.look import Held, TableState, shown_by
from recon_xl.ooxml.address import parse_cell


class LiveLook:
    """Asks Excel for values and formulas, a block each; what a table held when it was read is not asked again."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def table(self, name: str) -> TableState | None:
        """A contract table with its formulas."""
        place = self._reading.places.tables.get(name)
        if place is None:
            return None
        if self._reading.is_untouched(name):
            return TableState(place.sheet, contract_table(name).column_names, ())
        seen = self._reading.table(name)
        formulas = self._reading.formulas(name)
        rows = [
            (number, [self._held(value, formula) for value, formula in zip(values, texts, strict=True)])
            for number, (values, texts) in enumerate(zip(seen.rows, formulas, strict=True), place.first_data_row)
        ]
        return TableState(place.sheet, seen.headers, [row for row in rows if any(cell is not None for cell in row[1])])

    def cells(self, sheet: str, addresses: Collection[str]) -> Mapping[str, Held]:
        """Single cells, all in one block."""
        places = {address: parse_cell(address) or (1, 1) for address in addresses}
        if not places:
            return {}
        top, left = (min(place[axis] for place in places.values()) for axis in (0, 1))
        bottom, right = (max(place[axis] for place in places.values()) for axis in (0, 1))
        whole = area(top, left, bottom, right)
        port = self._reading.port
        values, formulas = port.values(sheet, whole), port.formulas(sheet, whole)
        return {
            address: self._held(values[row - top][column - left], formulas[row - top][column - left])
            for address, (row, column) in places.items()
        }

    def tab(self, name: str) -> Mapping[tuple[int, int], Held] | None:
        """A draft tab that still looks like one of ours."""
        names = self._reading.sheet_names
        if names and name not in names:
            return None
        block = self._reading.tabs.get(name) or self._tab(name)
        if not block or not DRAFT_HEADINGS & {str(value) for value in block[0]}:
            return None
        port = self._reading.port
        values = port.values(name, area(1, 1, len(block), max(len(block[0]), 2)))
        found: dict[tuple[int, int], Held] = {}
        for row, (shown, texts) in enumerate(zip(values, block, strict=False), 1):
            for column, (value, text) in enumerate(zip(shown, texts, strict=False), 1):
                cell = self._held(value, text)
                if cell is not None:
                    found[row, column] = cell
        return found

    def _tab(self, name: str) -> Block | None:
        try:
            sheet = self._reading.port.sheet(name)
            return as_block(self._reading.port.patiently(lambda: sheet.used_range.formula))
        except WorkbookError:
            return None

    def _held(self, value: object, formula: object) -> Held:
        cell = self._reading.cell(value)
        if isinstance(formula, str) and formula.startswith("=") and formula != value:
            return Formula(formula[1:], shown_by(cell))
        return None if cell == "" else cell
