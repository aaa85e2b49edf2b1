"""The workbook and its collection of sheets, of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from xlwings import base_classes as base

from excel import workbook_model as model
from excel.engine_names import Names
from excel.engine_range import Native
from excel.engine_sheet import Sheet, position
from excel.saving import save
from excel.wire import read, walk, write

if TYPE_CHECKING:
    from excel.engine_app import App


class Book(base.Book):
    """A workbook."""

    def __init__(self, book: model.Book, app: App) -> None:
        self.model, self._app, self.wire = book, app, app.wire

    @property
    @walk
    def app(self) -> App:
        return self._app

    @property
    @walk
    def api(self) -> Native:
        return Native()

    @property
    @read
    def name(self) -> str:
        return self.model.path.name

    @property
    @read
    def fullname(self) -> str:
        return str(self.model.path)

    @property
    @walk
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    @walk
    def names(self) -> Names:
        return Names(self.model, None, self._app)

    @write
    def activate(self) -> None:
        self._app.model.active = self.model

    @write
    def save(self, path: str | None = None, password: str | None = None) -> None:
        save(self.model, Path(path) if path else self.model.path)

    @write
    def close(self) -> None:
        self._app.model.books.remove(self.model)


class Sheets(base.Sheets):
    """The sheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self.book, self.wire = book, book.wire

    @property
    @walk
    def api(self) -> Native:
        return Native()

    @property
    @walk
    def active(self) -> Sheet:
        return Sheet(self.book.model.active, self.book)

    @walk
    def __call__(self, name_or_index: str | int) -> Sheet:
        sheets = self.book.model.sheets
        if isinstance(name_or_index, int):
            return Sheet(sheets[name_or_index - 1], self.book)
        found = self.book.model.find(name_or_index)
        if found is None:
            raise KeyError(name_or_index)
        return Sheet(found, self.book)

    @read
    def __len__(self) -> int:
        return len(self.book.model.sheets)

    @walk
    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(sheet, self.book) for sheet in self.book.model.sheets])

    @write
    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        return Sheet(self.book.model.add_sheet(position(before, after), name), self.book)
