"""The columns of a text file as they come in, some rows at a time: of a column that repeats itself equal texts are one object."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from recon_xl.core.cells import Cell
from recon_xl.core.rows import ColumnRows


class TextColumns:
    """Rows of one width. `longest` is the length of the longest text among them."""

    def __init__(self, width: int) -> None:
        self.longest = 0
        self._numbers: list[int] = []
        self._columns = [_Column() for _ in range(width)]

    def rows(self) -> ColumnRows:
        """All that was added."""
        return ColumnRows(self._numbers, [column.cells for column in self._columns])

    def add(self, numbers: Sequence[int], records: Sequence[Sequence[str]]) -> bool:
        """Rows with their numbers; False, and nothing is added, where one of them is wider or narrower than the others."""
        if {*map(len, records)} != {len(self._columns)}:
            return False
        self._numbers += numbers
        columns = zip(self._columns, zip(*records, strict=True), strict=True)
        self.longest = max(self.longest, *(column.add(texts) for column, texts in columns))
        return True


class _Column:
    __slots__ = ("cells", "known")

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.known: dict[str, str] | None = {}
        """Each text that was seen; None for a column of which most texts come once: to look for them costs more than it saves."""

    def add(self, texts: tuple[str, ...]) -> int:
        """Append some texts; the length of the longest."""
        first = texts[0]
        if texts == (first,) * len(texts):
            self.cells += repeat(first if self.known is None else self.known.setdefault(first, first), len(texts))
            return len(first)
        if self.known is None:
            self.cells += texts
        else:
            self.cells += map(self.known.setdefault, texts, texts)
            if 2 * len(self.known) > len(self.cells):
                self.known = None
        return max(map(len, texts))
