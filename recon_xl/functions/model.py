"""What a worksheet function is: one declaration from which the add-in's wrappers, the docs and the golden list are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PREFIX = "RECON_"
"""Every function's name in Excel begins so: VBA functions cannot have dots, and no built-in function begins so."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument; `is_table` takes a whole range (with its header row), all others a value or a column of values."""

    name: str
    help: str
    is_optional: bool = False
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A documented call and what it gives; `plain` is the same in Excel's own functions, where that can be said."""

    formula: str
    result: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class WorksheetFunction:
    """A function of the grid: `calculate` works on one row of typed values, the caller spreads it over columns."""

    name: str
    help: str
    arguments: tuple[Argument, ...]
    calculate: Callable[..., object]
    examples: tuple[Example, ...]
    doc: str

    @property
    def excel_name(self) -> str:
        """As typed in a cell: `RECON_SELL`."""
        return PREFIX + self.name
