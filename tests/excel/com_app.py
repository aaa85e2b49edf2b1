"""Fake COM: Application and Workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from excel.application import AUTOMATIC, MANUAL, SEMIAUTOMATIC, App
from excel.com_base import ComCollection, ComObject, unwrapped
from excel.com_book import Workbook
from excel.com_range import Range
from excel.com_sheet import Worksheet
from excel.pywin32_stubs import HWND, com_error
from excel.reading import scode
from excel.values import ExcelError
from excel.wire import Wire
from excel.workbook_model import Book
from excel.xlsx import load

MODES = {AUTOMATIC: -4105, MANUAL: -4135, SEMIAUTOMATIC: 2}
SWITCHES = {
    "ScreenUpdating": "screen_updating",
    "DisplayAlerts": "display_alerts",
    "EnableEvents": "enable_events",
    "Interactive": "interactive",
    "Visible": "visible",
    "StatusBar": "status_bar",
    "CutCopyMode": "cut_copy",
}


class Application(ComObject):
    """Excel."""

    WALKS = frozenset(
        {"Application", "Workbooks", "ActiveWorkbook", "ActiveSheet", "ActiveCell", "Selection", "Range", "Worksheets"}
    )
    READS = frozenset({"Evaluate", "GetOpenFilename"})

    def __init__(self, model: App, wire: Wire) -> None:
        wire.make_error = com_error
        super().__init__(wire, model=model)

    def book(self, model: Book) -> Workbook:
        """The COM object over a workbook."""
        return Workbook(self, model)

    def _active(self) -> Workbook:
        if self.model.active is None:
            raise ExcelError("no workbook is open")
        return self.book(self.model.active)

    def _active_sheet(self) -> Worksheet:
        book = self._active()
        return book.sheet(book.model.active)

    def get_Application(self) -> Application:
        return self

    def get_Name(self) -> str:
        return "Microsoft Excel"

    def get_Version(self) -> str:
        return "16.0"

    def get_Hwnd(self) -> int:
        return HWND

    def get_Ready(self) -> bool:
        return True

    def get_Workbooks(self) -> Workbooks:
        return Workbooks(self.wire, application=self)

    def get_ActiveWorkbook(self) -> Workbook | None:
        return self._active() if self.model.active else None

    def get_ActiveSheet(self) -> Worksheet:
        return self._active_sheet()

    def get_Worksheets(self) -> ComObject:
        return self._active().get_Worksheets()

    def get_Selection(self) -> Range:
        sheet = self._active_sheet()
        return Range(sheet, sheet.model.selection)

    get_ActiveCell = get_Selection

    def get_Calculation(self) -> int:
        return MODES[self.model.calculation]

    def set_Calculation(self, mode: int) -> None:
        names = {number: name for name, number in MODES.items()}
        if mode not in names or self.model.active is None:
            raise ExcelError("Unable to set the Calculation property of the Application class")
        self.model.calculate_by(names[mode])

    def do_Calculate(self) -> None:
        self.model.calculate()

    do_CalculateFull = do_Calculate

    def do_Evaluate(self, text: str) -> Any:
        sheet = self._active_sheet()
        return scode(sheet.model.book.evaluate(text, sheet.model))

    def do_Range(self, where: Any, last: Any = None) -> Range:
        return self._active_sheet().do_Range(where, last)

    def do_Goto(self, Reference: Any = None, Scroll: bool = False) -> None:
        target: Range = unwrapped(Reference)
        target.sheet.book.activate(target.sheet)
        target.sheet.book.select(target.sheet, target.area)

    def do_GetOpenFilename(self, *_: object, MultiSelect: bool = False, **__: object) -> Any:
        return self.model.files_chosen.pop(0) if self.model.files_chosen else False

    def do_Quit(self) -> None:
        self.model.books.clear()
        self.model.active = None


def _switch(name: str) -> tuple[Any, Any]:
    def get(self: Application) -> Any:
        return getattr(self.model, name)

    def put(self: Application, value: Any) -> None:
        setattr(self.model, name, value)

    return get, put


for _member, _name in SWITCHES.items():
    _get, _put = _switch(_name)
    setattr(Application, f"get_{_member}", _get)
    setattr(Application, f"set_{_member}", _put)


class Workbooks(ComCollection):
    """The open workbooks."""

    def items(self) -> list[Book]:
        found: list[Book] = self.application.model.books
        return found

    def item_name(self, thing: Book) -> str:
        return thing.path.name

    def wrapped(self, thing: Book) -> Workbook:
        return Workbook(self.application, thing)

    def get_Application(self) -> Application:
        found: Application = self.application
        return found

    get_Parent = get_Application

    def do_Open(self, Filename: str, *_: object, **__: object) -> Workbook:
        return self.wrapped(load(Path(Filename), self.application.model))
