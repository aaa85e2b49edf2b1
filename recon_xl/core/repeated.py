"""A column whose cells repeat: what holds of a cell is worked out once, however often it stands in the column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

from recon_xl.core.cells import Cell

_T = TypeVar("_T")


class Repeated(Sequence[Cell]):
    """Each cell of a column once, in `distinct`, and for every row its place there; two places may hold the same cell."""

    __slots__ = ("distinct", "places")

    def __init__(self, distinct: Sequence[Cell], places: Sequence[int]) -> None:
        self.distinct = distinct
        self.places = places

    def spread(self, found: Sequence[_T]) -> list[_T]:
        """For every row what was found for its cell; `found` is as long as `distinct`."""
        if len(found) == 1:
            return [found[0]] * len(self.places)
        return list(map(found.__getitem__, self.places))

    def below(self, others: Sequence[Cell]) -> Sequence[Cell]:
        """The column with other rows above it."""
        if not others:
            return self
        size = len(self.distinct)
        return Repeated([*self.distinct, *others], [*range(size, size + len(others)), *self.places])

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Cell]:
        return map(self.distinct.__getitem__, self.places)

    @overload
    def __getitem__(self, place: int) -> Cell: ...
    @overload
    def __getitem__(self, place: slice) -> list[Cell]: ...
    def __getitem__(self, place: int | slice) -> Cell | list[Cell]:
        if isinstance(place, slice):
            return [self.distinct[one] for one in self.places[place]]
        return self.distinct[self.places[place]]

    def __repr__(self) -> str:
        return repr(list(self))


def distinct_of(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of a column, each at least once: all of them where it is not known which ones repeat."""
    return cells.distinct if isinstance(cells, Repeated) else cells
