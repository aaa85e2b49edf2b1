"""What a worksheet function is: one declaration from which the add-in's wrappers, the docs and the golden list are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

PREFIX = "RECON_"
"""Every function's name in Excel begins so: VBA functions cannot have dots, and no built-in function begins so."""


class Takes(StrEnum):
    """What a cell of an argument may hold, in the words of the reference page."""

    NUMBER = "number"
    PERCENT = "percentage"  # 20% or 0.2, as a percent cell holds it
    DATE = "date"
    TIME = "date and time"
    TEXT = "text"
    CURRENCY = "currency code"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: a value or a column of values, unless it is taken as a whole.

    `is_table` takes a range with its header row, `is_column` a whole column of a list; both are read once a call.
    An optional argument that is left out is `default`. `choices` are the words that it may be, in any case.
    """

    name: str
    help: str
    is_optional: bool = False
    is_table: bool = False
    takes: Takes = Takes.NUMBER
    choices: tuple[str, ...] = ()
    default: Decimal | str | None = None
    is_column: bool = False

    @property
    def is_whole(self) -> bool:
        """True where the argument is one thing for the whole call, and never spread over rows."""
        return self.is_table or self.is_column


@dataclass(frozen=True, slots=True)
class Example:
    """A documented call and what it gives; `plain` is the same in Excel's own functions, where that can be said."""

    formula: str
    result: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class WorksheetFunction:
    """A function of the grid: `calculate` works on one row of typed values, the caller spreads it over columns.

    `prepare` turns the whole arguments (tables, columns) into what answers every row; it is called once, and its
    result is the last thing handed to `calculate`.
    """

    name: str
    help: str
    arguments: tuple[Argument, ...]
    calculate: Callable[..., object]
    examples: tuple[Example, ...]
    doc: str
    prepare: Callable[..., object] | None = None

    @property
    def excel_name(self) -> str:
        """As typed in a cell: `RECON_SELL`."""
        return PREFIX + self.name

    @property
    def signature(self) -> str:
        """Name and arguments in order, optional ones in brackets: a file format, kept in a golden list."""
        names = (f"[{one.name}]" if one.is_optional else one.name for one in self.arguments)
        return f"{self.excel_name}({', '.join(names)})"
