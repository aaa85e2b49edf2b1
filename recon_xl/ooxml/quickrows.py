"""Reads the rows of a long table, which look alike, by one expression a row; what it does not know is left to `CellReader`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recon_xl.core.cells import Cell, DateText, NumberText, PercentText
from recon_xl.ooxml.address import COLUMN_NUMBERS, MAX_ROW

_OFTEN = 300
"""From so many rows of one shape on, an expression of its own is worth its making."""
_SHAPES, _WIDEST = 2_000, 1 << 16
"""Beyond so many shapes a sheet has none; a longer row is no row of a table."""
_SHAPE = re.compile(r'<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?').findall
_REST = (
    r"(?:/>|><v>(-?[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)</v></c>"
    r'| t="inlineStr"><is><t(?: xml:space="preserve")?>([^<&]*+)</t></is></c>| t="s"><v>([0-9]{1,9}+)</v></c>)'
)

Style = tuple[str, str]
"""Column letters and style id of a cell."""


class _Numbers(dict[str, NumberText]):
    """Stored text -> the cell: one object for all cells that hold the same number."""

    def __init__(self, kind: type[NumberText]) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, text: str) -> NumberText:
        found = self[text] = self._kind(text)
        return found


@dataclass(frozen=True, slots=True)
class _Shape:
    """Rows with cells in these columns and styles."""

    match: Callable[[str], re.Match[str] | None]
    numbers: Sequence[_Numbers]
    columns: Sequence[int]


class QuickRows:
    """The shapes of one sheet; `read` is None for a row that must be looked at cell by cell."""

    def __init__(self, strings: Sequence[str], percent: frozenset[str], dates: frozenset[str] = frozenset()) -> None:
        self._strings = strings
        self._percent, self._dates = percent, dates
        self._seen: Counter[tuple[Style, ...]] = Counter()
        self._shape: _Shape | None = None
        self._numbers, self._percents, self._days = _Numbers(NumberText), _Numbers(PercentText), _Numbers(DateText)
        self._texts: dict[str, str] = {}

    def read(self, number: int, inner: str) -> list[Cell] | None:
        """All cells of a row from column A on, as `CellReader.row` gives them."""
        shape = self._shape
        found = shape.match(inner) if shape is not None and "_x" not in inner else None
        if shape is None or found is None:
            self._learn(inner)
            return None
        row, *held = found.groups()
        if row != str(number) or number > MAX_ROW:
            return None
        strings, shared = self._strings, self._texts.setdefault
        try:
            cells: list[Cell] = [
                shared(text, text)
                if text is not None
                else known[digits]
                if digits is not None
                else index and strings[int(index)]
                for known, digits, text, index in zip(shape.numbers, held[::3], held[1::3], held[2::3], strict=True)
            ]
        except IndexError:
            return None
        return cells if len(cells) == shape.columns[-1] else _spread(cells, shape.columns)

    def _learn(self, inner: str) -> None:
        if len(inner) > _WIDEST or len(self._seen) > _SHAPES:
            return
        cells: tuple[Style, ...] = tuple(_SHAPE(inner))
        self._seen[cells] += 1
        if self._seen[cells] != _OFTEN:
            return
        columns = [COLUMN_NUMBERS.get(letters, 0) for letters, _style in cells]
        if columns and columns == sorted(set(columns)) and columns[0] > 0:
            numbers = [self._known(style) for _letters, style in cells]
            self._shape = _Shape(re.compile(_pattern(cells)).fullmatch, numbers, columns)

    def _known(self, style: str) -> _Numbers:
        if style in self._percent:
            return self._percents
        return self._days if style in self._dates else self._numbers


def _spread(cells: Sequence[Cell], columns: Sequence[int]) -> list[Cell]:
    row: list[Cell] = [None] * columns[-1]
    for column, cell in zip(columns, cells, strict=True):
        row[column - 1] = cell
    return row


def _pattern(cells: Sequence[Style]) -> str:
    parts: list[str] = []
    for letters, style in cells:
        row = r"\1" if parts else "([0-9]++)"
        parts.append(f'<c r="{letters}{row}"' + (f' s="{style}"' if style else "") + _REST)
    return "".join(parts)
