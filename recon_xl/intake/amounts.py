"""Amounts: the exact Decimal of a number cell, or of text in a declared locale."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache

from recon_xl.core.cells import DateText, NumberText, PercentText
from recon_xl.core.money import EXACT
from recon_xl.intake.locales import CURRENCY_CODES, LOCALES
from recon_xl.intake.problems import CellProblem

_STORED = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?").fullmatch
_SHORT = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?").fullmatch
_MACHINE = re.compile(r"-?[0-9]+\.[0-9]+").fullmatch
_FLOAT_DIGITS = 15
_AROUND_DIGITS = " \t\r\n\u00a0()-+"
_MAX_MAGNITUDE = 40
"""Powers of ten beyond any price or rate; past them a number is damage, not money."""
_CONTRACT_DECIMALS = 18
_CONTRACT_WHOLE = 20


def stored_number(text: NumberText) -> Decimal:
    """A number cell: its exact stored text up to 15 significant digits, else Excel's own 15 digits.

    >>> stored_number(NumberText("0.30000000000000004"))
    Decimal('0.3')
    """
    if isinstance(text, DateText):
        raise CellProblem(f"the date with the number {text}", "a number that Excel does not show as a date")
    if _SHORT(text):
        return Decimal(text) or Decimal(0)  # most cells; every check below would let them pass
    if not _STORED(text):
        raise CellProblem(repr(str(text)), "a number")
    value = Decimal(str(text))
    if significant_digits(value) > _FLOAT_DIGITS:
        value = Decimal(f"{float(text):.15g}")
    return _sound(value, text)


def percent_points(text: PercentText) -> Decimal:
    """A cell shown as a percentage: 2.5 % is stored as 0.025 and means 2.5."""
    return stored_number(text).scaleb(2, context=EXACT)


def amount_text(text: str, locale: str) -> Decimal:
    """An amount in text, as the declared locale writes it; every digit is kept.

    >>> amount_text("(1,234.50)", "en-US"), amount_text("1.234,50-", "de-DE")
    (Decimal('-1234.50'), Decimal('-1234.50'))
    """
    # The importer stores what a number cell cannot hold as plain digits; that form reads as itself everywhere.
    if _MACHINE(text) and significant_digits(machine := Decimal(text)) > _FLOAT_DIGITS:
        return machine
    chosen = LOCALES[locale]
    negative, digits = _sign(text.replace("\u2212", "-").strip())
    matched = _pattern(locale).fullmatch(digits)
    if matched is None:
        raise CellProblem(repr(text), f"an amount such as {chosen.sample_amount} ({locale})")
    for mark in chosen.groups:
        digits = digits.replace(mark, "")
    value = Decimal(digits.replace(chosen.decimal, "."))
    return _sound(-value if negative else value, text)


def currency_mark(text: str) -> str:
    """The currency sign or code beside an amount; empty for none.

    >>> currency_mark("(EUR 12.50)"), currency_mark("-$1"), currency_mark("12")
    ('EUR', '$', '')
    """
    if text.isascii() and not text.strip("0123456789.,-+ ()\t\r\n"):
        return ""
    inner = text.replace("\u2212", "-").strip(_AROUND_DIGITS)
    rest = _without_currency(inner)
    return inner.replace(rest, "").strip() if rest != inner else ""


def within_contract(value: Decimal, found: str) -> Decimal:
    """The value, if the workbook contract's DECIMAL(38, 18) holds it; never rounded in silence."""
    if not value:
        return value
    decimals = -int(value.normalize(EXACT).as_tuple().exponent)
    if decimals > _CONTRACT_DECIMALS or value.adjusted() >= _CONTRACT_WHOLE:
        raise CellProblem(
            repr(found), f"at most {_CONTRACT_WHOLE} digits before and {_CONTRACT_DECIMALS} after the point"
        )
    return value


def significant_digits(value: Decimal) -> int:
    """Digits without leading and trailing zeros."""
    return len(str(value).lstrip("-").partition("E")[0].replace(".", "").strip("0"))


@cache
def _pattern(locale: str) -> re.Pattern[str]:
    return LOCALES[locale].number


def _sign(text: str) -> tuple[bool, str]:
    """Whether an amount is negative, and its bare digits: sign, parentheses and currency are taken off, once each."""
    inner = text
    bracketed = inner.startswith("(") and inner.endswith(")")
    if bracketed:
        inner = inner[1:-1].strip()
    inner, signs = _without_sign(inner)
    inner = _without_currency(inner)
    inner, more = _without_sign(inner)
    signs += more
    if len(signs) + bracketed > 1:
        return False, ""
    return bracketed or signs == "-", inner


def _without_sign(text: str) -> tuple[str, str]:
    if text[:1] in {"-", "+"}:
        return text[1:].lstrip(), text[0]
    return (text[:-1].rstrip(), "-") if text.endswith("-") else (text, "")


def _without_currency(text: str) -> str:
    for taken, rest in ((text[:3], text[3:]), (text[-3:], text[:-3])):
        if taken in CURRENCY_CODES:
            return rest.strip()
    for taken, rest in ((text[:1], text[1:]), (text[-1:], text[:-1])):
        if taken and unicodedata.category(taken) == "Sc":
            return rest.strip()
    return text


def _sound(value: Decimal, found: str) -> Decimal:
    if not value:
        return Decimal(0)  # also for a stored -0
    if not -_MAX_MAGNITUDE <= value.adjusted() < _MAX_MAGNITUDE:
        raise CellProblem(repr(str(found)), "an amount of sensible size")
    return value
