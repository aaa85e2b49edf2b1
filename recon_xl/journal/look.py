"""What the journal asks of a host: cells as they stand, with their formulas."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from recon_xl.core.cells import Cell, ErrorText, Formula, NumberText, Value, in_15_digits

Held = Cell | Formula
"""What a cell holds: a constant as stored, or a formula with the value that it shows."""
Grid = Mapping[tuple[int, int], Held]
"""The cells of a tab that hold something, by row and column from 1."""


@dataclass(frozen=True, slots=True)
class TableState:
    """A table as it stands: headers, and each row that holds something with its number on the sheet.

    `view` spells how the user has sorted and filtered it, blank where not at all; `hidden` are the numbers of rows that are
    not shown.
    """

    sheet: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Held]]]
    view: str = ""
    hidden: frozenset[int] = frozenset()


def shown_by(cell: Cell) -> Value:
    """What a formula shows, as it is kept beside the formula; one that was never calculated shows nothing."""
    if isinstance(cell, NumberText):
        return in_15_digits(cell)
    return None if isinstance(cell, ErrorText) else cell


class Look(Protocol):
    """A host's eye: reads from the workbook that a change set is about to be written into."""

    def table(self, name: str) -> TableState | None:
        """A contract table, None where the workbook has none of that name."""

    def cells(self, sheet: str, addresses: Collection[str]) -> Mapping[str, Held]:
        """Single cells by address; blank ones are None."""

    def tab(self, name: str) -> Grid | None:
        """A draft tab of ours, None where there is none of that name."""
