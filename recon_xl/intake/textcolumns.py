"""The columns of a text file as they come in, some rows at a time; those of which texts repeat hold each text once."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.core.cells import Cell
from recon_xl.core.repeated import Repeated
from recon_xl.core.rows import ColumnRows

_MANY = 1_000
"""So many different texts of a column are remembered, whether or not they repeat: the rows of one customer stand together."""


class TextColumns:
    """Rows of one width. `longest` is the length of the longest text among them."""

    def __init__(self, width: int) -> None:
        self.longest = 0
        self._numbers: list[int] = []
        self._columns = [_Column() for _ in range(width)]

    def rows(self) -> ColumnRows:
        """All that was added."""
        return ColumnRows(self._numbers, [column.cells() for column in self._columns])

    def add(self, numbers: Sequence[int], records: Sequence[Sequence[str]]) -> bool:
        """Rows with their numbers; False, and nothing is added, where one of them is wider or narrower than the others."""
        if {*map(len, records)} != {len(self._columns)}:
            return False
        self._numbers += numbers
        columns = zip(self._columns, zip(*records, strict=True), strict=True)
        self.longest = max(self.longest, *(column.add(texts) for column, texts in columns))
        return True


class _Places(dict[str, int]):
    """Text -> its place among the texts that were seen."""

    def __missing__(self, text: str) -> int:
        place = self[text] = len(self)
        return place


class _Column:
    __slots__ = ("_known", "_places", "_shared", "_texts")

    def __init__(self) -> None:
        self._known = _Places()
        self._places: list[int] = []
        self._texts: list[str] | None = None
        """All texts of a column of which most come once: to number them would cost more than it saves."""
        self._shared: dict[str, str] = {}
        """Its texts, so that those that do repeat are one object."""

    def cells(self) -> Sequence[Cell]:
        return Repeated([*self._known], self._places) if self._texts is None else self._texts

    def add(self, texts: tuple[str, ...]) -> int:
        """Append some texts; the length of the longest."""
        first = texts[0]
        if self._texts is not None:
            self._texts += map(self._shared.setdefault, texts, texts)
        elif texts == (first,) * len(texts):
            self._places += [self._known[first]] * len(texts)
            return len(first)
        else:
            self._places += map(self._known.__getitem__, texts)
            if len(self._known) > _MANY and 2 * len(self._known) > len(self._places):
                known = [*self._known]
                self._texts = [known[place] for place in self._places]
                self._shared = dict(zip(known, known, strict=True))
        return max(map(len, texts))
