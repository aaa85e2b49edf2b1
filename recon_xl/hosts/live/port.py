"""The few operations that the host asks of Excel, each patient with an Excel that is busy for a moment.

Everything goes in blocks: one read or one write, however many rows. Handles of sheets are kept,
because walking to them costs a call as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import COLUMN_LETTERS

Block = list[list[object]]

BUSY_CODES = frozenset({-2147418111, -2147417846, -2146777998})
"""Call rejected by the callee, retry later, and edit mode (0x800AC472)."""
_EDIT_MODE = -2146777998
_DISPATCH = -2147352567
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.2, 1.2)
"""Seconds between attempts: four in all, long enough for a recalculation, short enough for a person in a cell."""


def area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """The address of a block, counted from 1: `A6:C9`."""
    return f"{COLUMN_LETTERS[first_column]}{first_row}:{COLUMN_LETTERS[last_column]}{last_row}"


class Port:
    """One open workbook. `book` is an `xlwings.Book` of any engine."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._sheets: dict[str, Any] = {}
        self._app: Any = None
        engine = type(book.impl).__module__
        self.is_mac = engine.endswith("_xlmac")
        self.is_windows = engine.endswith("_xlwindows")

    @property
    def app(self) -> Any:
        """Excel itself; its handle is kept, because xlwings asks for the window each time."""
        if self._app is None:
            self._app = self.patiently(lambda: self.book.app)
        return self._app

    def sheet(self, name: str) -> Any:
        """The sheet of that name; KeyError where there is none."""
        if name not in self._sheets:
            try:
                found = self.patiently(lambda: self.book.sheets[name])
            except WorkbookError:
                raise
            except Exception as error:
                raise KeyError(name) from error
            self._sheets[name] = found
        return self._sheets[name]

    def cells(self, sheet: str, address: str) -> Any:
        """The range of that address, such as `A6:C9` or `15:21`."""
        found = self.sheet(sheet)
        return self.patiently(lambda: found.range(address))

    def forget(self, name: str) -> None:
        """Drop the handle of a sheet that was deleted or renamed."""
        self._sheets.pop(name, None)

    def values(self, sheet: str, address: str) -> Block:
        """The values of a block, errors told from blanks."""
        cells = self.cells(sheet, address)
        return as_block(self.patiently(lambda: self._read(cells)))

    def formulas(self, sheet: str, address: str) -> Block:
        """The formulas and constants of a block, as typed."""
        cells = self.cells(sheet, address)
        return as_block(self.patiently(lambda: cells.formula))

    def write(self, sheet: str, address: str, block: Sequence[Sequence[object]]) -> None:
        """Type a block of entries; see `entry_of`."""
        cells = self.cells(sheet, address)
        entries = tuple(tuple(row) for row in block)
        self.patiently(lambda: setattr(cells.impl, "formula", entries))

    def patiently(self, call: Callable[[], Any]) -> Any:
        """Do it, and again after a pause while Excel is busy; WorkbookError with a plain message when it stays so."""
        for pause in (*PAUSES, None):
            try:
                return call()
            except Exception as error:
                code = busy_code(error)
                if code is None:
                    raise
                if pause is None:
                    raise _busy(self.book, code) from error
                time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _read(self, cells: Any) -> object:
        """Value2 where the platform has it: no dates, no currency type, the number as stored."""
        return cells.api.Value2 if self.is_windows else cells.options(err_to_str=True).raw_value


def busy_code(error: Exception) -> int | None:
    """The code by which COM says that Excel cannot listen right now; None for any other failure."""
    code = getattr(error, "hresult", None)
    if code == _DISPATCH and len(error.args) > 2 and isinstance(error.args[2], tuple):
        code = error.args[2][-1]
        return code if code == _EDIT_MODE else None
    return code if code in BUSY_CODES else None


def _busy(book: Any, code: int) -> WorkbookError:
    found = "a cell being edited or a dialog open" if code == _EDIT_MODE else "Excel busy with something else"
    return WorkbookError(
        where="Excel", found=found, expected="Excel waiting for you",
        todo="Press Enter or Esc to leave the cell, close open dialogs, and press the button again.",
    )  # fmt: skip


def as_block(found: object) -> Block:
    """A single cell, a row or a block, as a block."""
    if not isinstance(found, (list, tuple)):
        return [[found]]
    if found and not isinstance(found[0], (list, tuple)):
        return [list(found)]
    return [list(row) for row in found]
