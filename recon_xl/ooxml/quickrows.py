"""Reads the rows of a long table, which look alike, column by column; what it does not know is left to `CellReader`.

A row is cut at its own number, which stands in the address of each cell: `<c r="B`, ` s="3"><v>1.5</v></c><c r="C`, `/>`.
What is left of a cell is the same text wherever the same value stands in a column, so each distinct one is looked at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from recon_xl.core.cells import Cell, DateText, NumberText, PercentText
from recon_xl.ooxml.address import COLUMN_NUMBERS, MAX_ROW
from recon_xl.ooxml.xmltext import excel_unescape, unescape

_FEW = 8
"""Rows of one width that are read faster one by one."""
_MOST = 2_000
"""So many distinct cells are remembered of a column: one that repeats nothing is not worth the room."""
_WIDEST = 1 << 16
"""A longer row is no row of a table."""
_LETTERS = re.compile(r'<c r="([A-Z]+)[0-9]+"').findall
# Groups: style, a blank cell, number, place of a shared string, inline text, column of the next cell. A zero character ends
# each cell, because no part of a workbook holds one; what does not begin behind one is no cell.
_CELLS = re.compile(
    r'(?<![^\0])(?: s="([0-9]+)")?(?:(/>)|><v>(-?[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)</v></c>'
    r'| t="s"><v>([0-9]{1,9}+)</v></c>| t="inlineStr"><is><t(?: xml:space="preserve")?>([^<\0]*+)</t></is></c>)'
    r'(?:<c r="([A-Z]+))?\0'
).findall


_UNREADABLE = (*("",) * 5, "?")
Row = tuple[int, str]
"""Number and inner XML."""


class _Numbers(dict[str, NumberText]):
    """Stored text -> the cell: one object for all cells that hold the same number."""

    def __init__(self, kind: type[NumberText]) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, text: str) -> NumberText:
        found = self[text] = self._kind(text)
        return found


@dataclass(slots=True)
class _Column:
    """Cells of one column by what follows their address, up to the address of the column that comes `then`."""

    then: str
    known: dict[str, Cell] = field(default_factory=dict)
    repeats_little: bool = False
    odd: set[str] = field(default_factory=set)
    """Those that must be looked at closely."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Rows with cells in these columns, numbered from 1, and with what stands before the first address."""

    opening: str
    columns: Sequence[_Column]
    numbers: Sequence[int]


class QuickRows:
    """The rows of one sheet, some at a time; None for a row that must be looked at cell by cell."""

    def __init__(self, strings: Sequence[str], percent: frozenset[str], dates: frozenset[str] = frozenset()) -> None:
        self._strings = strings
        self._percent, self._dates = percent, dates
        self._shapes: dict[tuple[str, ...], _Shape | None] = {}
        self._numbers, self._percents, self._days = _Numbers(NumberText), _Numbers(PercentText), _Numbers(DateText)
        self._texts: dict[str, str] = {}
        self._has_odd = False

    def columns(self, rows: Sequence[Row]) -> list[Sequence[Cell]] | None:
        """All cells of these rows by column, from column A on; None where not all are alike and read at a glance."""
        if len(rows) < _FEW or self._has_odd:
            return None
        pieces = [_cut(row) for row in rows]
        shape = self._shape(rows[0][1])
        if shape is None or {*map(len, pieces)} != {len(shape.columns) + 1}:
            return None
        cells, odd = self._cells(shape, pieces)
        self._has_odd = bool(odd)  # then so have most pieces of this sheet, and none is read twice
        return None if odd else cells

    def read(self, rows: Sequence[Row]) -> list[list[Cell] | None]:
        """All cells of each row, by its number and inner XML, from column A on, as `CellReader.row` gives them."""
        found: list[list[Cell] | None] = [None] * len(rows)
        pieces = [_cut(row) for row in rows]
        alike: defaultdict[int, list[int]] = defaultdict(list)
        for place, row in enumerate(pieces):
            alike[len(row)].append(place)
        for width, places in alike.items():
            shape = self._shape(rows[places[0]][1]) if width > 1 and len(places) >= _FEW else None
            if shape is not None and len(shape.columns) == width - 1:
                cells, odd = self._cells(shape, [pieces[place] for place in places])
                for within, (place, row_cells) in enumerate(zip(places, zip(*cells, strict=True), strict=True)):
                    found[place] = None if within in odd else list(row_cells)
        return found

    def _shape(self, inner: str) -> _Shape | None:
        """That of a row; none where its cells are out of order."""
        letters = tuple(_LETTERS(inner))
        if letters not in self._shapes:
            numbers = [COLUMN_NUMBERS.get(one, 0) for one in letters]
            in_order = [0, *numbers] == sorted({0, *numbers})
            columns = [_Column(then) for then in (*letters[1:], "")]
            self._shapes[letters] = _Shape(f'<c r="{letters[0]}', columns, numbers) if letters and in_order else None
        return self._shapes[letters]

    def _cells(self, shape: _Shape, rows: Iterable[Sequence[str]]) -> tuple[list[Sequence[Cell]], set[int]]:
        """Rows by column, and the places of those that must be looked at cell by cell."""
        opening, *pieces = zip(*rows, strict=True)
        cells: list[Sequence[Cell]] = [[None] * len(opening)] * shape.numbers[-1]
        odd = {place for place, text in enumerate(opening) if text != shape.opening}
        for column, number, found in zip(shape.columns, shape.numbers, pieces, strict=True):
            cells[number - 1] = self._column(column, found)
            if not column.odd.isdisjoint(found):
                odd |= {place for place, piece in enumerate(found) if piece in column.odd}
        return cells, odd

    def _column(self, column: _Column, pieces: tuple[str, ...]) -> list[Cell]:
        """The cells of a column in some rows; None also where one is odd."""
        known = column.known
        first = pieces[0]
        if first in known and pieces == (first,) * len(pieces):  # many a column says the same in every row
            return [known[first]] * len(pieces)
        if column.repeats_little and (cells := self._plain(column, pieces)) is not None:
            return cells
        if len(known) > _MOST:
            known.clear()
            column.odd.clear()
        if new := [*{*pieces}.difference(known)]:
            self._learn(column, new)
            column.repeats_little = len(new) > _FEW and 2 * len(new) > len(pieces)
        return list(map(known.__getitem__, pieces))

    def _learn(self, column: _Column, new: Sequence[str]) -> None:
        """The cells of which these are what follows the address."""
        if len(new) >= _FEW and (cells := self._plain(column, new)) is not None:
            column.known.update(zip(new, cells, strict=True))
            return
        for piece, (style, blank, number, index, text, then) in zip(new, map(_alone, new), strict=True):
            column.known[piece] = None
            try:
                if not blank:
                    column.known[piece] = self._cell(style, number, index, text)
                is_odd = then != column.then
            except (ValueError, LookupError, OverflowError):
                is_odd = True
            if is_odd:
                column.odd.add(piece)

    def _plain(self, column: _Column, pieces: Sequence[str]) -> list[Cell] | None:
        """Cells that all are plain texts, or numbers in one style, which is what fills a column of which nothing repeats."""
        whole = "\0".join(pieces) + "\0"
        found = _CELLS(whole)
        if not len(found) == len(pieces) == whole.count("\0"):
            return None
        styles, blanks, numbers, indexes, texts, thens = zip(*found, strict=True)
        if {*thens} != {column.then} or any(blanks) or any(indexes):
            return None
        if any(numbers):
            return (
                list(map(self._known(styles[0]).__getitem__, numbers)) if all(numbers) and len({*styles}) == 1 else None
            )
        joined = "".join(texts)
        return None if "&" in joined or "_x" in joined else list(map(self._texts.setdefault, texts, texts))

    def _cell(self, style: str, number: str, index: str, text: str) -> Cell:
        """One cell; equal ones are one object."""
        if number:
            return self._known(style)[number]
        if index:
            return self._strings[int(index)]
        if "&" in text or "_x" in text:
            text = excel_unescape(unescape(text))
        return self._texts.setdefault(text, text)

    def _known(self, style: str) -> _Numbers:
        if style in self._percent:
            return self._percents
        return self._days if style in self._dates else self._numbers


def _cut(row: Row) -> list[str]:
    number, inner = row
    return inner.split(f'{number}"') if len(inner) <= _WIDEST and 0 < number <= MAX_ROW else []


def _alone(piece: str) -> tuple[str, ...]:
    found: list[tuple[str, ...]] = _CELLS(piece + "\0")
    return found[0] if len(found) == 1 and "\0" not in piece else _UNREADABLE
