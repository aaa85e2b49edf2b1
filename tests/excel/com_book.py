"""Fake COM: Workbook, Worksheets, Names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from excel.areas import Area
from excel.com_base import ComCollection, ComObject, unwrapped
from excel.com_range import Range
from excel.com_sheet import Worksheet
from excel.defined_names import all_names, find_name, full_name, name_of
from excel.pywin32_stubs import BAD_INDEX, ComError
from excel.resolve import Place, resolve
from excel.saving import save
from excel.sheet import Sheet
from excel.values import ExcelError
from excel.wire import EXCEPTION
from excel.workbook_model import Book

if TYPE_CHECKING:
    from excel.com_app import Application

OPEN_XML = 51


class Workbook(ComObject):
    """A workbook."""

    WALKS = frozenset({"Application", "Parent", "Worksheets", "Sheets", "ActiveSheet", "Names"})

    def __init__(self, application: Application, model: Book) -> None:
        super().__init__(application.wire, application=application, model=model)

    def sheet(self, model: Sheet) -> Worksheet:
        """The COM object over a sheet."""
        return Worksheet(self, model)

    def get_Application(self) -> Application:
        found: Application = self.application
        return found

    get_Parent = get_Application

    def get_Name(self) -> str:
        name: str = self.model.path.name
        return name

    def get_FullName(self) -> str:
        return str(self.model.path)

    def get_Path(self) -> str:
        return str(self.model.path.parent)

    def get_FileFormat(self) -> int:
        return OPEN_XML

    def get_ReadOnly(self) -> bool:
        return False

    def get_ProtectStructure(self) -> bool:
        return bool(self.model.protected)

    def get_Date1904(self) -> bool:
        return bool(self.model.date_offset)

    def get_Worksheets(self) -> Worksheets:
        return Worksheets(self.wire, parent=self)

    get_Sheets = get_Worksheets

    def get_ActiveSheet(self) -> Worksheet:
        return self.sheet(self.model.active)

    def get_Names(self) -> Names:
        return Names(self.wire, parent=self, sheet=None)

    def do_Activate(self) -> None:
        self.model.app.active = self.model

    def do_Save(self) -> None:
        save(self.model, self.model.path)

    def do_SaveAs(self, Filename: str, **_: object) -> None:
        self.model.path = Path(Filename)
        save(self.model, self.model.path)

    def do_SaveCopyAs(self, Filename: str) -> None:
        save(self.model, Path(Filename))

    def do_Close(self, SaveChanges: bool | None = None, *_: object) -> None:
        if SaveChanges:
            self.do_Save()
        self.model.app.books.remove(self.model)
        self.model.app.active = next(iter(self.model.app.books), None)

    def name_object(self, sheet: Sheet, area: Area) -> Name:
        """The name of exactly these cells."""
        found = name_of(self.model, sheet, area)
        if found is None:
            raise ExcelError("Application-defined or object-defined error")
        return Name(self, *found)


class Worksheets(ComCollection):
    """The sheets of a workbook."""

    def items(self) -> list[Sheet]:
        found: list[Sheet] = self.parent.model.sheets
        return found

    def wrapped(self, thing: Sheet) -> Worksheet:
        return Worksheet(self.parent, thing)

    def get_Parent(self) -> Workbook:
        found: Workbook = self.parent
        return found

    def get_Application(self) -> Application:
        return self.get_Parent().get_Application()

    def do_Add(self, Before: Any = None, After: Any = None, **_: object) -> Worksheet:
        book: Book = self.parent.model
        return self.wrapped(book.add_sheet(position(book, Before, After)))


def position(book: Book, before: Any, after: Any) -> int:
    """Where a new sheet goes, from nought."""
    other = unwrapped(before) or unwrapped(after)
    if other is None:
        return book.sheets.index(book.active)
    return book.sheets.index(other.model) + (before is None)


class Names(ComCollection):
    """The defined names of a workbook, those of its sheets among them; or those of one sheet."""

    def items(self) -> list[Any]:
        found: list[Any] = all_names(self.parent.model, self.sheet)
        return found

    def wrapped(self, thing: tuple[Sheet | None, str]) -> Name:
        return Name(self.parent, *thing)

    def do_Item(self, key: str | int) -> ComObject:
        if isinstance(key, int):
            return super().do_Item(key)
        try:
            return self.wrapped(find_name(self.parent.model, key, self.sheet))
        except KeyError:
            raise ComError(EXCEPTION, "Exception occurred.", (0, None, None, None, 0, BAD_INDEX)) from None

    def do_Add(self, Name: str, RefersTo: str, **_: object) -> ComObject:
        holder = self.sheet.names if self.sheet else self.parent.model.names
        holder[Name] = RefersTo.removeprefix("=")
        return self.wrapped((self.sheet, Name))


class Name(ComObject):
    """A defined name."""

    WALKS = frozenset({"RefersToRange", "Parent"})

    def __init__(self, parent: Workbook, sheet: Sheet | None, key: str) -> None:
        super().__init__(parent.wire, parent=parent, sheet=sheet, key=key)

    @property
    def _holder(self) -> dict[str, str]:
        found: dict[str, str] = self.sheet.names if self.sheet else self.parent.model.names
        return found

    def get_Name(self) -> str:
        full: str = full_name(self.sheet, self.key)
        return full

    def get_RefersTo(self) -> str:
        return f"={self._holder[self.key]}"

    def set_RefersTo(self, value: str) -> None:
        self._holder[self.key] = value.removeprefix("=")

    def get_Visible(self) -> bool:
        return True

    def get_RefersToRange(self) -> Range:
        book: Book = self.parent.model
        place = resolve(book, self._holder[self.key], self.sheet or book.active)
        if not isinstance(place, Place):
            raise ExcelError("Application-defined or object-defined error")
        return Range(self.parent.sheet(place.sheet), place.area)

    def do_Delete(self) -> None:
        del self._holder[self.key]
