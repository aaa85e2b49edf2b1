"""The application and the workbooks of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes as base

from excel.application import App as AppModel
from excel.engine_book import Book
from excel.engine_range import Native, Range
from excel.wire import Wire, read, walk, write
from excel.xlsx import load

PROCESS = 4711


class App(base.App):
    """The application."""

    version, hwnd, pid = "16.0", 1, PROCESS

    def __init__(self, app: AppModel, wire: Wire, engine: object) -> None:
        self.model, self.wire, self.engine = app, wire, engine

    @property
    @walk
    def api(self) -> Native:
        return Native()

    @property
    @walk
    def books(self) -> Books:
        return Books(self)

    @property
    @walk
    def selection(self) -> Range | None:
        book = self.model.active
        return Range(book.active, book.active.selection, self) if book else None

    @write
    def activate(self, steal_focus: bool = False) -> None:
        self.model.foreground += 1

    @property
    @read
    def calculation(self) -> str:
        return self.model.calculation

    @calculation.setter
    @write
    def calculation(self, mode: str) -> None:
        self.model.calculate_by(mode)

    @write
    def calculate(self) -> None:
        self.model.calculate()

    @write
    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: object) -> str:
        return self.model.ask(prompt=prompt, title=title, buttons=buttons, mode=mode)


def _switch(name: str) -> property:
    """A plain setting of the application."""

    def get(self: App) -> Any:
        self.wire.cross("App", name, "read")
        return getattr(self.model, name)

    def put(self: App, value: Any) -> None:
        self.wire.cross("App", name, "write")
        setattr(self.model, name, value)

    return property(get, put)


for _name in ("screen_updating", "display_alerts", "enable_events", "interactive", "visible", "status_bar"):
    setattr(App, _name, _switch(_name))


class Books(base.Books):
    """The open workbooks."""

    def __init__(self, app: App) -> None:
        self.app, self.wire = app, app.wire

    @property
    @walk
    def api(self) -> Native:
        return Native()

    @property
    @walk
    def active(self) -> Book:
        return Book(self.app.model.active or self.app.model.books[0], self.app)

    @walk
    def __call__(self, name_or_index: str | int) -> Book:
        books = self.app.model.books
        if isinstance(name_or_index, int):
            return Book(books[name_or_index - 1], self.app)
        found = [book for book in books if book.path.name.casefold() == name_or_index.casefold()]
        if not found:
            raise KeyError(name_or_index)
        return Book(found[0], self.app)

    def __len__(self) -> int:
        return len(self.app.model.books)

    def __iter__(self) -> Iterator[Book]:
        return iter([Book(book, self.app) for book in self.app.model.books])

    @write
    def open(self, fullname: str, *_: object) -> Book:
        return Book(load(Path(fullname), self.app.model), self.app)
