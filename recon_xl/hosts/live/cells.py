"""Excel's own values <-> ours: floats, serial dates, currency and error codes in; numbers, text and formulas out."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from recon_xl.core.cells import Cell, ErrorText, Formula, NumberText, Value
from recon_xl.ooxml.cellxml import number_text, serial

ERROR_CODES = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826242: "#CONNECT!",
    -2146826241: "#BLOCKED!",
    -2146826240: "#UNKNOWN!",
    -2146826239: "#FIELD!",
    -2146826238: "#CALC!",
}
"""What COM hands over for a cell that holds an error (VT_ERROR read as a number); macOS gives the words themselves."""

ERROR_WORDS = frozenset(ERROR_CODES.values())
_EXACT_DIGITS = 15
_PLAIN_WORDS = re.compile(r"[^\W\d_][^\d]*", re.DOTALL).fullmatch
_TAKEN_WORDS = frozenset({"true", "false", *(word.casefold() for word in ERROR_WORDS)})


def cell_of(value: object, *, date1904: bool = False, words_are_errors: bool = False) -> Cell:
    """One value as Excel gives it, as the cell that a saved file would hold.

    `words_are_errors`: on macOS an error comes as its words, and a text of the same words is taken for one as well.
    """
    if isinstance(value, float):
        return NumberText(number_of(value))
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return ErrorText(ERROR_CODES[value]) if value in ERROR_CODES else NumberText(str(value))
    if isinstance(value, Decimal):
        return NumberText(number_text(value))
    if isinstance(value, date):
        return NumberText(serial(value, date1904=date1904))
    text = str(value)
    return ErrorText(text) if words_are_errors and text in ERROR_WORDS else text


class Numbers(dict[Any, NumberText]):
    """Number -> the cell that holds it; each distinct one is spelled once."""

    def __missing__(self, value: float) -> NumberText:
        found = self[value] = NumberText(number_of(value))
        return found


def number_of(value: float) -> str:
    """A number as its shortest exact text: 1000.0 is `1000`, 0.1 is `0.1`."""
    return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)


def entry_of(value: Value, *, date1904: bool = False) -> object:
    """A value as it is handed to Excel, which reads text as if it were typed: what could act or turn is quoted."""
    if isinstance(value, str):
        return quoted_entry(value)
    if value is None:
        return ""
    if isinstance(value, Formula):
        return f"={value.text}"
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return float(serial(value, date1904=date1904))
    text = number_text(value)
    exact = len(text.replace(".", "").strip("-0")) <= _EXACT_DIGITS
    return float(text) if exact else f"'{text}"


def quoted_entry(text: str) -> str:
    """Text behind an apostrophe, which Excel hides, unless it is words that Excel takes for nothing but text.

    `0010`, `1-2`, `TRUE`, `=1+1` and `2026-10` would become a number, a date, a boolean or a formula.
    """
    if not text or (_PLAIN_WORDS(text) and text.casefold() not in _TAKEN_WORDS):
        return text
    return f"'{text}"


def is_blank(value: object) -> bool:
    """True for a cell without content; a formula that gives an empty text is not blank, and shows as text."""
    return value is None or value == ""
