"""Rows of a table held column by column, which takes less room, and no time where a whole column is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import overload

from recon_xl.core.cells import Cell, Value

NumberedRow = tuple[int, list[Cell]]
"""The number of a row on its sheet or in its file, and its cells, one a column."""
_AT_ONCE = 500


class ColumnRows(Sequence[NumberedRow]):
    """Rows in order. A row is made anew each time that it is asked for: what is done to it changes nothing here."""

    __slots__ = ("columns", "numbers")

    def __init__(self, numbers: Sequence[int], columns: Sequence[Sequence[Cell]]) -> None:
        self.numbers = numbers
        self.columns = columns

    @classmethod
    def of(cls, rows: Iterable[NumberedRow], width: int) -> ColumnRows:
        """These rows, each with `width` cells."""
        numbers: list[int] = []
        columns: list[list[Cell]] = [[] for _ in range(width)]
        left = iter(rows)
        while some := list(islice(left, _AT_ONCE)):
            numbers += [number for number, _ in some]
            for column, cells in zip(columns, zip(*[cells for _, cells in some], strict=True), strict=True):
                column.extend(cells)
        return cls(numbers, columns)

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[NumberedRow]:
        cells = map(list, zip(*self.columns, strict=True)) if self.columns else ([] for _ in self.numbers)
        return zip(self.numbers, cells, strict=True)

    @overload
    def __getitem__(self, place: int) -> NumberedRow: ...
    @overload
    def __getitem__(self, place: slice) -> ColumnRows: ...
    def __getitem__(self, place: int | slice) -> NumberedRow | ColumnRows:
        cells = [column[place] for column in self.columns]
        if isinstance(place, slice):
            return ColumnRows(self.numbers[place], cells)  # type: ignore[arg-type]
        return self.numbers[place], cells  # type: ignore[return-value]

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))


class ValueRows(Sequence[Sequence[Value]]):
    """Rows to be written, without numbers, held in the same way."""

    __slots__ = ("columns",)

    def __init__(self, columns: Sequence[Sequence[Value]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def __iter__(self) -> Iterator[Sequence[Value]]:
        return zip(*self.columns, strict=True)

    @overload
    def __getitem__(self, place: int) -> Sequence[Value]: ...
    @overload
    def __getitem__(self, place: slice) -> ValueRows: ...
    def __getitem__(self, place: int | slice) -> Sequence[Value] | ValueRows:
        if isinstance(place, slice):
            return ValueRows([column[place] for column in self.columns])
        return tuple(column[place] for column in self.columns)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(list(self))


def columns_of(rows: Iterable[Sequence[Value]]) -> Sequence[Sequence[Value]]:
    """The columns of rows that are all as wide; none where there are no rows."""
    if isinstance(rows, ValueRows):
        return rows.columns if len(rows) else ()
    return list(zip(*rows, strict=True))


def column_of(rows: Sequence[NumberedRow], place: int) -> Sequence[Cell]:
    """One column, counted from 0; blank in rows that end before it."""
    if isinstance(rows, ColumnRows):
        return rows.columns[place] if place < len(rows.columns) else [None] * len(rows)
    return [cells[place] if place < len(cells) else None for _, cells in rows]


def numbers_of(rows: Sequence[NumberedRow]) -> Sequence[int]:
    """The number of each row."""
    return rows.numbers if isinstance(rows, ColumnRows) else [number for number, _ in rows]
