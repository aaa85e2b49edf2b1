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
_is_whole = re.compile(r"[0-9]{1,9}").fullmatch
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
        return {str: _identities}
    return {str: _texts} if kind in (Kind.TEXT, Kind.NOTE) else {}


def _amounts(form: str, cells: Collection[str]) -> Plain:
    lines = "\n".join(cells) + "\n"
    are_plain = _all_are(form)(lines) and lines.count("\n") == len(cells)
    plain = cells if are_plain else [*filter(_is(form), cells)]
    return {cell: number or ZERO for cell, number in zip(plain, map(Decimal, plain), strict=True)}


@cache
def _is(form: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(form).fullmatch


@cache
def _all_are(form: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(rf"(?:{form}\n)+").fullmatch


def _integers(cells: Collection[str]) -> Plain:
    return {cell: int(cell) for cell in cells if _is_whole(cell)}


def _identities(cells: Collection[str]) -> Plain:
    """Neither blanks around them, nor errors of Excel's (`#N/A`), nor shortened numbers (`1.2E+15`)."""
    return {cell: cell for cell in cells if cell[:1].isalnum() and cell[-1:].isalnum() and "+" not in cell}


def _texts(cells: Collection[str]) -> Plain:
    return {cell: cell for cell in cells if cell[:1].isalnum()}
