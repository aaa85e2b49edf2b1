"""Rows that need no closer look: one expression proves thousands of them at once.

A run of rows is proved in three steps: every row and cell is well formed and stands at the row's own number; rows and
cells ascend; every style exists. In a long table, where all rows look alike, an expression of its own does all three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import ge
from typing import NamedTuple

from recon_xl.ooxml.address import COLUMN_NUMBERS, MAX_ROW
from recon_xl.ooxml.rawxml import one_row

_OFTEN = 1_000
"""From so many rows of a sheet on, an expression of its own for rows like the last one is worth its making."""
_ABSENT = 1 << 20
"""The place of a cell that no sheet has: in a column beyond the last, or in a style that does not exist."""
# Pieces of a thousand characters, eight at most: neither a formula nor a text that is too long for Excel fits in.
_TEXT = r"[^<&]{0,1000}+(?:&(?:amp|lt|gt|quot);[^<&]{0,1000}+){0,7}+"
_NUMBER = r"-?[0-9]++(?:\.[0-9]++)?"
_NUMBER_CELL = f"><v>{_NUMBER}</v></c>"
_TEXT_CELL = f' t="inlineStr"><is><t(?: xml:space="preserve")?>{_TEXT}</t></is></c>'
CELL_REST = (
    rf'(?:/>| t="n"/>|{_NUMBER_CELL}|{_TEXT_CELL}'
    rf'| t="str"><f>{_TEXT}</f><v>{_TEXT}</v></c>|><f>{_TEXT}</f><v>{_NUMBER}</v></c>| t="b"><v>[01]</v></c>)'
)
"""A good cell from its style on, by itself: not one that needs the list of shared texts."""
_REST = rf'(?:{CELL_REST}| t="s"><v>[0-9]++</v></c>)'
_MOST = f"(?:{_TEXT_CELL}|{_NUMBER_CELL}|/>)"
"""What most columns hold."""
_ROW_START = r'<row(?: (?!r=)[A-Za-z:]++="[^"<>]*+")*+ r="([1-9][0-9]{0,6}+)"[^<>]*+'
_RUN = re.compile(rf'(?:{_ROW_START}(?<!/)>(?:<c r="[A-Z]++\1"(?: s="[0-9]++")?+{_REST})*+</row>)*+').match
_NUMBERS = re.compile(r'<row (?:[^<>]*? )?r="([0-9]++)"').findall
_PLACES = re.compile(r'<(?:c r="([A-Z]++)[0-9]++"(?: s="([0-9]++)")?|row )').findall
_CELLS = re.compile(r'<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?(><v>| t="inlineStr">)?').findall
_INDEXES = re.compile(r' t="s"><v>([0-9]+)</v>').findall

Shape = tuple[tuple[str, str, str], ...]
"""Column letters and style of each cell of a row, and how it goes on where it is a plain text or number."""
Match = Callable[[str, int], re.Match[str] | None]


class _Columns(dict[tuple[str, str], int]):
    """Column letters and style of a cell -> its place in the row; 0 stands for the row itself."""

    def __init__(self, styles: Callable[[], int]) -> None:
        super().__init__({("", ""): 0})
        self._styles = styles

    def __missing__(self, cell: tuple[str, str]) -> int:
        letters, style = cell
        is_good = letters in COLUMN_NUMBERS and int(style or 0) < self._styles()
        self[cell] = place = COLUMN_NUMBERS[letters] if is_good else _ABSENT
        return place


class Run(NamedTuple):
    """Where a run of good rows ends, the number of its last row, and up to where each row must be looked at, one at least."""

    end: int
    last: int
    closely: int


class GoodRows:
    """Tells runs of rows in which a close look would find nothing: cells in order, styles that exist, values as Excel has them.

    `styles` and `strings` say how many cell formats and shared strings the workbook has at the time.
    """

    def __init__(self, styles: Callable[[], int], strings: Callable[[], int]) -> None:
        self.styles, self._strings = styles, strings
        self._columns = _Columns(styles)
        self._alike: dict[Shape, Match] = {}
        self._last: Match | None = None
        self._seen = 0

    def begin(self) -> None:
        """Another sheet follows: its rows look otherwise."""
        self._last, self._seen = None, 0

    def run(self, text: str, start: int, previous: int) -> Run:
        """The run of good rows that begins at `start`; `text` holds whole rows, the last row before them is `previous`."""
        end, previous = self._run_alike(text, start, previous)
        found = _RUN(text, end)
        if found is None or found.end() == end:
            return Run(end, previous, end)
        stop = _before_escape(text, end, found.end())
        numbers = self._proved(text[end:stop], previous)
        if not numbers:
            return Run(end, previous, stop)
        self._learn(text, stop, len(numbers))
        return Run(stop, numbers[-1], stop)

    def _run_alike(self, text: str, start: int, previous: int) -> tuple[int, int]:
        """The same for rows that all look like one that was seen before."""
        found = self._last(text, start) if self._last else None
        if found is None or found.end() == start:
            return start, previous
        stop = _before_escape(text, start, found.end())
        run = text[start:stop]
        numbers = self._ascending(run, previous)
        return (stop, numbers[-1]) if numbers and self._has_strings(run) else (start, previous)

    def _proved(self, run: str, previous: int) -> list[int]:
        """The row numbers of a run of well formed rows in which all is good; none where something is not."""
        places = list(map(self._columns.__getitem__, _PLACES(run)))
        following = places[1:]
        # What does not ascend must be the beginning of a row.
        ascend = sum(map(ge, places, following)) == following.count(0)
        is_good = ascend and _ABSENT not in places and self._has_strings(run)
        return self._ascending(run, previous) if is_good else []

    def _ascending(self, run: str, previous: int) -> list[int]:
        numbers = list(map(int, _NUMBERS(run)))
        ascend = not any(map(ge, [previous, *numbers], numbers))
        return numbers if numbers and ascend and numbers[-1] <= MAX_ROW else []

    def _has_strings(self, run: str) -> bool:
        return ' t="s"' not in run or max(map(int, _INDEXES(run)), default=-1) < self._strings()

    def _learn(self, text: str, end: int, rows: int) -> None:
        """Make an expression for rows like the last good one, once there have been many of them."""
        self._seen += rows
        if self._seen < _OFTEN:
            return
        self._seen = 0
        shape: Shape = tuple(_CELLS(text, text.rfind("<row", 0, end), end))
        if shape not in self._alike:
            self._alike[shape] = re.compile(_pattern(shape)).match
        self._last = self._alike[shape]


class RowLook:
    """Goes through the rows of one sheet; `previous` is the number of the last one. Rows down to `headers` are all looked at."""

    def __init__(self, known: GoodRows, previous: int = 0, headers: int = 0) -> None:
        self.previous = previous
        self._known = known
        self._headers = headers
        known.begin()

    def doubtful(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Number of the row before, number and inner XML of each row of the next ones that is not good for certain."""
        end = closely = 0
        while end < len(text):
            if end >= closely and self.previous >= self._headers:
                end, self.previous, closely = self._known.run(text, end, self.previous)
                if end == len(text):
                    break
            number, inner, end = one_row(text, end, self.previous)
            if inner:
                yield self.previous, number, inner
            self.previous = number


def _before_escape(text: str, start: int, end: int) -> int:
    """The end of the rows before Excel's own escapes, which may hide half of a surrogate pair."""
    escape = text.find("_x", start, end)
    return end if escape < 0 else max(text.rfind("<row", start, escape), start)


def _pattern(shape: Shape) -> str:
    cells = (
        f'<c r="{letters}\\1"' + (f' s="{style}"' if style else "") + (_MOST if plain else _REST)
        for letters, style, plain in shape
    )
    return f"(?:{_ROW_START}(?<!/)>{''.join(cells)}</row>)*+"
