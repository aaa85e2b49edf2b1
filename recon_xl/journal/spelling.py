"""One spelling for a cell, whether it is about to be written or was read back: the same before and after a save by Excel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from recon_xl.contract import Kind
from recon_xl.core.cells import DateText, ErrorText, Formula, NumberText, PercentText, Value
from recon_xl.core.money import percent
from recon_xl.intake.apply import stored_cell
from recon_xl.journal.look import Held

_NUMBERS = frozenset({Decimal, int, NumberText, PercentText, DateText})
_TEXTS = frozenset({str, type(None)})
_MARK = "\x01"
"""Begins what is no text: no text of a workbook holds this character."""
_THIS_ROW = re.compile(r"[\w.]*\[(?:\[#This Row\],\[([^\]]*)\]|@\[?([^\]]*)\]?)\]", re.IGNORECASE)


def spelled(values: Sequence[Value | Held], kind: Kind = Kind.TEXT, *, date1904: bool = False) -> list[str]:
    """The values of a column as texts that are equal where the cells are; each distinct number is worked out once."""
    if _TEXTS.issuperset(map(type, values)):
        return [value or "" for value in values]  # type: ignore[misc]
    known: dict[str, str] = {}
    texts: list[str] = []
    for value in values:
        if value is None:
            texts.append("")
        elif type(value) in _NUMBERS:
            key = str(value)
            if key not in known:
                known[key] = _number(value, kind)  # type: ignore[arg-type]
            texts.append(known[key])
        else:
            texts.append(_other(value, date1904))
    return texts


def spell(value: Value | Held, *, date1904: bool = False) -> str:
    """One cell outside any table."""
    return spelled([value], date1904=date1904)[0]


def _number(value: Decimal | int | NumberText, kind: Kind) -> str:
    if isinstance(value, NumberText):
        return _digits(value, kind)
    cell = stored_cell(percent(value) if kind is Kind.PERCENT and isinstance(value, Decimal) else value)
    return _digits(cell, kind) if isinstance(cell, NumberText) else str(cell)


def _digits(text: str, kind: Kind) -> str:
    """Excel keeps 15 digits; a stored sum of money may be off by a hair after a recalculation."""
    number = float(text)
    if kind is Kind.MONEY:
        number = round(number, 6)
    return f"{_MARK}{number or 0.0:.15g}"


def _other(value: Value | Held, date1904: bool) -> str:
    if isinstance(value, bool):
        return f"{_MARK}{value}"
    if isinstance(value, Formula):
        return f"{_MARK}={_plain(value.text)}"
    if isinstance(value, ErrorText):
        return f"{_MARK}!{value}"
    return _digits(str(stored_cell(value, date1904=date1904)), Kind.DATE) if isinstance(value, date) else str(value)


def _plain(formula: str) -> str:
    """A formula as Excel and a file both spell it: this row's cell as [@Column], without the prefix of newer functions."""
    short: Callable[[re.Match[str]], str] = lambda match: f"[@{match[1] or match[2]}]"  # noqa: E731
    return _THIS_ROW.sub(short, formula.replace("_xlfn.", "")).replace(" ", "").casefold()
