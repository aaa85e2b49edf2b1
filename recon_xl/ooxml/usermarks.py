"""What a user does to whole rows and single cells of a table beside typing: colours, formats, hidden rows, heights."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recon_xl.ooxml.address import COLUMN_NUMBERS
from recon_xl.ooxml.styles import CellStyles

_CELLS = re.compile(r'<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?')
_OTHER_CELLS = re.compile(r"<c\s([^>]*)")
_REF = re.compile(r'\br="([A-Z]+)[0-9]+"')
_STYLE = re.compile(r'\bs="([0-9]+)"')
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_FALSE = ("", "0", "false")

_SEVERAL = 4
"""Cells of a column that look alike because the user wanted the whole column so."""

Looks = tuple[tuple[str, str], ...]
"""Column letters and style id of each cell of a row."""


def looks_of(inner: str) -> Looks:
    """Column letters and style id (empty for none) of each cell of a row."""
    found = _CELLS.findall(inner)
    if len(found) == inner.count("<c "):
        return tuple(found)
    looks = []
    for attrs in _OTHER_CELLS.findall(inner):
        ref, style = _REF.search(attrs), _STYLE.search(attrs)
        if ref:
            looks.append((ref[1], style[1] if style else ""))
    return tuple(looks)


@dataclass(frozen=True, slots=True)
class TableLooks:
    """The data rows of a table by what they look like, and the style that each column's cells have as a rule."""

    rows: Mapping[Looks, list[int]]
    usual: Mapping[int, str]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Looks]], column_styles: Mapping[int, str], styles: CellStyles) -> TableLooks:
        """From number and looks of the data rows.

        Usual is the style of the whole column; but what all of several cells look like is how the user wants the column,
        and where it has no style of its own, what most of them look like.
        """
        found: defaultdict[Looks, list[int]] = defaultdict(list)
        for number, looks in rows:
            found[looks].append(number)
        counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for looks, numbers in found.items():
            for letters, style in looks:
                counts[COLUMN_NUMBERS.get(letters, 0)][style] += len(numbers)
        usual = dict(column_styles)
        for column, seen in counts.items():
            most = seen.most_common(1)[0][0]
            agreed = len({styles.look(style) for style in seen}) == 1 and sum(seen.values()) >= _SEVERAL
            if agreed or column not in column_styles:
                usual[column] = most
        return cls(found, usual)

    def coloured(self, first: int, last: int, styles: CellStyles) -> dict[int, dict[int, str]]:
        """Row -> column -> style id, where a cell in columns `first` to `last` looks other than the rest of its column."""
        marks: dict[int, dict[int, str]] = {}
        for looks, numbers in self.rows.items():
            other = {}
            for letters, style in looks:
                column = COLUMN_NUMBERS.get(letters, 0)
                usual = self.usual.get(column, "")
                if first <= column <= last and style != usual and styles.look(style) != styles.look(usual):
                    other[column] = style or "0"
            if other:
                marks |= dict.fromkeys(numbers, other)
        return marks


def users_row_attributes(attrs: str) -> str:
    """What a user set on a whole row: hidden, a height of their own, a format, a level of grouping."""
    if not attrs:
        return ""
    given = dict(_ATTRIBUTE.findall(attrs))
    kept = {name: given[name] for name in ("hidden", "outlineLevel", "collapsed") if given.get(name, "") not in _FALSE}
    if given.get("customHeight", "") not in _FALSE and "ht" in given:
        kept |= {"ht": given["ht"], "customHeight": "1"}
    if given.get("customFormat", "") not in _FALSE and "s" in given:
        kept |= {"s": given["s"], "customFormat": "1"}
    return "".join(f' {name}="{value}"' for name, value in kept.items())
