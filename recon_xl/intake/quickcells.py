"""The plainest cells of a column, which are most of them, read together; every other is left to `parse_cell`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import cache, partial

from recon_xl.contract import Kind
from recon_xl.core.cells import NumberText
from recon_xl.core.money import ZERO
from recon_xl.intake.locales import LOCALES

Plain = Mapping[str, Decimal | int | str]
Quick = Callable[[Collection[str]], Plain]
"""Of some cells those that need no closer look, with their values."""

_SHORT = r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?"
"""An amount within every limit, and without rounding."""
_PLAIN = r"-?[0-9]{1,15}(?:\.[0-9]{1,18})?"
_WHOLE = r"[0-9]{1,9}"
_IDENTITY = r"(?=[^\W_])[^\n+]*+(?<=[^\W_])"
"""Neither blanks around it, nor an error of Excel's (`#N/A`), nor a shortened number (`1.2E+15`)."""
_TEXT = r"[^\W_][^\n]*+"
TEXTS = frozenset({Kind.ID, Kind.TEXT, Kind.NOTE})
_AMOUNTS = frozenset({Kind.QUANTITY, Kind.MONEY, Kind.PRICE, Kind.RATE})


@cache
def quick_readers(kind: Kind, locale: str) -> Mapping[type, Quick]:
    """How cells of exactly these types are read in a column of this kind; they say what `parse_cell` says, or nothing."""
    if kind in _AMOUNTS:
        stored, text = partial(_amounts, _SHORT), partial(_amounts, _PLAIN)
        return {NumberText: stored, str: text} if LOCALES[locale].decimal == "." else {NumberText: stored}
    if kind is Kind.INTEGER:
        return {NumberText: _integers}
    if kind is Kind.ID:
        return {str: partial(_as_they_are, _IDENTITY)}
    return {str: partial(_as_they_are, _TEXT)} if kind in (Kind.TEXT, Kind.NOTE) else {}


def _amounts(form: str, cells: Collection[str]) -> Plain:
    plain = _plain(form, cells)
    return {cell: number or ZERO for cell, number in zip(plain, map(Decimal, plain), strict=True)}


def _integers(cells: Collection[str]) -> Plain:
    plain = _plain(_WHOLE, cells)
    return dict(zip(plain, map(int, plain), strict=True))


def _as_they_are(form: str, cells: Collection[str]) -> Plain:
    plain = _plain(form, cells)
    return dict(zip(plain, plain, strict=True))


def _plain(form: str, cells: Collection[str]) -> Collection[str]:
    """Those that have a form: all at once where all have it, as in nearly every column."""
    lines = "\n".join(cells) + "\n"
    are_plain = _all_are(form)(lines) and lines.count("\n") == len(cells)
    return cells if are_plain else [*filter(_is(form), cells)]


@cache
def _is(form: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(form).fullmatch


@cache
def _all_are(form: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(rf"(?:{form}\n)+").fullmatch
