"""Reading the Why of a draft line: what its figures come to, worked out again in fractions from the words alone."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

NUMBER = r"(-?[\d,]+(?:\.\d+)?)"
CURRENCY = r"[A-Z]{3}"
_RATE = rf"(?: x rate {NUMBER} {CURRENCY} to {CURRENCY})?"
_POINTS = rf"(?:(raised|lowered) by {NUMBER} %|unchanged)(?: \(\w+ markup\))?"
_ROUNDED = rf"(?:, rounded to {NUMBER})?"
_PRICE = re.compile(
    rf"(?:the billed unit price|agreement \S+ price|Sell Prices) {NUMBER}{_RATE}{_ROUNDED}(?: x (12|36) months)?"
)
_RRP = re.compile(rf"RRP {NUMBER} {CURRENCY} of [\d-]+ {_POINTS}{_RATE}")
_COST = re.compile(rf"vendor unit cost {NUMBER}{_RATE}(?:, (?:cut to|which is) {NUMBER},)? {_POINTS}{_RATE}")
_USAGE = re.compile(rf"{NUMBER} {CURRENCY} vendor (?:cost|retail) of the usage {_POINTS}{_RATE}")
_UNITS = re.compile(
    rf"{NUMBER} (?:counted by .+? on [\d-]+ \(\w+\)|seats at period end(?:, not prorated)?|units)"
    rf"(?:, {NUMBER} billable \(.+?\))? x (.+)"
)
_CREDIT = re.compile(rf"vendor credit {NUMBER} {CURRENCY} / its unit price {NUMBER} x (.+)")
_SEATS = rf"(-?[\d,.]+) seats?(?: from \d+ \w+)? x {NUMBER}/{NUMBER}"
_CHANGE = re.compile(rf"\(?({_SEATS}(?: [+-] {_SEATS})*)\)? x (.+)")
_GIVEN = re.compile(rf"(?:.*; |usage as billed, ){NUMBER} {CURRENCY}(?: planned by the PSA|, on trust)")
_COUNTED_LINES = re.compile(r"(?: \(and \d+ more like it\))?; (\d+) source lines?$")


class UnknownWordsError(Exception):
    """A sentence that no form here fits."""


def comes_to(why: str, quantity: Decimal, digits: int) -> Fraction:
    """What the words say a line comes to: by themselves, or with the line's quantity where they tell of one unit."""
    words = _COUNTED_LINES.sub("", why)
    words = words[:1].lower() + words[1:] if not words.startswith(("Sell Prices", "RRP")) else words
    for form in (_usage, _change, _credit, _units, _given):
        amount = form(words, digits)
        if amount is not None:
            return amount
    return _unit(words, digits) * Fraction(quantity)


def half_up(amount: Fraction, digits: int) -> Fraction:
    """Half away from zero."""
    scaled = abs(amount) * 10**digits
    whole = Fraction(int(scaled + Fraction(1, 2)), 10**digits)
    return -whole if amount < 0 else whole


def lines_told(why: str) -> int:
    """The number of source lines that it ends with."""
    found = _COUNTED_LINES.search(why)
    return int(found[1]) if found else 1


def _number(text: str | None) -> Fraction:
    return Fraction(text.replace(",", "")) if text else Fraction(1)


def _factor(way: str | None, points: str | None) -> Fraction:
    sign = {"raised": 1, "lowered": -1, None: 0}[way]
    return 1 + sign * _number(points) / 100


def _unit(words: str, digits: int) -> Fraction:
    """One unit's price: worked out and rounded, or one of ours as it is."""
    if words == "free at the vendor":
        return Fraction(0)
    if price := _PRICE.fullmatch(words):
        figure, rate, rounded, months = price.groups()
        return (_number(rounded) if rounded else _number(figure) * _number(rate)) * _number(months)
    if retail := _RRP.fullmatch(words):
        figure, way, points, rate = retail.groups()
        return half_up(_number(figure) * _factor(way, points) * _number(rate), digits)
    if cost := _COST.fullmatch(words):
        figure, vendor_rate, cut, way, points, rate = cost.groups()
        printed = _number(figure) * _number(vendor_rate)
        used = _number(cut) if cut else printed
        assert 0 <= printed - used < Fraction(1, 100) or used == int(printed), words
        return half_up(used * _factor(way, points) * _number(rate), digits)
    raise UnknownWordsError(words)


def _usage(words: str, _: int) -> Fraction | None:
    parts = [_USAGE.fullmatch(part) for part in words.split(" + ")]
    if not all(parts):
        return None
    told = [part.groups() for part in parts if part]
    return sum((_number(n) * _factor(way, points) * _number(rate) for n, way, points, rate in told), Fraction(0))


def _change(words: str, digits: int) -> Fraction | None:
    found = _CHANGE.fullmatch(words)
    if found is None:
        return None
    parts = re.findall(rf"(?:([+-]) )?{_SEATS}", found[1])
    shares = (
        _number(n) * _number(part) / _number(whole) * (-1 if sign == "-" else 1) for sign, n, part, whole in parts
    )
    return sum(shares, Fraction(0)) * _unit(found.groups()[-1], digits)


def _credit(words: str, digits: int) -> Fraction | None:
    found = _CREDIT.fullmatch(words)
    return None if found is None else _number(found[1]) / _number(found[2]) * _unit(found[3], digits)


def _units(words: str, digits: int) -> Fraction | None:
    found = _UNITS.fullmatch(words)
    return None if found is None else _number(found[2] or found[1]) * _unit(found[3], digits)


def _given(words: str, _: int) -> Fraction | None:
    found = _GIVEN.fullmatch(words)
    return None if found is None else _number(found[1])
