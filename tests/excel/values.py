"""What a cell holds, and what Excel makes of what is written into it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from openpyxl.utils.datetime import from_excel, to_excel

from excel.dates import MONTHS, date_entered

MAX_TEXT, MAX_FORMULA = 32_767, 8_192
SCODES = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
}
"""Error value -> the number that COM delivers in its place."""


class ExcelError(Exception):
    """What Excel refuses, in its own words; COM reports it as error 1004."""


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error value such as `#N/A`."""

    text: str


NOT_AVAILABLE = ErrorValue("#N/A")


@dataclass(slots=True)
class Formula:
    """A formula with its last result."""

    text: str
    value: Plain = 0.0


Plain = None | bool | float | str | ErrorValue
Content = Plain | Formula


@dataclass(frozen=True, slots=True)
class Entry:
    """What an input becomes: the content, the number format it brings along, and whether an apostrophe led it."""

    content: Content
    number_format: str | None = None
    prefixed: bool = False


_NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$", re.IGNORECASE)
_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$")
_PERCENT = re.compile(r"^([+-]?(\d+\.?\d*|\.\d+))%$")
_MONEY = re.compile(r"^(-?)\$(\d[\d,]*\.?\d*)$")
_BRACKETS = re.compile(r"^\((\d[\d,]*\.?\d*)\)$")


@lru_cache(maxsize=200_000)
def entered(text: str) -> Entry:
    """What Excel makes of a text written into a cell in General format, in the US locale."""
    if not text:
        return Entry(None)
    if len(text) > MAX_TEXT:
        raise ExcelError("A cell holds no more than 32,767 characters.")
    if text[0] == "'":
        return Entry(text[1:], prefixed=True)
    word = text.strip().upper()
    if word in ("TRUE", "FALSE"):
        return Entry(word == "TRUE")
    if word in SCODES:
        return Entry(ErrorValue(word))
    if text[0] == "=" and len(text) > 1:
        return Entry(formula_entered(text))
    return _acting(text) or _number(text.strip()) or _date(text.strip()) or _lotus(text) or Entry(text)


def formula_entered(text: str) -> Formula:
    """A formula as typed; the length is limited."""
    if len(text) > MAX_FORMULA:
        raise ExcelError("A formula holds no more than 8,192 characters.")
    return Formula(text)


def _acting(text: str) -> Entry | None:
    """A word in front makes it text, unless it is a month; `@` calls a function."""
    if text[0].isalpha() and text[:3].lower().strip() not in MONTHS:
        return Entry(text)
    if text[0] == "@":
        raise ExcelError("That function isn't valid.")
    return None


def _number(text: str) -> Entry | None:
    if _NUMBER.match(text):
        return Entry(float(text), "0.00E+00" if "e" in text.lower() else None)
    if _GROUPED.match(text):
        return Entry(float(text.replace(",", "")), "#,##0.00" if "." in text else "#,##0")
    if found := _PERCENT.match(text):
        return Entry(float(Decimal(found[1]) / 100), "0.00%" if "." in text else "0%")
    if found := _MONEY.match(text):
        return Entry(float(found[1] + found[2].replace(",", "")), "$#,##0.00")
    if found := _BRACKETS.match(text):
        return Entry(-float(found[1].replace(",", "")))
    return None


def _date(text: str) -> Entry | None:
    found = date_entered(text)
    return Entry(*found) if found else None


def _lotus(text: str) -> Entry | None:
    """A leading sign begins a formula, as in Lotus 1-2-3; of a word it makes #NAME?."""
    if text[0] in "+-" and len(text) > 1:
        return Entry(Formula(f"={text}", ErrorValue("#NAME?")))
    return None


def as_text(value: object) -> str:
    """What stands in a cell formatted as text after this was written."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int | Decimal):
        return general(float(value))
    if isinstance(value, dt.datetime | dt.date):
        return general(serial_of(value))
    text = str(value)
    if len(text) > MAX_TEXT:
        raise ExcelError("A cell holds no more than 32,767 characters.")
    return text[1:] if text.startswith("'") else text


def general(number: float) -> str:
    """A number as the General format of a wide cell shows it, with 15 digits."""
    text = f"{number:.15G}"
    return text.replace("E+0", "E+").replace("E-0", "E-")


def serial_of(moment: dt.datetime | dt.date | dt.time | dt.timedelta) -> float:
    """The serial number of a date, its time zone ignored."""
    if isinstance(moment, dt.datetime):
        moment = moment.replace(tzinfo=None)
    return float(to_excel(moment))


@lru_cache(maxsize=50_000)
def moment_of(serial: float) -> dt.datetime | None:
    """The date and time of a serial number; None outside of what dates there are."""
    if not 0 <= serial < 2_958_466:
        return None
    whole = dt.datetime(1899, 12, 30)  # noqa: DTZ001
    moment = from_excel(serial)
    if isinstance(moment, dt.time):
        return dt.datetime.combine(whole, moment)
    return moment


def formula_text(content: Content) -> str:
    """What `Range.Formula` says of a content."""
    if type(content) is str:
        return content
    if content is None:
        return ""
    if type(content) is Formula:
        return content.text
    if type(content) is ErrorValue:
        return content.text
    return as_text(content)
