"""Proves the rows of a large sheet as they are packed, so that the proof after saving need not unpack them again."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache

from recon_xl.ooxml.address import MAX_ROW
from recon_xl.ooxml.bulkrows import SpelledRows
from recon_xl.ooxml.growingsheet import GrowingSheet, OldRows, Rows
from recon_xl.ooxml.lintrows import CELL_REST, GoodRows, RowLook
from recon_xl.ooxml.rawxml import NotPlainError
from recon_xl.ooxml.sheettext import last_row

_are_attributes = re.compile(r'(?: [A-Za-z:]++="[^"<>&]*+")*+').fullmatch
_styles_of = re.compile(r'" s="([0-9]++)"(?=[ />])').findall


class ProvenRows:
    """Sees the new rows of a sheet pass, and keeps those in which a fault may be."""

    def __init__(self, sheet: GrowingSheet, known: GoodRows) -> None:
        self._sheet = sheet
        self._kept: list[str] = []
        self._last = last_row(sheet.above.body)
        self._styles = known.styles
        self._look = RowLook(known, self._last)

    def see(self, rows: Rows) -> None:
        """Look at the next rows; where they were spelled together, at the cells that prove them. What stays can have no new fault."""
        if not isinstance(rows, str):
            if isinstance(rows, OldRows) or are_good(rows, self._look.previous, self._styles()):
                self._look.previous = rows.last
                return
            rows = rows.text
        try:
            for previous, number, inner in self._look.doubtful(rows):
                self._mark(previous)
                self._kept.append(f'<row r="{number}">{inner}</row>')
                self._last = number
        except NotPlainError:
            self._kept.append(rows)

    def abridged(self) -> bytes:
        """The sheet without the rows that were proved; empty ones stand for them, so that an order gone wrong shows."""
        self._mark(self._look.previous)
        above = self._sheet.above
        return "".join((above.head, above.body, *self._kept, self._sheet.after, above.tail)).encode()

    def _mark(self, number: int) -> None:
        if number > self._last:
            self._kept.append(f'<row r="{number}"></row>')
            self._last = number


def are_good(rows: SpelledRows, previous: int, styles: int) -> bool:
    """True where a close look at rows that were spelled together would find nothing.

    They follow row `previous`, their columns ascend, and each cell that proves them is well formed in one of so many `styles`.
    """
    numbers = [column for column, _style, _cells in rows.columns]
    ascend = previous < rows.first <= rows.last <= MAX_ROW and numbers == sorted(set(numbers))
    are_plain = all(map(_are_attributes, rows.attributes))
    return ascend and are_plain and all(_are_cells(cells, style, styles) for _column, style, cells in rows.columns)


def _are_cells(cells: Collection[str], style: str | None, styles: int) -> bool:
    text = "".join(cells)
    if "_x" in text:  # Excel's own escapes may hide half of a surrogate pair
        return False
    if _cells_in(style)(text):
        return int(style or 0) < styles
    # Text that begins like a formula has a format of its own: not all cells are in the column's.
    return bool(style and _cells_in("[0-9]++")(text)) and max(map(int, _styles_of(text))) < styles


@cache
def _cells_in(style: str | None) -> Callable[[str], re.Match[str] | None]:
    """Cells without their addresses in this style, each followed by the start of the next cell or the end of the row."""
    styled = "" if style is None else f' s="{style}"'
    return re.compile(f'(?:"{styled}{CELL_REST}(?:<c r="[A-Z]++|</row>))*+').fullmatch
