"""Both ways to a live workbook on any system, and the model and the wire behind an `xw.Book` of either."""

from __future__ import annotations

import xlwings as xw

from excel import engine, fake_com
from excel.com_base import unwrapped
from excel.wire import Wire
from excel.workbook_model import Book

OPENED = {"engine": engine.opened, "com": fake_com.opened}
"""Way -> `with OPENED[way](path) as book`."""
ATTACHED = {"engine": engine.attached, "com": fake_com.attached}
"""Way -> `with ATTACHED[way](model_book) as book`."""


def model_of(book: xw.Book) -> Book:
    """The model behind a workbook."""
    found: Book = _inner(book).model
    return found


def wire_of(book: xw.Book) -> Wire:
    """The line that the calls to a workbook cross."""
    found: Wire = _inner(book).wire
    return found


def _inner(book: xw.Book) -> object:
    return unwrapped(book.impl.xl) if hasattr(book.impl, "xl") else book.impl
