"""An xlwings engine over the model, for the public classes of xlwings on any system: `with opened(path) as book`.

Like AppleScript it knows no `Value2`: dates come as datetime and currency as Decimal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from math import isnan
from pathlib import Path
from typing import Any

import xlwings as xw
from xlwings import base_classes as base

from excel import workbook_model as model
from excel.engine_app import App
from excel.engine_book import Book
from excel.values import SCODES
from excel.wire import Wire
from excel.xlsx import load

ERRORS = {number: text for text, number in SCODES.items()}


class Engine:
    """What xlwings asks of an engine: its applications, and the conversion of values."""

    name, type = "model", "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    @staticmethod
    def prepare_xl_data_element(value: Any, _: object) -> Any:
        """A value as it is handed to Excel."""
        if value is None or (isinstance(value, float) and isnan(value)):
            return ""
        return float(value) if isinstance(value, Decimal) else value

    @staticmethod
    def clean_value_data(rows: Any, moment: Any, empty: Any, number: Any, err_to_str: bool) -> list[list[Any]]:
        """Values as the user of xlwings sees them."""

        def clean(value: Any) -> Any:
            if value in ("", None):
                return empty
            if isinstance(value, dt.datetime):
                parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return moment(**{part: getattr(value, part) for part in parts}, tzinfo=None)
            if type(value) is int and value in ERRORS:
                return ERRORS[value] if err_to_str else None
            return number(value) if number and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in rows]


class Apps(base.Apps):
    """The running applications; the newest first."""

    def __init__(self) -> None:
        self.running: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self.running]

    def __iter__(self) -> Iterator[App]:
        return iter(self.running)

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.running if app.pid == pid)


ENGINE = Engine()


@contextmanager
def attached(book: model.Book, wire: Wire | None = None) -> Iterator[xw.Book]:
    """An `xw.Book` over a book of the model; calls are counted on the wire. Meanwhile it is xlwings' active engine."""
    app = App(book.app, wire or Wire(), ENGINE)
    before = xw.engines.active
    ENGINE.apps.running.insert(0, app)
    xw.engines.active = xw.Engine(impl=ENGINE)
    try:
        yield xw.Book(impl=Book(book, app))
    finally:
        xw.engines.active = before
        ENGINE.apps.running.remove(app)


@contextmanager
def opened(path: Path, wire: Wire | None = None) -> Iterator[xw.Book]:
    """Open a workbook file; `live.model_of` gives the model behind it."""
    with attached(load(path), wire) as book:
        yield book
