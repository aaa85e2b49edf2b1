"""What a cell can hold, on the way in and on the way out.

In: a `Cell` keeps the exact stored text of a number, so that nothing is lost before a
column's type is known. Out: a `Value` is what a result writes; a `Formula` carries the
engine's own figure beside it, so that a viewer that does not calculate shows the truth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


class NumberText(str):
    """A number as stored in the file, not yet parsed: `NumberText("0.10000000000000001")`."""

    __slots__ = ()


class PercentText(NumberText):
    """A number stored in a cell that Excel shows as a percentage: 0.025 is read as 2.5."""

    __slots__ = ()


class DateText(NumberText):
    """A day number stored in a cell that Excel shows as a date; told apart only where a file is brought in."""

    __slots__ = ()


class ErrorText(str):
    """An Excel error such as `#N/A`; `#NOVALUE` is a formula that was never calculated. Never a blank, never 0."""

    __slots__ = ()


Cell = str | bool | None
"""Text, `NumberText`, `PercentText`, `DateText`, `ErrorText`, a boolean, or None for an empty cell."""


def in_15_digits(number: NumberText) -> Decimal:
    """A stored number as Excel shows it: a save by Excel may write 17 digits, of which it vouches for 15.

    >>> in_15_digits(NumberText("0.10000000000000001")), in_15_digits(NumberText("232"))
    (Decimal('0.1'), Decimal('232'))
    """
    exact = Decimal(number)
    if len(exact.as_tuple().digits) <= 15:
        return exact
    return Decimal(f"{exact:.15g}").normalize()


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula (without `=`) and the value that the engine computed for it."""

    text: str
    cached: Value = None


Value = str | bool | int | Decimal | date | datetime | Formula | None
"""What can be written into a cell. There is no float: amounts are Decimal, counts are int."""
