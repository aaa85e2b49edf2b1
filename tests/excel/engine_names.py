"""The defined names of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes as base

from excel.defined_names import all_names, find_name, full_name
from excel.engine_places import place_of
from excel.engine_range import Native, Range
from excel.wire import read, walk, write

if TYPE_CHECKING:
    from excel.engine_app import App
    from excel.sheet import Sheet
    from excel.workbook_model import Book


class Names(base.Names):
    """The names of a workbook, those of its sheets among them; or the names of one sheet."""

    def __init__(self, book: Book, sheet: Sheet | None, app: App) -> None:
        self.book, self.sheet, self.app, self.wire = book, sheet, app, app.wire

    @property
    @walk
    def api(self) -> Native:
        return Native()

    @walk
    def __call__(self, name_or_index: str | int) -> Name:
        known = all_names(self.book, self.sheet)
        if isinstance(name_or_index, int):
            sheet, name = known[name_or_index - 1]
        else:
            sheet, name = find_name(self.book, name_or_index, self.sheet)
        return Name(self.book, sheet, name, self.app)

    @read
    def contains(self, name_or_index: str | int) -> bool:
        try:
            find_name(self.book, str(name_or_index), self.sheet)
        except KeyError:
            return False
        return True

    @read
    def __len__(self) -> int:
        return len(all_names(self.book, self.sheet))

    @read
    def snapshot(self) -> list[tuple[str, Name]]:
        names = [Name(self.book, sheet, name, self.app) for sheet, name in all_names(self.book, self.sheet)]
        return [(full_name(name.sheet, name.key), name) for name in names]

    @write
    def add(self, name: str, refers_to: str) -> Name:
        target = self.sheet.names if self.sheet else self.book.names
        target[name] = refers_to.removeprefix("=")
        return Name(self.book, self.sheet, name, self.app)


class Name(base.Name):
    """A defined name; one of a sheet begins with the sheet."""

    def __init__(self, book: Book, sheet: Sheet | None, key: str, app: App) -> None:
        self.book, self.sheet, self.key, self.app, self.wire = book, sheet, key, app, app.wire

    @property
    @walk
    def api(self) -> Native:
        return Native()

    @property
    def _holder(self) -> dict[str, str]:
        return self.sheet.names if self.sheet else self.book.names

    @property
    @read
    def name(self) -> str:
        return full_name(self.sheet, self.key)

    @property
    @read
    def refers_to(self) -> str:
        return f"={self._holder[self.key]}"

    @refers_to.setter
    @write
    def refers_to(self, value: str) -> None:
        self._holder[self.key] = value.removeprefix("=")

    @property
    @walk
    def refers_to_range(self) -> Range:
        place = place_of(self.sheet or self.book.active, self._holder[self.key])
        return Range(place.sheet, place.area, self.app)

    @write
    def delete(self) -> None:
        del self._holder[self.key]
