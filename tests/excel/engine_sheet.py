"""The sheet of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes as base

from excel.copying import copy_sheet
from excel.engine_names import Names
from excel.engine_places import range_of
from excel.engine_range import Native, Range
from excel.engine_table import Tables
from excel.sheet import HIDDEN, VISIBLE
from excel.sheet import Sheet as SheetModel
from excel.wire import read, walk, write

if TYPE_CHECKING:
    from excel.engine_book import Book


class Sheet(base.Sheet):
    """A sheet."""

    def __init__(self, sheet: SheetModel, book: Book) -> None:
        self.model, self._book, self.wire = sheet, book, book.wire

    @property
    @walk
    def api(self) -> Native:
        return Native()

    @property
    @walk
    def book(self) -> Book:
        return self._book

    @property
    @read
    def name(self) -> str:
        return self.model.name

    @name.setter
    @write
    def name(self, value: str) -> None:
        self.model.book.rename(self.model, value)

    @property
    @read
    def index(self) -> int:
        return self.model.book.sheets.index(self.model) + 1

    @property
    @walk
    def names(self) -> Names:
        return Names(self.model.book, self.model, self._book._app)

    @property
    @walk
    def tables(self) -> Tables:
        return Tables(self.model, self._book._app)

    @property
    @walk
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    @walk
    def range(self, arg1: Any, arg2: Any = None) -> Range:
        return range_of(self.model, (arg1, arg2), self._book._app)

    @property
    @walk
    def cells(self) -> Range:
        return range_of(self.model, ("1:1048576", None), self._book._app)

    @property
    @walk
    def used_range(self) -> Range:
        return range_of(self.model, self.model.grid.used(), self._book._app)

    @property
    @read
    def visible(self) -> bool:
        return self.model.visible == VISIBLE

    @visible.setter
    @write
    def visible(self, value: bool) -> None:
        self.model.book.show(self.model, VISIBLE if value else HIDDEN)

    @write
    def activate(self) -> None:
        self.model.book.activate(self.model)

    @write
    def select(self) -> None:
        self.model.book.activate(self.model)

    @write
    def delete(self) -> None:
        self.model.book.remove(self.model)

    @write
    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        copy_sheet(self.model, position(before, after))


class PageSetup(base.PageSetup):
    """The print area of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.wire = sheet, sheet.wire

    @property
    @read
    def print_area(self) -> str | None:
        return self.sheet.model.print_area or None

    @print_area.setter
    @write
    def print_area(self, value: str | None) -> None:
        self.sheet.model.print_area = value or ""


def position(before: Sheet | None, after: Sheet | None) -> int:
    """Where a new sheet goes, from nought."""
    other = before or after
    if other is None:
        raise ValueError("before or after which sheet?")
    return other.model.book.sheets.index(other.model) + (after is not None)
