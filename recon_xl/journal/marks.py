"""Short hashes of what a step wrote: enough to find every cell that was changed since, without keeping the values."""

from __future__ import annotations

import base64
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from recon_xl.contract import Kind
from recon_xl.core.cells import Value
from recon_xl.core.rows import columns_of
from recon_xl.journal.look import Held
from recon_xl.journal.spelling import spelled

_ROW, _COLUMN = 5, 8
"""Bytes of a hash."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Of some columns of a table: a hash for each row, in order, and one for each column."""

    columns: tuple[str, ...]
    rows: tuple[bytes, ...]
    totals: tuple[bytes, ...]

    def packed(self) -> list[object]:
        """For JSON."""
        return [list(self.columns), _letters(b"".join(self.rows)), _letters(b"".join(self.totals))]

    @classmethod
    def unpacked(cls, found: Any) -> Marks:
        """From JSON; ValueError where it is none."""
        columns, rows, totals = found
        return cls(tuple(columns), _cut(rows, _ROW), _cut(totals, _COLUMN))


@dataclass(frozen=True, slots=True)
class Altered:
    """A row that is not as it was written: its place among those given (None: gone), and the columns that may differ.

    `wrote` is its place among the rows as they were written, None for one that the step never wrote.
    """

    place: int | None
    columns: tuple[str, ...]
    wrote: int | None


class Columns:
    """Rows of a table, spelled column by column."""

    def __init__(
        self, names: Sequence[str], kinds: Sequence[Kind], rows: Iterable[Sequence[Value | Held]], *, date1904: bool
    ) -> None:
        self.names = tuple(names)
        columns = columns_of(rows) or [() for _ in names]
        self.columns = [spelled(column, kind, date1904=date1904) for column, kind in zip(columns, kinds, strict=True)]
        texts = map("\x1f".join, zip(*self.columns, strict=True))
        self.rows = tuple([blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_ROW).digest() for text in texts])

    def marks(self, first: int = 0, last: int | None = None) -> Marks:
        """The marks of all rows, or of those from one place up to another."""
        columns = (column if (first, last) == (0, None) else column[first:last] for column in self.columns)
        return Marks(self.names, self.rows[first:last], tuple(_short("\x1e".join(one), _COLUMN) for one in columns))


def altered(marks: Marks, now: Columns) -> list[Altered]:
    """The rows that differ from what was written, wherever they stand now: sorting alone alters nothing."""
    found, missing, surplus = matched(marks, now)
    changed = list(zip(missing, surplus, strict=False))
    order = {wrote: place for wrote, place in enumerate(found) if place is not None} | dict(changed)
    gone = missing[len(changed) :]
    columns = changed_columns(marks, now, [order[wrote] for wrote in sorted(order)]) if not gone else marks.columns
    if not changed and not gone and columns:  # two changes that hide each other's row
        return [Altered(None, columns, None)]
    return [
        *(Altered(place, columns or marks.columns, wrote) for wrote, place in changed),
        *(Altered(None, marks.columns, wrote) for wrote in gone),
        *(Altered(place, marks.columns, None) for place in surplus[len(changed) :]),
    ]


def matched(marks: Marks, now: Columns) -> tuple[list[int | None], list[int], list[int]]:
    """Where each written row stands now, the written rows that are not found, and the rows that nobody wrote."""
    if marks.rows == now.rows:
        return list(range(len(now.rows))), [], []
    places: defaultdict[bytes, deque[int]] = defaultdict(deque)
    for place, row in enumerate(now.rows):
        places[row].append(place)
    found = [places[row].popleft() if places.get(row) else None for row in marks.rows]
    missing = [wrote for wrote, place in enumerate(found) if place is None]
    return found, missing, sorted(place for left in places.values() for place in left)


def changed_columns(marks: Marks, now: Columns, order: Sequence[int]) -> tuple[str, ...]:
    """The columns whose cells, in the order in which they were written, are others now."""
    same = list(order) == list(range(len(now.rows)))
    columns = now.columns if same else [[column[place] for place in order] for column in now.columns]
    totals = (_short("\x1e".join(column), _COLUMN) for column in columns)
    return tuple(
        name for name, before, after in zip(marks.columns, marks.totals, totals, strict=True) if before != after
    )


@lru_cache(maxsize=2048)
def short(text: str) -> str:
    """A hash of a single cell, as letters; the heads of draft tabs have most of their cells alike."""
    return _short(text, _ROW).hex()


def _short(text: str, size: int) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def _letters(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _cut(letters: str, size: int) -> tuple[bytes, ...]:
    data = base64.b64decode(letters, validate=True)
    return tuple(data[first : first + size] for first in range(0, len(data), size))
