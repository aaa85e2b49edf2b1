"""The few operations that the host asks of Excel, each patient with an Excel that is busy for a moment.

Everything goes in blocks: one read or one write, however many rows. Handles of sheets are kept,
because walking to them costs a call as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from recon_xl.core.errors import WorkbookError
from recon_xl.hosts.live.cells import ERROR_WORDS
from recon_xl.ooxml.address import COLUMN_LETTERS

Block = list[list[object]]

BUSY_CODES = frozenset({-2147418111, -2147417846, -2146777998})
"""Call rejected by the callee, retry later, and edit mode (0x800AC472)."""
MAC_BUSY_CODES = frozenset({-1712, -609, -10004})
"""AppleScript: timed out, connection not (yet) valid, not allowed now."""
_EDIT_MODE = -2146777998
_DISPATCH = -2147352567
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.2, 1.2)
"""Seconds between attempts: four in all, long enough for a recalculation, short enough for a person in a cell."""
LONG_PAUSE, LONG_PAUSES = 2.0, 30
"""Seconds, and how often, while something is put back: a minute, because there is nothing better to do."""
LONGEST_IN_BLOCK = 8_000
"""Characters: Excel takes no longer text inside a block; such a cell is typed alone, after the block."""


def area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """The address of a block, counted from 1: `A6:C9`."""
    return f"{COLUMN_LETTERS[first_column]}{first_row}:{COLUMN_LETTERS[last_column]}{last_row}"


class Port:
    """One open workbook. `book` is an `xlwings.Book` of any engine.

    `is_rescuing` is set while something is put back: then an Excel in the middle of something is waited for much longer.
    """

    def __init__(self, book: Any) -> None:
        self.book = book
        self._sheets: dict[str, Any] = {}
        self.changes = 0
        self.is_rescuing = False
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
        """The sheet of that name; `MissingSheetError` where there is none."""
        if name not in self._sheets:
            try:
                found = self.patiently(lambda: self.book.sheets[name])
            except WorkbookError:
                raise
            except Exception as error:
                raise _missing(name) from error
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
        alone = [
            (row, column, entry)
            for row, entries_of_row in enumerate(block)
            for column, entry in enumerate(entries_of_row)
            if type(entry) is str and len(entry) > LONGEST_IN_BLOCK
        ]
        entries = [list(row) for row in block] if alone else block
        for row, column, _ in alone:
            entries[row][column] = ""  # type: ignore[index]
        given = tuple(map(tuple, entries))
        self.change(lambda: setattr(cells.impl, "formula", given))
        for row, column, entry in alone:
            self._write_alone(cells, row, column, entry)

    def _write_alone(self, cells: Any, row: int, column: int, entry: object) -> None:
        one = self.patiently(lambda: cells[row, column])
        self.change(lambda: setattr(one.impl, "formula", entry))

    def change(self, call: Callable[[], Any]) -> Any:
        """Do what changes the workbook; `changes` counts what was done."""
        found = self.patiently(call)
        self.changes += 1
        return found

    def patiently(self, call: Callable[[], Any]) -> Any:
        """Do it, and again after a pause while Excel is busy; WorkbookError with a plain message when it stays so."""
        for pause in (*PAUSES, *([LONG_PAUSE] * LONG_PAUSES if self.is_rescuing else ()), None):
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
        if self.is_windows:
            return cells.api.Value2
        return mac_values(cells.impl.xl) if self.is_mac else cells.options(err_to_str=True).raw_value


def mac_values(cells: Any) -> Block:
    """Values as AppleScript gives them: what it calls missing is a blank, or an error whose words are asked for then."""
    values = as_block(cells.value.get())
    if any(_is_missing(value) for row in values for value in row):
        words = as_block(cells.string_value.get())
        return [[_told(*pair) for pair in zip(*rows, strict=True)] for rows in zip(values, words, strict=True)]
    return values


def _told(value: object, word: object) -> object:
    """A missing value with words is an error, even where the column is too narrow to show which."""
    if not _is_missing(value):
        return value
    text = str(word or "").strip()
    if not text or _is_missing(word):
        return None
    return text if text in ERROR_WORDS else "#VALUE!"


def _is_missing(value: object) -> bool:
    return value is None or str(value) == "k.missing_value"


class MissingSheetError(WorkbookError):
    """A sheet of the scaffolding is not there under its name."""


def _missing(name: str) -> MissingSheetError:
    return MissingSheetError(
        where="Excel", found=f"no sheet {name!r}", expected="the sheets of the template under their names",
        todo=f"Rename the sheet back to {name}, or go on in a new month-end workbook.",
    )  # fmt: skip


def busy_code(error: Exception) -> int | None:
    """The code by which COM says that Excel cannot listen right now; None for any other failure."""
    if getattr(error, "errornumber", None) in MAC_BUSY_CODES:
        return int(error.errornumber)  # type: ignore[attr-defined]
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
