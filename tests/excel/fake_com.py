"""The real Windows classes of xlwings over the model, on any system: `with opened(path) as book`."""

from __future__ import annotations

import atexit
import ctypes
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import xlwings as xw

from excel import pywin32_stubs as stubs
from excel import workbook_model as model
from excel.com_app import Application
from excel.pywin32_stubs import DESK
from excel.wire import Wire
from excel.xlsx import load

NAME = "xlwings._xlwindows"
_KEPT: dict[str, ModuleType] = {}
"""The stand-ins and xlwings' module, which holds on to them: made once."""


@contextmanager
def _importable(parts: dict[str, ModuleType]) -> Iterator[None]:
    """These modules and no others come and go: what is imported meanwhile stays, for it may not load twice."""
    before = {name: sys.modules.get(name) for name in parts}
    sys.modules.update(parts)
    try:
        yield
    finally:
        for name, old in before.items():
            sys.modules.pop(name, None)
            if old is not None:
                sys.modules[name] = old


@contextmanager
def pywin32() -> Iterator[ModuleType]:
    """pywin32 can be imported meanwhile; gives xlwings' Windows module, which tries calls again for ever as shipped."""
    if not _KEPT:
        _KEPT.update(stubs.modules())
    parts = stubs.windows_parts()
    present = {name: part for name, part in parts.items() if name != "PyDLL"}
    with _importable(_KEPT), patch.multiple(ctypes, create=True, **present):
        if NAME not in _KEPT:
            with patch.object(ctypes, "PyDLL", parts["PyDLL"]):
                _KEPT[NAME] = importlib.import_module(NAME)
            atexit.unregister(_KEPT[NAME].cleanup)
            del xw._xlwindows
        windows = _KEPT[NAME]
        with patch.object(xw, "_xlwindows", windows, create=True), patch.object(windows, "N_COM_ATTEMPTS", 0):
            yield windows
    sys.modules.pop(NAME, None)


@contextmanager
def attached(book: model.Book, wire: Wire | None = None) -> Iterator[xw.Book]:
    """An `xw.Book` over a book of the model; calls are counted on the wire. Meanwhile it is xlwings' active engine."""
    application = Application(book.app, wire or Wire())
    before = xw.engines.active
    with pywin32() as windows, patch.object(DESK, "application", application):
        xw.engines.active = xw.Engine(impl=windows.engine)
        try:
            yield xw.Book(impl=windows.Book(xl=windows.COMRetryObjectWrapper(application.book(book))))
        finally:
            xw.engines.active = before


@contextmanager
def opened(path: Path, wire: Wire | None = None) -> Iterator[xw.Book]:
    """Open a workbook file; `live.model_of` gives the model behind it."""
    with attached(load(path), wire) as book:
        yield book
