"""Values of the contract as a cell holds them, in a file and in Excel alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import overload

from recon_xl.contract import Kind, Table
from recon_xl.core.cells import Value
from recon_xl.core.money import percent


def stored(declared: Table, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Sequence[Sequence[Value]]:
    """Percentages are per cent in the contract (20) and fractions in a percent-formatted cell (0.2)."""
    known = {one.name for one in declared.columns if one.kind is Kind.PERCENT}  # a column of the user's is as it is
    places = {place for place, name in enumerate(columns) if name in known}
    if not places:
        return rows
    return _Stored(rows, places)


class _Stored(Sequence[Sequence[Value]]):
    """The rows with these columns as fractions, each row made when it is asked for."""

    def __init__(self, rows: Sequence[Sequence[Value]], places: set[int]) -> None:
        self._rows = rows
        self._places = places

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Sequence[Value]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Value]]: ...
    def __getitem__(self, place: int | slice) -> Sequence[Value] | Sequence[Sequence[Value]]:
        if isinstance(place, slice):
            return _Stored(self._rows[place], self._places)
        return self._as_stored(self._rows[place])

    def __iter__(self) -> Iterator[Sequence[Value]]:
        return map(self._as_stored, self._rows)

    def _as_stored(self, row: Sequence[Value]) -> Sequence[Value]:
        cells = list(row)
        for place in self._places:
            value = cells[place]
            if isinstance(value, Decimal):
                cells[place] = percent(value).normalize()  # 18 decimals of the ledger say no more than none
        return cells
