"""Cells become typed values and results become cells: exact Decimals inside, Excel's own types at the edge.

Nothing is guessed: a number is a number cell or its plain digits as text, a percentage a percent cell or text with
its sign, a date a date cell or ISO text. An empty cell is not 0. What cannot be read is an error value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from recon_xl.core.cells import ErrorText, NumberText
from recon_xl.core.money import percent
from recon_xl.functions.errors import NA, NUM, VALUE, CellFault, error_of
from recon_xl.functions.model import Argument, Takes
from recon_xl.intake.amounts import stored_number
from recon_xl.intake.dates import moment_of, moment_of_serial
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.texts import plain_number, strip_text
from recon_xl.ooxml.cellxml import serial

Typed = Decimal | date | datetime | str | bool | None

_PLAIN_DIGITS = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?").fullmatch
_PERCENT_TEXT = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*%").fullmatch
_CURRENCY_CODE = re.compile(r"[A-Z]{3}").fullmatch
_WHOLE_ID = 10**15
_KNOWN = 65_536
"""Distinct cells kept with their reading: columns repeat a few prices, dates and words."""


def is_empty(cell: object) -> bool:
    """True for an empty cell, and for text without a character that shows."""
    return cell is None or (isinstance(cell, str) and not strip_text(cell))


def typed(argument: Argument, cell: object) -> Typed | ErrorText:
    """The value of one cell: the default of an optional argument that is empty, or an error value."""
    error = error_of(cell)
    if error is not None:
        return error
    if is_empty(cell):
        return argument.default if argument.is_optional else NA
    if type(cell) is float:
        return _number_cell(argument, cell)
    return _other_cell(argument, cell)


@lru_cache(_KNOWN)
def _number_cell(argument: Argument, cell: float) -> Typed | ErrorText:
    return _read(argument, NumberText(repr(cell)))


def _other_cell(argument: Argument, cell: object) -> Typed | ErrorText:
    if isinstance(cell, bool):
        return VALUE
    if isinstance(cell, str):
        return _text_cell(argument, str.__str__(cell))
    if isinstance(cell, int | Decimal):
        return _read(argument, NumberText(f"{cell:f}" if isinstance(cell, Decimal) else str(cell)))
    if isinstance(cell, date) and argument.takes in (Takes.DATE, Takes.TIME):
        return _read(argument, cell.isoformat())
    return VALUE


@lru_cache(_KNOWN)
def _text_cell(argument: Argument, cell: str) -> Typed | ErrorText:
    return _read(argument, strip_text(cell))


def _read(argument: Argument, cell: str) -> Typed | ErrorText:
    try:
        value = _READERS[argument.takes](cell)
        return _chosen(argument, value) if argument.choices and isinstance(value, str) else value
    except CellProblem:
        # A number that is no date, or a size beyond any price, is a number out of range; the rest is of the wrong type.
        return NUM if isinstance(cell, NumberText) else VALUE
    except CellFault as fault:
        return fault.error


def _chosen(argument: Argument, text: str) -> str:
    for choice in argument.choices:
        if choice.casefold() == " ".join(text.casefold().split()):
            return choice
    raise CellFault(VALUE)


def _number(cell: str) -> Decimal:
    if isinstance(cell, NumberText):
        return stored_number(cell)
    if not _PLAIN_DIGITS(cell):
        raise CellFault(VALUE)
    return Decimal(cell)


def _percent(cell: str) -> Decimal:
    if isinstance(cell, NumberText):
        return stored_number(cell)
    matched = _PERCENT_TEXT(cell)
    if matched is None:
        raise CellFault(VALUE)
    return percent(Decimal(matched[1]))


def _time(cell: str) -> datetime:
    return moment_of_serial(cell) if isinstance(cell, NumberText) else moment_of(cell, "iso")


def _date(cell: str) -> date:
    return _time(cell).date()


def _text(cell: str) -> str:
    if not isinstance(cell, NumberText):
        return cell
    number = stored_number(cell)
    if abs(number) >= _WHOLE_ID:
        raise CellFault(NUM)  # an id of more digits has lost its last ones as a number, and would find the wrong row
    return plain_number(number)


def _currency(cell: str) -> str:
    code = cell.upper()
    if isinstance(cell, NumberText) or not _CURRENCY_CODE(code):
        raise CellFault(VALUE)
    return code


_READERS: dict[Takes, Callable[[str], Typed]] = {
    Takes.NUMBER: _number,
    Takes.PERCENT: _percent,
    Takes.DATE: _date,
    Takes.TIME: _time,
    Takes.TEXT: _text,
    Takes.CURRENCY: _currency,
}


def grid_value(value: object) -> float | str | bool:
    """A result as a cell holds it: amounts as numbers of 15 digits, dates as serial numbers, nothing as empty text."""
    if isinstance(value, bool | str):
        return value
    if value is None:
        return ""
    number = float(serial(value)) if isinstance(value, date) else float(value)  # type: ignore[arg-type]
    return (number or 0.0) if math.isfinite(number) else NUM  # there is no -0 on a sheet
