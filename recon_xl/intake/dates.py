"""Dates, times and months: a declared order of day and month, ISO everywhere, and Excel's serial numbers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from recon_xl.core.cells import NumberText
from recon_xl.intake.amounts import stored_number
from recon_xl.intake.locales import LOCALES
from recon_xl.intake.problems import CellProblem

_CLOCK = (
    r"(?:[T ]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?\s?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ISO = re.compile(r"(?P<Y>[0-9]{4})-(?P<M>[0-9]{1,2})-(?P<D>[0-9]{1,2})" + _CLOCK)
_PART = {"Y": r"(?P<Y>[0-9]{4})", "M": r"(?P<M>[0-9]{1,2})", "D": r"(?P<D>[0-9]{1,2})"}
_PATTERNS = {
    name: re.compile(re.escape(locale.date_mark).join(_PART[part] for part in locale.date_order) + _CLOCK)
    for name, locale in LOCALES.items()
}
_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS = {form: number for number, name in enumerate(_MONTH_NAMES.split(), 1) for form in (name, name[:3])}
_MONTHS["sept"] = 9
_YEAR_MONTH = re.compile(
    r"(?P<Y>[0-9]{4})[-/](?P<M>[0-9]{1,2})|(?P<m>[0-9]{1,2})[-/](?P<y>[0-9]{4})|(?P<YY>[0-9]{4})(?P<MM>[0-9]{2})"
)
# `Oct 26` may be a day; `Oct-26` is how Excel shows a month.
_NAMED_MONTH = re.compile(r"(?P<name>[A-Za-z]{3,9})(?:\.?[ -](?P<Y>[0-9]{4})|(?:-| ?')(?P<short>[0-9]{2}))")
_RANGE = re.compile(r"(?P<first>\S+)(?:\s+(?:-|\u2013|to)\s+|\u2013)(?P<last>\S+)")
_LAST_SERIAL = 2_958_465  # 9999-12-31
_FIRST_YEAR, _FIRST_BILLING_YEAR, _LAST_BILLING_YEAR = 1900, 1990, 2100


def moment_of(text: str, locale: str) -> datetime:
    """A date with its time of day, UTC, whole seconds; 00:00 where no time is given.

    >>> moment_of("1/31/2023 11:59:59 PM", "en-US")
    datetime.datetime(2023, 1, 31, 23, 59, 59)
    """
    matched = _ISO.fullmatch(text) or _PATTERNS[locale].fullmatch(text)
    if matched is None:
        raise _no_date(text, locale)
    try:
        day = date(int(matched["Y"]), int(matched["M"]), int(matched["D"]))
        moment = datetime.combine(day, _clock(matched))
        zone = matched["zone"]
        if zone and zone != "Z":
            moment = moment.replace(tzinfo=_zone(zone)).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise _no_date(text, locale) from None
    if moment.year < _FIRST_YEAR:
        raise _no_date(text, locale)
    return moment


def moment_of_serial(number: NumberText, *, date1904: bool = False) -> datetime:
    """Excel's day number as a date with its time of day, to the second; the day 29 February 1900 never existed."""
    serial = stored_number(number)
    days = int(serial)
    first = 0 if date1904 else 1
    if serial < first or days > _LAST_SERIAL or (days == 60 and not date1904):
        raise CellProblem(f"the number {number}", "a date")
    start = date(1904, 1, 1) if date1904 else date(1899, 12, 30 if days > 60 else 31)
    seconds = ((serial - days) * 86_400).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    try:
        return datetime.combine(start, time()) + timedelta(days=days, seconds=int(seconds))
    except OverflowError:
        raise CellProblem(f"the number {number}", "a date") from None


def month_of(text: str, locale: str) -> str:
    """A billing month as `YYYY-MM`: `2026-10`, `202610`, `10/2026`, `Oct 2026`, `Oct-26`, or any date in it.

    A range such as `10/1/2026 - 10/31/2026` is the month in which it starts.
    """
    if matched := _YEAR_MONTH.fullmatch(text):
        year, month = (matched["Y"] or matched["y"] or matched["YY"]), (matched["M"] or matched["m"] or matched["MM"])
        return _month(int(year), int(month), text)
    if matched := _NAMED_MONTH.fullmatch(text):
        name = matched["name"].lower()
        return _month(int(matched["Y"] or f"20{matched['short']}"), _MONTHS.get(name, 0), text)
    matched = _RANGE.fullmatch(text)
    try:
        moment = moment_of(matched["first"] if matched else text, locale)
        if matched and moment_of(matched["last"], locale) < moment:
            raise CellProblem(repr(text), "a month such as 2026-10")
    except CellProblem:
        raise CellProblem(repr(text), "a month such as 2026-10") from None
    return _month(moment.year, moment.month, text)


def month_of_serial(number: NumberText, *, date1904: bool = False) -> str:
    """The billing month of Excel's day number, or of `202610`, which as a day would be in the year 2454."""
    if (matched := _YEAR_MONTH.fullmatch(number)) and matched["YY"]:
        return _month(int(matched["YY"]), int(matched["MM"]), str(number))
    moment = moment_of_serial(number, date1904=date1904)
    return _month(moment.year, moment.month, str(number))


def _month(year: int, month: int, found: str) -> str:
    if not (_FIRST_BILLING_YEAR <= year < _LAST_BILLING_YEAR and 1 <= month <= 12):
        raise CellProblem(repr(found), "a month such as 2026-10")
    return f"{year}-{month:02}"


def _clock(matched: re.Match[str]) -> time:
    if matched["hour"] is None:
        return time()
    hour, half = int(matched["hour"]), (matched["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(hour)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(matched["minute"]), int(matched["second"] or 0))


def _zone(text: str) -> timezone:
    away = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-away if text[0] == "-" else away)


def _no_date(text: str, locale: str) -> CellProblem:
    sample = LOCALES[locale].sample_date
    also = "" if locale == "iso" else f" ({locale}) or 2026-10-31"
    return CellProblem(repr(text), f"a date such as {sample}{also}")
