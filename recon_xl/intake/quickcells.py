"""The plainest cells of a column, which are most of them, read in one step; every other is left to `parse_cell`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

from recon_xl.contract import Kind
from recon_xl.core.cells import NumberText
from recon_xl.core.money import ZERO
from recon_xl.intake.locales import LOCALES

Quick = Callable[[str], Decimal | int | str | None]
"""The value of a cell, or None where a closer look is needed."""

_is_short = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?").fullmatch  # within every limit, and without rounding
_is_whole = re.compile(r"[0-9]{1,9}").fullmatch
_is_plain = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,18})?").fullmatch
_AMOUNTS = frozenset({Kind.QUANTITY, Kind.MONEY, Kind.PRICE, Kind.RATE})


@cache
def quick_readers(kind: Kind, locale: str) -> Mapping[type, Quick]:
    """How cells of exactly these types are read in a column of this kind; they say what `parse_cell` says, or nothing."""
    if kind in _AMOUNTS:
        return {NumberText: _amount, str: _amount_text} if LOCALES[locale].decimal == "." else {NumberText: _amount}
    if kind is Kind.INTEGER:
        return {NumberText: _integer}
    if kind is Kind.ID:
        return {str: _identity}
    return {str: _text} if kind in (Kind.TEXT, Kind.NOTE) else {}


def _amount(cell: str) -> Decimal | None:
    return Decimal(cell) or ZERO if _is_short(cell) else None


def _amount_text(cell: str) -> Decimal | None:
    return Decimal(cell) or ZERO if _is_plain(cell) else None


def _integer(cell: str) -> int | None:
    return int(cell) if _is_whole(cell) else None


def _identity(cell: str) -> str | None:
    """Neither blanks around it, nor an error of Excel's (`#N/A`), nor a shortened number (`1.2E+15`)."""
    return cell if cell[:1].isalnum() and cell[-1:].isalnum() and "+" not in cell else None


def _text(cell: str) -> str | None:
    return cell if cell[:1].isalnum() else None
