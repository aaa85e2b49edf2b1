"""One sheet: its cells and everything that hangs on them, and what happens when cells are inserted or deleted."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from excel.areas import Area, Shift, area_of
from excel.grid import Grid, moved_row
from excel.references import after_shift, quoted
from excel.table import Table, fill_calculated
from excel.values import ExcelError, Formula

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from excel.workbook_model import Book

VISIBLE, HIDDEN, VERY_HIDDEN = "visible", "hidden", "veryHidden"
DEFAULT_HEIGHT = 15.0
HOME = Area(1, 1, 1, 1)


@dataclass(slots=True)
class Ruled:
    """A conditional format or a validation: where it holds, and the parts of the file that say what."""

    areas: list[Area]
    parts: list[Any]

    def formulas(self, change: Any) -> None:
        """Change every formula of the parts."""
        for part in self.parts:
            if hasattr(part, "formula1"):
                part.formula1, part.formula2 = (text and change(text) for text in (part.formula1, part.formula2))
            else:
                part.formula = [change(text) for text in part.formula]


@dataclass(slots=True)
class Mark:
    """A hyperlink or a note on a cell."""

    area: Area
    part: Any


@dataclass(slots=True)
class RowLook:
    """What a whole row looks like; a height of None fits itself."""

    height: float | None = None
    hidden: bool = False
    outline: int = 0


@dataclass(slots=True)
class Sheet:
    """One sheet; `carrier` holds what the model does not look at, such as the page set-up and charts."""

    book: Book
    name: str
    carrier: Worksheet
    visible: str = VISIBLE
    grid: Grid = field(default_factory=Grid)
    tables: list[Table] = field(default_factory=list)
    rows: dict[int, RowLook] = field(default_factory=dict)
    rules: list[Ruled] = field(default_factory=list)
    validations: list[Ruled] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    selection: Area = HOME
    protected: bool = False

    def formulas(self) -> Iterator[Formula]:
        """Every formula of a cell."""
        for cells in self.grid.columns.values():
            if Formula in map(type, cells.contents):
                yield from (content for content in cells.contents if type(content) is Formula)

    def table(self, name: str) -> Table:
        """A table by its name."""
        for table in self.tables:
            if table.name.casefold() == name.casefold():
                return table
        raise ExcelError(f"no table {name} on {self.name}")

    def table_at(self, area: Area) -> Table | None:
        """The table that the first cell of an area belongs to."""
        first = Area(area.top, area.left, area.top, area.left)
        return next((table for table in self.tables if table.area.contains(first)), None)

    def insert(self, area: Area) -> None:
        """Insert empty cells; those below go down. The new ones look like the row above."""
        self.check_open()
        shift = Shift(area.top, area.left, area.right, area.height)
        for table in self.tables:
            table.check_shift(shift)
        self.grid.check_room(shift)
        grown = [
            table for table in self.tables if table.area.top < area.top <= table.area.bottom and shift.spans(table.area)
        ]
        self.shift(shift)
        for table in grown:
            table.blank = False
            fill_calculated(self, table, area.top, area.bottom)

    def delete(self, area: Area) -> None:
        """Delete cells; those below come up. A table keeps one empty row."""
        self.check_open()
        shift = Shift(area.top, area.left, area.right, -area.height)
        for table in self.tables:
            table.check_shift(shift)
        for table in self.tables:
            if area.contains(table.rows) and not area.contains(table.area):
                return self._empty(table, area)
        return self.shift(shift)

    def _empty(self, table: Table, area: Area) -> None:
        """All rows of a table go: the first stays, blank."""
        first = Area(area.top, area.left, area.top, area.right)
        if area.height > 1:
            self.shift(Shift(area.top + 1, area.left, area.right, 1 - area.height))
        for number, cells in self.grid.columns.items():
            if first.left <= number <= first.right and len(cells.contents) >= first.top:
                cells.contents[first.top - 1] = None
        table.blank = True

    def check_open(self) -> None:
        """Nothing changes on a protected sheet."""
        if self.protected:
            raise ExcelError("The cell or chart you're trying to change is on a protected sheet.")

    def shift(self, shift: Shift) -> None:
        """Move cells and all that hangs on them; a conditional format grows with what is inserted right below it."""
        self.grid.shift(shift)
        self.book.shift_references(self, shift)
        for table in list(self.tables):
            moved = shift.moved(table.area)
            if moved is None:
                self.tables.remove(table)
            else:
                table.area = moved
        for ruled in self.rules:
            ruled.areas = [piece for area in ruled.areas for piece in shift.pieces(area, sticky=True)]
        for ruled in self.validations:
            ruled.areas = [piece for area in ruled.areas for piece in shift.pieces(area)]
        self.rules = [ruled for ruled in self.rules if ruled.areas]
        self.validations = [ruled for ruled in self.validations if ruled.areas]
        self.marks = [Mark(moved, mark.part) for mark in self.marks if (moved := shift.moved(mark.area))]
        self.merged = [moved for area in self.merged if (moved := shift.moved(area))]
        if shift.whole_rows:
            self._shift_rows(shift)

    def _shift_rows(self, shift: Shift) -> None:
        above = self.rows.get(shift.top - 1)
        self.rows = {row: look for old, look in self.rows.items() if (row := moved_row(old, shift)) is not None}
        if above and shift.rows > 0:
            self.rows |= {row: copy(above) for row in range(shift.top, shift.top + shift.rows)}

    def shift_formulas(self, shift: Shift, other: Sheet) -> None:
        """Follow what moved on the other sheet."""
        for formula in self.formulas():
            formula.text = after_shift(formula.text, shift, other.name, self.name)
        self.change_parts(lambda text: after_shift(text, shift, other.name, self.name))

    def change_parts(self, change: Any) -> None:
        """Change the formulas of formats, validations and names."""
        for ruled in (*self.rules, *self.validations):
            ruled.formulas(change)
        self.names = {name: change(text) for name, text in self.names.items()}

    def look(self, area: Area, **setting: Any) -> None:
        """Set the height of rows, or hide them."""
        self.check_open()
        for row in range(area.top, area.bottom + 1):
            self.rows[row] = replace(self.rows.get(row, RowLook()), **setting)

    def height(self, row: int) -> float:
        """A row's height in points."""
        look = self.rows.get(row)
        own = look.height if look else None
        return own if own is not None else float(self.carrier.sheet_format.defaultRowHeight or DEFAULT_HEIGHT)

    @property
    def print_area(self) -> str:
        """The print area as an address; empty where the whole sheet is printed."""
        return self.names.get("Print_Area", "").rpartition("!")[2]

    @print_area.setter
    def print_area(self, address: str) -> None:
        if address:
            self.names["Print_Area"] = f"{quoted(self.name)}!{area_of(address).address}"
        else:
            self.names.pop("Print_Area", None)
