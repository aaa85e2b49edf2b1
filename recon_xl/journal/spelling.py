"""One spelling for a cell, whether it is about to be written or was read back: the same before and after a save by Excel."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Set
from datetime import date
from decimal import Decimal
from typing import cast

from recon_xl.contract import Kind
from recon_xl.core.cells import DateText, ErrorText, Formula, NumberText, PercentText, Value
from recon_xl.core.money import percent
from recon_xl.intake.apply import stored_cell
from recon_xl.journal.look import Held

_NUMBERS = frozenset({Decimal, int, NumberText, PercentText, DateText})
_STORED = frozenset({NumberText, PercentText, DateText, ErrorText})
"""Kinds of text that Python takes for equal to the same plain text."""
_TEXTS = frozenset({str, type(None)})
_MARK = "\x01"
"""Begins what is no text: no text of a workbook holds this character."""
_DIGITS = r"(?:-?(?:(?=[^\n]{{1,15}}(?:\n|$))[1-9][0-9]*(?:\.[0-9]{{1,{0}}})?|0\.0{{0,3}}[1-9][0-9]{{0,{1}}})|0(?:\.0{{1,13}})?)"
"""A number that needs no reckoning: its digits without the zeros at the end are its spelling."""
_CENTS, _EXACT = _DIGITS.format(6, 2), _DIGITS.format(14, 14)
_is_cents, _is_exact = (re.compile(one).fullmatch for one in (_CENTS, _EXACT))
_ALL_CENTS, _ALL_EXACT = (re.compile(rf"(?:{one}\n)+").fullmatch for one in (_CENTS, _EXACT))
_PLAIN_KINDS = frozenset({Decimal, int, NumberText, PercentText, DateText, type(None)})
_OURS = frozenset({Decimal, int, type(None)})
_are_digits = re.compile(r"[-.0-9\n]+").fullmatch
_has_hair = re.compile(r"\.[0-9]{7}").search
_is_signed_nothing = re.compile(r"-0\.0+\n").search
_EXACT_DIGITS = 15
_TOO_LARGE = 10**_EXACT_DIGITS
_THIS_ROW = re.compile(r"[\w.]*\[(?:\[#This Row\],\[([^\]]*)\]|@\[?([^\]]*)\]?)\]", re.IGNORECASE)


def spelled(values: Sequence[Value | Held], kind: Kind = Kind.TEXT, *, date1904: bool = False) -> list[str]:
    """The values of a column as texts that are equal where the cells are; each distinct one is worked out once."""
    types = set(map(type, values))
    if types <= _TEXTS:
        texts = cast("Sequence[str | None]", values)
        return [text or "" for text in texts] if None in texts else cast("list[str]", list(texts))
    if Formula in types:
        return _with_formulas(values, kind, date1904)
    if bool in types or (str in types and types & _STORED):
        return [_one(value, kind, date1904) for value in values]
    if types <= _PLAIN_KINDS and (plain := _plain_numbers(values, types, kind)):
        return plain
    # Equal numbers have one spelling, whatever their zeros; no text is equal to a number.
    each = {value: _one(value, kind, date1904) for value in set(values)}
    return list(map(each.__getitem__, values))


def _plain_numbers(values: Sequence[Value | Held], types: Set[type], kind: Kind) -> list[str] | None:
    """All numbers of a column at once; None where they are percentages, which are numbers of their own in a cell."""
    if kind is Kind.PERCENT and Decimal in types:
        return None
    if types == {int} and max(map(abs, cast("Sequence[int]", values))) < _TOO_LARGE:
        return [f"{_MARK}{value}" for value in values]
    # Told apart by which object they are: that is far quicker than by what they are worth.
    places = list(map(id, values))
    distinct = dict(zip(places, values, strict=True))
    distinct.pop(id(None), None)
    texts = list(map(str, distinct.values()))
    if _are_plain(texts, types, kind):
        short = [_MARK + (text.rstrip("0").rstrip(".") if text[-1] == "0" and "." in text else text) for text in texts]
    else:
        short = [_number(value, kind) for value in distinct.values()]  # type: ignore[arg-type]
    if len(short) == len(values):
        return short
    spelled = {id(None): "", **dict(zip(distinct, short, strict=True))}
    return list(map(spelled.__getitem__, places))


def _are_plain(texts: Sequence[str], types: Set[type], kind: Kind) -> bool:
    """True for numbers whose digits, without the zeros at the end, are their spelling."""
    lines = "\n".join(texts) + "\n"
    if types <= _OURS and _are_digits(lines) and not _may_be_odd(lines):
        return max(map(len, texts)) <= _EXACT_DIGITS and not (kind is Kind.MONEY and _has_hair(lines))
    return (_ALL_CENTS if kind is Kind.MONEY else _ALL_EXACT)(lines) is not None


def _may_be_odd(lines: str) -> bool:
    """True where a number may be spelled with an exponent, or be nothing with a sign."""
    return "0.0000" in lines or "-0\n" in lines or ("-0.0" in lines and _is_signed_nothing(lines) is not None)


def _with_formulas(values: Sequence[Value | Held], kind: Kind, date1904: bool) -> list[str]:
    """The constants as in any other column; of the formulas each distinct text once."""
    constants = [None if type(value) is Formula else value for value in values]
    texts = spelled(constants, kind, date1904=date1904)
    formulas = [value.text if type(value) is Formula else None for value in values]
    distinct = {text for text in formulas if text is not None}
    known = dict(zip(distinct, _plain(distinct), strict=True))
    return [text if formula is None else known[formula] for text, formula in zip(texts, formulas, strict=True)]


def _one(value: Value | Held, kind: Kind, date1904: bool) -> str:
    if value is None:
        return ""
    if type(value) is str:
        return value
    return _number(value, kind) if type(value) in _NUMBERS else _other(value, date1904)  # type: ignore[arg-type]


def spell(value: Value | Held, *, date1904: bool = False) -> str:
    """One cell outside any table."""
    return spelled([value], date1904=date1904)[0]


def _number(value: Decimal | int | NumberText, kind: Kind) -> str:
    text = str(value)
    is_plain = _is_cents if kind is Kind.MONEY else _is_exact
    if is_plain(text) and (kind is not Kind.PERCENT or isinstance(value, NumberText)):
        return _MARK + (text.rstrip("0").rstrip(".") if "." in text else text)
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
        return _plain([value.text])[0]
    if isinstance(value, ErrorText):
        return f"{_MARK}!{value}"
    return _digits(str(stored_cell(value, date1904=date1904)), Kind.DATE) if isinstance(value, date) else str(value)


def _plain(formulas: Collection[str]) -> list[str]:
    """Formulas as Excel and a file both spell them: this row's cell as [@Column], without the prefix of newer functions."""
    short = [
        _THIS_ROW.sub(lambda match: f"[@{match[1] or match[2]}]", text)
        if "#This Row]" in text or "[@" in text
        else text
        for text in formulas
    ]
    # All at once, the sign that begins no text between them.
    joined = f"{_MARK}=".join(["", *short]).replace("_xlfn.", "").replace(" ", "").casefold()
    return [f"{_MARK}{text}" for text in joined.split(_MARK)[1:]]
