"""Rows that need no closer look: thousands of a table look alike, and one expression proves such a row whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from recon_xl.ooxml.address import COLUMN_NUMBERS, MAX_ROW

_OFTEN = 3000
"""From so many rows of one shape on, an expression of its own is worth its making."""
_UPPER = 200
"""Rows down to here recur from draft to draft, at the same place: they are remembered with their addresses."""
_REMEMBERED = 4096
"""So many of them at most."""
_ROW = "#"
"""Stands for the row number in the form of a row: its cells' addresses and styles."""
_LONGEST = 8192
"""Characters of a row in which no formula and no text can be too long for Excel."""
_CELLS = re.compile(r'<c r="([A-Z]+)([0-9]+)"(?: s="([0-9]+)")?').findall
_INDEXES = re.compile(r' t="s"><v>([0-9]+)</v>').findall
_TEXT = r"[^<&]*+(?:&(?:amp|lt|gt|quot);[^<&]*+)*+"
_NUMBER = r"-?[0-9]++(?:\.[0-9]++)?"
_REST = (
    rf'(?:/>| t="n"/>|><v>{_NUMBER}</v></c>| t="inlineStr"><is><t(?: xml:space="preserve")?>{_TEXT}</t></is></c>'
    r'| t="s"><v>[0-9]++</v></c>'
    rf'| t="str"><f>{_TEXT}</f><v>{_TEXT}</v></c>|><f>{_TEXT}</f><v>{_NUMBER}</v></c>| t="b"><v>[01]</v></c>)'
)
_PLAIN = re.compile(rf'(?:<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+{_REST})*+').fullmatch

_HEADS = re.compile(r'<c r="([A-Z]+[0-9]+"(?: s="[0-9]+")?)').findall

Shape = tuple[tuple[str, str], ...]
"""Column letters and style of each cell of a row."""


class KnownRows:
    """Tells rows in which a close look would find nothing: cells in order, styles that exist, values as Excel has them."""

    def __init__(self, styles: int, strings: int = 0) -> None:
        self._styles = styles
        self._strings = strings
        self._seen: Counter[str] = Counter()
        self._shapes: dict[str, Shape] = {}
        self._form = _ROW
        self._patterns: dict[str, Callable[[str], re.Match[str] | None]] = {}
        self._same: dict[str, int] = {}
        self._heads: dict[tuple[str, ...], int] = {}
        self._last: Callable[[str], re.Match[str] | None] = re.compile("(?!)").fullmatch

    def has(self, number: int, inner: str) -> bool:
        """True for a row that is good for certain; False says only that it must be looked at."""
        known = self._same.get(inner)
        if known is not None:
            return known == number
        is_good = self._is_good_row(number, inner)
        if is_good and number <= _UPPER and len(self._same) < _REMEMBERED:
            self._same[inner] = number
        return is_good

    def _is_good_row(self, number: int, inner: str) -> bool:
        # Excel's own escapes may hide half of a surrogate pair.
        if len(inner) > _LONGEST or "_x" in inner or number > MAX_ROW:
            return False
        if ' t="s"' in inner and any(int(index) >= self._strings for index in _INDEXES(inner)):
            return False
        found = self._last(inner)
        if found is not None:
            return found[1] == str(number)
        if _PLAIN(inner) is None:
            return False
        return self._is_upper(number, inner) if number <= _UPPER else self._is_like(str(number), inner)

    def _is_upper(self, number: int, inner: str) -> bool:
        """As `_is_like`, for a row whose addresses and styles recur."""
        heads = tuple(_HEADS(inner))
        known = self._heads.get(heads)
        if known is not None:
            return known == number
        is_good = self._is_like(str(number), inner)
        if is_good and len(self._heads) < _REMEMBERED:
            self._heads[heads] = number
        return is_good

    def _is_like(self, number: str, inner: str) -> bool:
        """Look at the addresses and styles of a row whose cells are well formed."""
        form = self._form
        if form.replace(_ROW, number) != "|".join(_HEADS(inner)):
            cells = _CELLS(inner)
            shape: Shape = tuple((letters, style) for letters, _row, style in cells)
            form = "|".join(_head(letters, _ROW, style) for letters, style in shape)
            if form not in self._shapes and not self._is_good(shape):
                return False
            self._form, self._shapes[form] = form, shape
            if any(row != number for _letters, row, _style in cells):
                return False
        self._seen[form] += 1
        if self._seen[form] == _OFTEN:
            self._patterns[form] = re.compile(_pattern(self._shapes[form])).fullmatch
        self._last = self._patterns.get(form, self._last)
        return True

    def _is_good(self, shape: Shape) -> bool:
        columns = [COLUMN_NUMBERS.get(letters, 0) for letters, _style in shape]
        styles = (int(style or 0) for _letters, style in shape)
        ordered = all(left < right for left, right in pairwise(columns))
        return bool(columns) and columns[0] > 0 and ordered and all(style < self._styles for style in styles)


def _head(letters: str, row: str, style: str) -> str:
    """Address and style of a cell, as `_HEADS` finds them."""
    return f'{letters}{row}"' + (f' s="{style}"' if style else "")


def _pattern(shape: Shape) -> str:
    cells: list[str] = []
    for letters, style in shape:
        row = r"\1" if cells else "([0-9]++)"
        cells.append(f'<c r="{letters}{row}"' + (f' s="{style}"' if style else "") + _REST)
    return "".join(cells)
