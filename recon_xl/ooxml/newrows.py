"""The rows that a table shall hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from recon_xl.core.cells import Value


@dataclass(frozen=True, slots=True)
class NewRows:
    """What a table shall hold: one sequence of values a row, in the order of `columns`; heights in points or none.

    What the user added follows the values of the `key` columns; `kept` says it outright, by place of a row: the sheet row
    that it continues. The cells of `theirs`, columns that the user fills, stay as they are where they hold that value.
    Rows that continue none are not shown where their place is among `hidden`; where `is_as_it_stood` that holds for all
    rows, and no sort or filter is repeated.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    key: tuple[str, ...] = ()
    totals: Mapping[str, Value] = field(default_factory=dict)
    heights: Sequence[float | None] = ()
    kept: Mapping[int, int] = field(default_factory=dict)
    theirs: frozenset[str] = frozenset()
    hidden: frozenset[int] = frozenset()
    is_as_it_stood: bool = False

    def row_attributes(self, place: int) -> str:
        """The height of a row as Excel stores it; not custom, so that Excel goes on fitting the row."""
        height = self.heights[place] if self.heights else None
        return "" if height is None else f' ht="{height:g}"'

    def in_order(self, order: Sequence[int]) -> NewRows:
        """The same rows in another order, by their places."""
        rows, heights = [self.rows[place] for place in order], [self.heights[place] for place in order if self.heights]
        kept = {place: self.kept[old] for place, old in enumerate(order) if old in self.kept}
        hidden = frozenset(place for place, old in enumerate(order) if old in self.hidden)
        return replace(self, rows=rows, heights=heights, kept=kept, hidden=hidden)
