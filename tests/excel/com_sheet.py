"""Fake COM: Worksheet and PageSetup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from excel.areas import MAX_COLUMN, MAX_ROW, Area
from excel.com_base import ComObject
from excel.com_range import Range, place_of
from excel.com_table import ListObject, ListObjects
from excel.copying import copy_sheet
from excel.reading import scode
from excel.sheet import HIDDEN, VERY_HIDDEN, VISIBLE, Sheet
from excel.table import Table
from excel.values import ExcelError

if TYPE_CHECKING:
    from excel.com_app import Application
    from excel.com_book import Names, Workbook

VISIBILITY = {VISIBLE: -1, HIDDEN: 0, VERY_HIDDEN: 2}


class Worksheet(ComObject):
    """A sheet."""

    WALKS = frozenset(
        {"Application", "Parent", "Range", "Cells", "Rows", "Columns", "UsedRange", "ListObjects", "Names", "PageSetup"}
    )
    READS = frozenset({"Evaluate"})

    def __init__(self, parent: Workbook, model: Sheet) -> None:
        super().__init__(parent.wire, parent=parent, model=model)

    def table_object(self, table: Table) -> ListObject:
        """The COM object over a table."""
        return ListObject(self, table)

    def get_Application(self) -> Application:
        found: Application = self.parent.application
        return found

    def get_Parent(self) -> Workbook:
        found: Workbook = self.parent
        return found

    def get_Name(self) -> str:
        name: str = self.model.name
        return name

    def set_Name(self, value: str) -> None:
        self.model.book.rename(self.model, value)

    def get_Index(self) -> int:
        return int(self.model.book.sheets.index(self.model)) + 1

    def get_Visible(self) -> int:
        return VISIBILITY[self.model.visible]

    def set_Visible(self, value: int) -> None:
        states = {number: name for name, number in VISIBILITY.items()} | {True: VISIBLE, False: HIDDEN}
        self.model.book.show(self.model, states[value])

    def get_ProtectContents(self) -> bool:
        return bool(self.model.protected)

    def do_Range(self, where: Any, last: Any = None) -> Range:
        first = place_of(self.model, where)
        area = first.area if last is None else first.area.union(place_of(self.model, last).area)
        return Range(self if first.sheet is self.model else self.parent.sheet(first.sheet), area)

    def get_Cells(self) -> Range:
        return Range(self, Area(1, 1, MAX_ROW, MAX_COLUMN))

    def get_Rows(self) -> Range:
        return Range(self, Area(1, 1, MAX_ROW, MAX_COLUMN), "rows")

    def get_Columns(self) -> Range:
        return Range(self, Area(1, 1, MAX_ROW, MAX_COLUMN), "columns")

    def get_UsedRange(self) -> Range:
        return Range(self, self.model.grid.used())

    def get_ListObjects(self) -> ListObjects:
        return ListObjects(self.wire, parent=self)

    def get_Names(self) -> Names:
        from excel.com_book import Names  # noqa: PLC0415

        return Names(self.wire, parent=self.parent, sheet=self.model)

    def get_PageSetup(self) -> PageSetup:
        return PageSetup(self.wire, sheet=self.model)

    def do_Activate(self) -> None:
        self.model.book.activate(self.model)

    do_Select = do_Activate

    def do_Delete(self) -> bool:
        """With alerts on, the user is asked first."""
        app = self.model.book.app
        if app.display_alerts and app.ask(prompt="Microsoft Excel will permanently delete this sheet.") == "cancel":
            return False
        self.model.book.remove(self.model)
        return True

    def do_Copy(self, Before: Any = None, After: Any = None) -> None:
        from excel.com_book import position  # noqa: PLC0415

        if Before is None and After is None:
            raise NotImplementedError("a copy into a new workbook")
        book = self.model.book
        copy_sheet(self.model, position(book, Before, After))

    def do_Calculate(self) -> None:
        self.model.book.calculate()

    def do_Evaluate(self, text: str) -> Any:
        return scode(self.model.book.evaluate(text, self.model))


class PageSetup(ComObject):
    """The print area of a sheet."""

    def get_PrintArea(self) -> str:
        found: str = self.sheet.print_area
        return found

    def set_PrintArea(self, value: str | None) -> None:
        try:
            self.sheet.print_area = value or ""
        except ValueError as error:
            raise ExcelError("Unable to set the PrintArea property of the PageSetup class") from error
