"""What a case is: how to build the file, and the one outcome it must have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Row = Mapping[str, str | None]
"""Contract column -> literal: amounts as plain digits, dates as YYYY-MM-DD, None for a blank."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that must be named as unreadable, by fragments of what is said about it."""

    where: str
    found: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """The rows that must stand in the table afterwards; `cells` are named as unreadable, `says` are told in notes.

    Without `cells` the exit code is 0, with them 1, and the value of such a cell is None.
    """

    rows: tuple[Row, ...]
    table: str = "Billed Lines"
    says: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def title(self) -> str:
        """For a reader."""
        bad = "".join(f"; {cell.where}: {cell.found}" for cell in self.cells)
        return f"{len(self.rows)} rows of {self.table}{bad}"


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing is written, exit code 2; fragments of the four sentences."""

    where: str
    found: str
    expected: str
    todo: str

    @property
    def title(self) -> str:
        """For a reader."""
        return f"refused: {self.found} {self.todo}"


@dataclass(frozen=True, slots=True)
class Case:
    """One untidy file. `file_locale` is the setting in the workbook, `options` those of the import."""

    name: str
    title: str
    content: Callable[[], bytes]
    outcome: Read | Refused
    file_locale: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
