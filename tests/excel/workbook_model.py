"""A little Excel: an application with workbooks, and what happens to a workbook as a whole.

It knows nothing of the project that it tests: only cells, tables, names and sheets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel.application import App
from excel.areas import Area, Shift, parse_area
from excel.evaluator import result
from excel.references import after_removal, after_rename, after_shift
from excel.sheet import VISIBLE, Sheet
from excel.styles import Styles
from excel.table import Table
from excel.values import ErrorValue, ExcelError, Formula, Plain

_ILLEGAL = frozenset("\\/?*[]:")


@dataclass(slots=True)
class Book:
    """One open workbook; `carrier` holds what the model does not look at, such as the style table."""

    app: App
    path: Path
    carrier: Workbook
    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    active: Sheet = field(init=False)
    styles: Styles = field(init=False)
    results: dict[str, Plain] = field(default_factory=dict)
    """Formula -> what it shows; for formulas that the model can't work out, given by a test."""
    protected: bool = False
    """Whether sheets can't be added, deleted, renamed, hidden or shown."""

    def __post_init__(self) -> None:
        self.styles = Styles(self.carrier)
        self.app.books.append(self)
        self.app.active = self

    @property
    def date_offset(self) -> int:
        """How many days the serial numbers lag behind, in the 1904 date system."""
        return 1462 if self.carrier.epoch == MAC_EPOCH else 0

    def check_open(self) -> None:
        """Sheets stay as they are in a protected workbook."""
        if self.protected:
            raise ExcelError("Workbook is protected and cannot be changed.")

    def find(self, name: str) -> Sheet | None:
        """A sheet by its name, in any case."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)

    def sheet(self, name: str) -> Sheet:
        """A sheet that must be there."""
        found = self.find(name)
        if found is None:
            raise ExcelError("Subscript out of range")
        return found

    def table(self, name: str) -> tuple[Sheet, Table] | None:
        """A table and its sheet, in any case."""
        for sheet in self.sheets:
            for table in sheet.tables:
                if table.name.casefold() == name.casefold():
                    return sheet, table
        return None

    def free_table(self, name: str) -> tuple[str, int]:
        """A table name that nobody has, made from another, and a free id."""
        numbers = (f"{name}{number}" for number in range(2, 10_000))
        ids = [table.part.id for sheet in self.sheets for table in sheet.tables]
        return next(free for free in numbers if self.table(free) is None), max(ids, default=0) + 1

    def rename_table(self, table: Table, name: str) -> None:
        """Give a table another name; it must be the only one."""
        known = self.table(name)
        if known and known[1] is not table:
            raise ExcelError("A table name must be unique.")
        table.name = name

    def formula(self, sheet: Sheet, text: str, value: Plain = 0.0) -> Formula:
        """A formula as it is entered: worked out at once, whatever the mode."""
        new = Formula(text, self.results.get(text, value))
        new.value = result(sheet, new)
        return new

    def calculate(self) -> None:
        """Work out every formula that the model can."""
        for sheet in self.sheets:
            for formula in sheet.formulas():
                formula.value = self.results.get(formula.text, formula.value)
                formula.value = result(sheet, formula)

    def evaluate(self, text: str, sheet: Sheet | None = None) -> Plain:
        """What a formula would show, without writing it anywhere."""
        formula = Formula(text if text.startswith("=") else f"={text}", ErrorValue("#NAME?"))
        return result(sheet or self.active, formula)

    def shift_references(self, moved: Sheet, shift: Shift) -> None:
        """Every reference follows the cells that it points at."""
        for sheet in self.sheets:
            sheet.shift_formulas(shift, moved)
        self.names = {name: after_shift(text, shift, moved.name, "") for name, text in self.names.items()}

    def carrier_sheet(self, name: str) -> Worksheet:
        """A fresh sheet of the carrier."""
        return self.carrier.create_sheet(name)

    def rename(self, sheet: Sheet, name: str) -> None:
        """Rename a sheet; references follow."""
        self.check_open()
        self.check_name(name, sheet)
        old, sheet.name = sheet.name, name
        self._change(lambda text: after_rename(text, old, name))

    def check_name(self, name: str, sheet: Sheet | None = None) -> None:
        """What Excel demands of a sheet's name."""
        if not 1 <= len(name) <= 31 or _ILLEGAL & set(name) or name[0] == "'" or name[-1] == "'":
            raise ExcelError("You typed an invalid name for a sheet or chart.")
        if self.find(name) not in (None, sheet) or name.casefold() == "history":
            raise ExcelError("That name is already taken. Try a different one.")

    def _change(self, change: Any) -> None:
        for sheet in self.sheets:
            for formula in sheet.formulas():
                formula.text = change(formula.text)
            sheet.change_parts(change)
        self.names = {name: change(text) for name, text in self.names.items()}

    def add_sheet(self, position: int, name: str | None = None) -> Sheet:
        """An empty sheet; it becomes the active one."""
        self.check_open()
        number = 1
        while name is None:
            number, free = number + 1, f"Sheet{number}"
            name = free if self.find(free) is None else None
        self.check_name(name)
        sheet = Sheet(self, name, self.carrier_sheet(name))
        self.sheets.insert(position, sheet)
        self.active = sheet
        return sheet

    def remove(self, sheet: Sheet) -> None:
        """Delete a sheet; references to it break."""
        self.check_open()
        if not [other for other in self.sheets if other is not sheet and other.visible == VISIBLE]:
            raise ExcelError("A workbook must contain at least one visible worksheet.")
        place = self.sheets.index(sheet)
        self.sheets.remove(sheet)
        self._change(lambda text: after_removal(text, sheet.name))
        if self.active is sheet:
            self.active = self._next_visible(place)

    def _next_visible(self, place: int) -> Sheet:
        order = self.sheets[place:] + self.sheets[:place][::-1]
        return next(sheet for sheet in order if sheet.visible == VISIBLE)

    def show(self, sheet: Sheet, visible: str) -> None:
        """Show or hide a sheet; one must stay visible."""
        self.check_open()
        others = [other for other in self.sheets if other is not sheet and other.visible == VISIBLE]
        if visible != VISIBLE and not others:
            raise ExcelError("Unable to set the Visible property of the Worksheet class")
        sheet.visible = visible
        if visible != VISIBLE and self.active is sheet:
            self.active = self._next_visible(self.sheets.index(sheet))

    def activate(self, sheet: Sheet) -> None:
        """Show a sheet to the user; a hidden one can't be."""
        if sheet.visible != VISIBLE:
            raise ExcelError("Activate method of Worksheet class failed")
        self.active = sheet

    def select(self, sheet: Sheet, area: Area) -> None:
        """Select cells; only on the active sheet of the active workbook."""
        if self.active is not sheet or self.app.active is not self:
            raise ExcelError("Select method of Range class failed")
        sheet.selection = area

    def cell(self, sheet: str, address: str) -> Plain | Formula:
        """What one cell holds, for a test to look at."""
        area = parse_area(address) or Area(1, 1, 1, 1)
        return self.sheet(sheet).grid.content(area.top, area.left)
