"""A table of a sheet (ListObject): where it stands and what its rows are."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as TablePart
from openpyxl.worksheet.table import TableColumn

from excel.areas import Area, Shift
from excel.values import ExcelError

if TYPE_CHECKING:
    from excel.sheet import Sheet


@dataclass(slots=True)
class Table:
    """A table; `part` carries what the model does not look at, such as its style."""

    name: str
    area: Area
    part: TablePart
    totals: bool = False
    blank: bool = False
    """Whether all rows were deleted: one empty row for the next input stays, and the table has no data body."""

    @property
    def header(self) -> Area:
        """The header row."""
        return Area(self.area.top, self.area.left, self.area.top, self.area.right)

    @property
    def totals_row(self) -> Area | None:
        """The totals row."""
        return Area(self.area.bottom, self.area.left, self.area.bottom, self.area.right) if self.totals else None

    @property
    def rows(self) -> Area:
        """The rows between header and totals."""
        return Area(self.area.top + 1, self.area.left, self.area.bottom - self.totals, self.area.right)

    @property
    def body(self) -> Area | None:
        """The data rows; None of a table whose rows were all deleted."""
        return None if self.blank else self.rows

    def check_shift(self, shift: Shift) -> None:
        """Excel never tears a table apart."""
        touched = shift.left <= self.area.right and self.area.left <= shift.right
        if not touched or self.area.bottom < shift.top:
            return
        if not shift.spans(self.area):
            raise ExcelError(
                "This operation is not allowed. The operation is attempting to shift cells in a table on your worksheet."
            )
        last = shift.top - shift.rows - 1
        whole = shift.rows < 0 and shift.top <= self.area.top and last >= self.area.bottom
        if shift.rows > 0 or whole:
            return
        if shift.top <= self.area.top <= last:
            raise ExcelError("This operation is not allowed. The header row of a table can't be deleted.")
        if self.totals and shift.top <= self.area.bottom <= last:
            raise ExcelError("This operation is not allowed. The totals row of a table can't be deleted.")

    def show_autofilter(self, *, shown: bool) -> None:
        """Show or hide the filter buttons."""
        self.part.autoFilter = AutoFilter(ref=self.area.plain) if shown else None

    def calculated(self) -> dict[int, str]:
        """Column number -> the formula that fills it."""
        parts = enumerate(self.part.tableColumns, start=self.area.left)
        return {n: f"={c.calculatedColumnFormula.attr_text}" for n, c in parts if c.calculatedColumnFormula}

    def copied(self, name: str, number: int) -> Table:
        """The same table under another name, as on a copied sheet."""
        part = deepcopy(self.part)
        part.name = part.displayName = name
        part.id = number
        return Table(name, self.area, part, self.totals, self.blank)

    def written(self, headers: list[str]) -> TablePart:
        """The part as it goes into a file."""
        part = deepcopy(self.part)
        part.name = part.displayName = self.name
        part.ref = self.area.plain
        part.totalsRowCount = 1 if self.totals else None
        part.insertRow = True if self.blank else None
        if part.autoFilter is not None:
            bottom = self.area.bottom - self.totals
            part.autoFilter.ref = Area(self.area.top, self.area.left, bottom, self.area.right).plain
        known = {column.name: column for column in part.tableColumns}
        part.tableColumns = [_column(known.get(name), n, name) for n, name in enumerate(headers, start=1)]
        return part


def fill_calculated(sheet: Sheet, table: Table, top: int, bottom: int) -> None:
    """Calculated columns fill new rows by themselves."""
    for number, text in table.calculated().items():
        for row in range(top, bottom + 1):
            if sheet.grid.content(row, number) is None:
                sheet.grid.put(row, number, sheet.book.formula(sheet, text))


def _column(known: TableColumn | None, number: int, name: str) -> TableColumn:
    column = known or TableColumn(id=number, name=name)
    column.id = number
    return column
