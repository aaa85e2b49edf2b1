"""Texts that Excel takes for a date or a time, in the US locale."""

from __future__ import annotations

import datetime as dt
import re

from openpyxl.utils.datetime import to_excel

THIS_YEAR = 2026
"""Excel completes `1-2` with the current year; tests want the same one every day."""
MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}

_NAME = r"(?P<name>[a-z]{3,9})"
_PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), number_format)
    for pattern, number_format in (
        (r"^(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})$", "m/d/yyyy"),
        (r"^(?P<y>\d{4})[-/](?P<m>\d{1,2})$", "mmm-yy"),
        (r"^(?P<m>\d{1,2})[-/](?P<d>\d{1,2})[-/](?P<y>\d{4}|\d{1,2})$", "m/d/yyyy"),
        (r"^(?P<m>\d{1,2})[-/](?P<y>\d{4})$", "mmm-yy"),
        (r"^(?P<m>\d{1,2})[-/](?P<d>\d{1,2})$", "d-mmm"),
        (rf"^(?P<d>\d{{1,2}})[- ]{_NAME}[- ](?P<y>\d{{4}}|\d{{2}})$", "d-mmm-yy"),
        (rf"^(?P<d>\d{{1,2}})[- ]{_NAME}$", "d-mmm"),
        (rf"^{_NAME}[- ](?P<d>\d{{1,2}}),? ?(?P<y>\d{{4}})$", "d-mmm-yy"),
        (rf"^{_NAME}[- ](?P<y>\d{{4}}|\d{{2}})$", "mmm-yy"),
    )
)
_TIME = re.compile(
    r"^(?:(?P<date>.+?) +)?(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2}))?(?: *(?P<half>[ap]m))?$", re.IGNORECASE
)


def date_entered(text: str) -> tuple[float, str] | None:
    """The serial number and the number format that Excel makes of a text; None where it stays text."""
    if not any(character.isdigit() for character in text):
        return None
    clock = _TIME.match(text)
    if not clock:
        return _day(text)
    part = _fraction(clock)
    if part is None or clock["date"] is None:
        return None if part is None else (part, "h:mm:ss" if clock["s"] else "h:mm")
    day = _day(clock["date"])
    return (day[0] + part, "m/d/yyyy h:mm") if day else None


def _fraction(clock: re.Match[str]) -> float | None:
    hours, minutes, seconds = int(clock["h"]), int(clock["min"]), int(clock["s"] or 0)
    if minutes > 59 or seconds > 59 or hours > 23:
        return None
    if clock["half"]:
        hours = hours % 12 + 12 * (clock["half"].lower() == "pm")
    return (hours * 3600 + minutes * 60 + seconds) / 86_400


def _day(text: str) -> tuple[float, str] | None:
    for pattern, number_format in _PATTERNS:
        found = pattern.match(text)
        day = found and _made(found.groupdict())
        if day:
            return float(to_excel(day)), number_format
    return None


def _made(parts: dict[str, str | None]) -> dt.date | None:
    year = int(parts.get("y") or THIS_YEAR)
    if year < 100:
        year += 2000 if year < 30 else 1900
    month = MONTHS.get(str(parts["name"])[:3].lower(), 0) if "name" in parts else int(parts["m"] or 0)
    try:
        return dt.date(year, month, int(parts.get("d") or 1)) if year >= 1900 else None
    except ValueError:
        return None
