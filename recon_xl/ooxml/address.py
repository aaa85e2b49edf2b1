"""Cell addresses: column letters and numbers, and the limits of Excel's grid."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_ABC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS = ("", *_ABC, *(a + b for a in _ABC for b in _ABC), *(a + b + c for a in _ABC for b in _ABC for c in _ABC))
COLUMN_LETTERS: tuple[str, ...] = _LETTERS[: MAX_COLUMN + 1]
"""Letters by column number; index 0 is unused: `COLUMN_LETTERS[28] == "AB"`."""
COLUMN_NUMBERS: dict[str, int] = {letters: number for number, letters in enumerate(COLUMN_LETTERS) if number}
"""The inverse of `COLUMN_LETTERS`; only columns inside the grid are in it."""

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


class Range(NamedTuple):
    """A rectangle of cells, all four edges included, counted from 1."""

    first_row: int
    first_col: int
    last_row: int
    last_col: int

    def __str__(self) -> str:
        return f"{cell_ref(self.first_row, self.first_col)}:{cell_ref(self.last_row, self.last_col)}"

    def overlaps(self, other: Range) -> bool:
        """Return True when both rectangles share at least one cell."""
        rows_meet = self.first_row <= other.last_row and other.first_row <= self.last_row
        return rows_meet and self.first_col <= other.last_col and other.first_col <= self.last_col

    def contains(self, other: Range) -> bool:
        """Return True when the other rectangle lies wholly inside this one."""
        rows_fit = self.first_row <= other.first_row and other.last_row <= self.last_row
        return rows_fit and self.first_col <= other.first_col and other.last_col <= self.last_col


def cell_ref(row: int, column: int) -> str:
    """Return the address of a cell: `cell_ref(5, 2) == "B5"`."""
    return f"{COLUMN_LETTERS[column]}{row}"


def parse_cell(ref: str) -> tuple[int, int] | None:
    """Row and column of an address such as `B5` or `$B$5`; None when it is no cell of the grid."""
    match = _CELL.fullmatch(ref)
    if match is None:
        return None
    column, row = COLUMN_NUMBERS.get(match[1]), int(match[2])
    return (row, column) if column and 1 <= row <= MAX_ROW else None


def parse_range(ref: str) -> Range | None:
    """Return the rectangle of `A5:M20` (or of one cell); None outside the grid or with swapped corners."""
    match = _RANGE.fullmatch(ref)
    if match is None:
        return None
    first = parse_cell(match[1] + match[2])
    last = parse_cell(match[3] + match[4]) if match[3] else first
    if first is None or last is None or first[0] > last[0] or first[1] > last[1]:
        return None
    return Range(first[0], first[1], last[0], last[1])
