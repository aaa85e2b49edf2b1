"""Rectangles of cells: addresses, and what becomes of them when cells are shifted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_CORNER = re.compile(r"^\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,6})?$")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, one-based, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """How many rows."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """How many columns."""
        return self.right - self.left + 1

    @property
    def whole_rows(self) -> bool:
        """Whether it spans every column."""
        return self.left == 1 and self.right == MAX_COLUMN

    @property
    def whole_columns(self) -> bool:
        """Whether it spans every row."""
        return self.top == 1 and self.bottom == MAX_ROW

    @property
    def address(self) -> str:
        """As Excel's Address says it: `$A$1:$B$2`, `$5:$7`, `$A:$B`."""
        return self.written(row_absolute=True, column_absolute=True)

    @property
    def plain(self) -> str:
        """As a file holds it: `A1:B2`."""
        return self.written(row_absolute=False, column_absolute=False)

    def written(self, *, row_absolute: bool, column_absolute: bool) -> str:
        """The address with or without dollar signs."""
        row, column = "$" * row_absolute, "$" * column_absolute
        if self.whole_rows:
            return f"{row}{self.top}:{row}{self.bottom}"
        if self.whole_columns:
            return f"{column}{get_column_letter(self.left)}:{column}{get_column_letter(self.right)}"
        first = f"{column}{get_column_letter(self.left)}{row}{self.top}"
        last = f"{column}{get_column_letter(self.right)}{row}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def intersect(self, other: Area) -> Area | None:
        """The cells in both, or None."""
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom, right = min(self.bottom, other.bottom), min(self.right, other.right)
        return Area(top, left, bottom, right) if top <= bottom and left <= right else None

    def contains(self, other: Area) -> bool:
        """Whether every cell of the other lies inside."""
        return self.intersect(other) == other

    def offset(self, rows: int, columns: int = 0) -> Area:
        """The same rectangle elsewhere."""
        return Area(self.top + rows, self.left + columns, self.bottom + rows, self.right + columns)

    def union(self, other: Area) -> Area:
        """The smallest rectangle around both."""
        return Area(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )


@dataclass(frozen=True, slots=True)
class Shift:
    """Cells pushed down by an insert (`rows` > 0), or pulled up by a delete (`rows` < 0), from `top` on."""

    top: int
    left: int
    right: int
    rows: int

    @property
    def whole_rows(self) -> bool:
        """Whether entire rows move."""
        return self.left == 1 and self.right == MAX_COLUMN

    def spans(self, area: Area) -> bool:
        """Whether every column of the area moves."""
        return self.left <= area.left and area.right <= self.right

    def moved(self, area: Area) -> Area | None:
        """Where a reference points afterwards; None where all of its cells are gone."""
        if not self.spans(area) or area.bottom < self.top or area.whole_columns:
            return area
        return self._pushed(area) if self.rows > 0 else self._pulled(area)

    def _pushed(self, area: Area) -> Area:
        top = area.top + self.rows if area.top >= self.top else area.top
        return Area(top, area.left, min(area.bottom + self.rows, MAX_ROW), area.right)

    def _pulled(self, area: Area) -> Area | None:
        count = -self.rows
        last = self.top + count - 1
        top = area.top - count if area.top > last else min(area.top, self.top)
        bottom = area.bottom - count if area.bottom > last else self.top - 1
        return Area(top, area.left, bottom, area.right) if top <= bottom else None

    def pieces(self, area: Area, *, sticky: bool = False) -> list[Area]:
        """What becomes of a format's area: the columns that move part from those that stay.

        A sticky one grows by what is inserted right below it.
        """
        inside = area.intersect(Area(1, self.left, MAX_ROW, self.right))
        grows = sticky and self.rows > 0 and area.bottom == self.top - 1
        if inside is None or (area.bottom < self.top and not grows):
            return [area]
        parts = [inside.union(inside.offset(self.rows)) if grows else self.moved(inside)]
        if area.left < inside.left:
            parts.insert(0, Area(area.top, area.left, area.bottom, inside.left - 1))
        if inside.right < area.right:
            parts.append(Area(area.top, inside.right + 1, area.bottom, area.right))
        return [part for part in parts if part is not None]


def column_number(letters: str) -> int:
    """The one-based number of column letters: AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def parse_area(text: str) -> Area | None:
    """The rectangle that an A1 address names, or None where the text is no address."""
    first, _, last = text.partition(":")
    corners = [_CORNER.match(part) for part in (first, last or first)]
    if not all(corners):
        return None
    (start_column, start_row), (end_column, end_row) = (corner.groups() for corner in corners if corner)
    if bool(start_column) != bool(end_column) or bool(start_row) != bool(end_row):
        return None
    if not start_row and (not start_column or not last):
        return None
    if not start_column and not last:
        return None
    columns = sorted((column_number(start_column or "A"), column_number(end_column or "XFD")))
    rows = sorted((int(start_row or 1), int(end_row or MAX_ROW)))
    if columns[1] > MAX_COLUMN or rows[1] > MAX_ROW:
        return None
    return Area(rows[0], columns[0], rows[1], columns[1])


def area_of(text: str) -> Area:
    """The rectangle that an A1 address names."""
    area = parse_area(text)
    if area is None:
        raise ValueError(f"{text!r} is not an address")
    return area
