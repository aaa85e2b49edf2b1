"""The one cell writer: text stays text, numbers are exact, and only our own `Formula` becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from operator import itemgetter

from recon_xl.core.cells import Formula, Value
from recon_xl.core.errors import InputError
from recon_xl.ooxml.address import cell_ref
from recon_xl.ooxml.styles import CellStyles

MAX_TEXT = 32_767
"""The longest text of a cell, in UTF-16 units."""
TEXT_START, TEXT_END = ' t="inlineStr"><is><t>', "</t></is></c>"
"""What stands around the text of a cell."""
_SPACED_START = ' t="inlineStr"><is><t xml:space="preserve">'  # a text that begins or ends with a space
_LONG = 1_000
"""Characters up to which a text, and even a formula, is certain to fit into a cell, however much of it is escaped."""
_EXACT_DIGITS = 15
_MAX_PLAIN = 300  # digits; Excel's numbers end at 1E+308

_ILLEGAL = "\x00-\x08\x0b-\x1f\ufffe\uffff"
_SPECIAL = re.compile(f"[&<>{_ILLEGAL}\ud800-\udfff]|_(?=x[0-9A-Fa-f]{{4}}(?:_|[{_ILLEGAL}]))")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}
_ACTING = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# The last four are the full-width forms, which an East Asian Excel takes for the others.
_first, _last = itemgetter(slice(1)), itemgetter(slice(-1, None))
_DAY_MICROSECONDS = Decimal(86_400_000_000)


@dataclass(frozen=True, slots=True)
class CellRules:
    """What differs from workbook to workbook: the date system, and the format for text that begins like a formula."""

    date1904: bool = False
    quoted: Callable[[str | None], str | None] | None = None


_PLAIN = CellRules()


def cell_xml(ref: str, style: str | int | None, value: Value, rules: CellRules = _PLAIN) -> str:
    """Return the XML of one cell; `ref` is its address, `style` an index of the workbook's cell formats or None.

    Raises `InputError` naming the address for a value that no cell can hold: text of more than 32,767
    characters, half of a surrogate pair, NaN or infinity, a date before Excel's first day.
    """
    if rules.quoted and isinstance(value, str) and value.startswith(_ACTING):
        style = rules.quoted(None if style is None else str(style))
    styled = "" if style is None else f' s="{style}"'
    if value is None:
        return f'<c r="{ref}"{styled}/>' if styled else ""
    if isinstance(value, str):
        return _text(ref, styled, value)
    if isinstance(value, Formula):
        return _formula(ref, styled, value, rules.date1904)
    kind, stored = _stored(ref, value, rules.date1904)
    if kind == "str":
        return _text(ref, styled, stored)
    return f'<c r="{ref}"{styled}{kind}><v>{stored}</v></c>'


def are_unmarked(texts: Collection[str]) -> bool:
    """True for texts of which none begins like a formula, or begins or ends with a space: their cells are as any other."""
    firsts, lasts = set(map(_first, texts)), set(map(_last, texts))
    return firsts.isdisjoint(_ACTING) and not any(map(str.isspace, firsts | lasts))


def all_escaped(texts: Sequence[str]) -> list[str] | None:
    """The same as `escape_text` of each; None where one of them is very long, or needs more than the signs of XML escaped.

    All are looked at in one go: one by one, they take four times as long.
    """
    joined = "".join(texts)
    if not _is_usual(joined) or (len(joined) > _LONG and len(max(texts, key=len)) > _LONG):
        return None
    if not any(sign in joined for sign in "&<>"):
        return list(texts)
    return _signs_escaped("\n".join(texts)).split("\n")  # no usual text holds a line break


class CellWriter:
    """Writes cells the way one workbook needs them."""

    def __init__(self, styles: CellStyles, *, date1904: bool) -> None:
        self.styles = styles
        self.rules = CellRules(date1904, styles.quoted)

    def cell(self, row: int, column: int, style: str | None, value: Value) -> str:
        """Return one cell as XML, in its format without the quote prefix unless the text needs it."""
        return cell_xml(cell_ref(row, column), self.styles.plain(style), value, self.rules)


def number_text(value: int | Decimal) -> str:
    """Return a finite number as plain digits, without an exponent."""
    text = str(value)
    return format(value, "f") if "E" in text else text


def serial(value: date, *, date1904: bool = False) -> str:
    """Excel's day number of a date, or of a local date and time (rounded to 15 digits); `ValueError` if it has none."""
    day = value.date() if isinstance(value, datetime) else value
    days = (day - (date(1904, 1, 1) if date1904 else date(1899, 12, 30))).days
    if not date1904 and days < 61:
        days -= 1  # Excel believes that 1900 had a 29 February.
    if days < (0 if date1904 else 1):
        raise ValueError(value)
    if not isinstance(value, datetime) or value.time() == time.min:
        return str(days)
    clock = value.replace(tzinfo=None) - datetime.combine(day, time.min)
    fraction = Decimal(clock.seconds * 1_000_000 + clock.microseconds) / _DAY_MICROSECONDS
    places = Decimal(1).scaleb(len(str(days)) - _EXACT_DIGITS)
    return number_text((days + fraction).quantize(places).normalize())


def escape_text(ref: str, text: str) -> str:
    """Text as Excel stores it: XML escapes, and `_xHHHH_` for what XML cannot hold."""
    if _is_usual(text):
        return _signs_escaped(text)

    def replace(match: re.Match[str]) -> str:
        character = match[0]
        if "\ud800" <= character <= "\udfff":
            raise _refuse(ref, "text with half of a surrogate pair", "valid Unicode text")
        return _ESCAPES.get(character) or f"_x{ord(character):04X}_"

    return _SPECIAL.sub(replace, text)


def _signs_escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_usual(text: str) -> bool:
    """True for most texts: nothing but the signs of XML itself may have to be escaped. Much faster to tell than which."""
    return text.isprintable() and "_x" not in text


def _text(ref: str, styled: str, text: str) -> str:
    if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > MAX_TEXT:
        raise _refuse(ref, f"text of {len(text):,} characters", f"at most {MAX_TEXT:,}, the most that a cell can hold")
    start = TEXT_START if text == text.strip() else _SPACED_START
    return f'<c r="{ref}"{styled}{start}{escape_text(ref, text)}{TEXT_END}'


def _stored(ref: str, value: bool | int | Decimal | date, date1904: bool) -> tuple[str, str]:
    """Return the type attribute and the stored text; the type `str` says that only text holds the value exactly."""
    if isinstance(value, bool):
        return ' t="b"', "1" if value else "0"
    if isinstance(value, date):
        if isinstance(value, datetime) and value.tzinfo is not None:
            raise _refuse(ref, f"the zoned time {value.isoformat()}", "a local date and time")
        try:
            return "", serial(value, date1904=date1904)
        except ValueError:
            raise _refuse(ref, f"the date {value.isoformat()}", "a date that Excel knows") from None
    if isinstance(value, Decimal) and not value.is_finite():
        raise _refuse(ref, f"the number {value}", "a finite number")
    text = number_text(value)
    if len(text) > _EXACT_DIGITS and (len(text) > _MAX_PLAIN or len(text.replace(".", "").strip("-0")) > _EXACT_DIGITS):
        return "str", text
    return "", text


def _formula(ref: str, styled: str, formula: Formula, date1904: bool) -> str:
    text = escape_text(ref, formula.text)
    cached = formula.cached
    if cached is None:
        kind, stored = ' t="str"', ""
    elif isinstance(cached, Formula):
        raise _refuse(ref, "a formula as the value of a formula", "a plain value")
    elif isinstance(cached, str):
        kind, stored = ' t="str"', escape_text(ref, cached)
    else:
        kind, stored = _stored(ref, cached, date1904)
        kind = ' t="str"' if kind == "str" else kind
    return f'<c r="{ref}"{styled}{kind}><f>{text}</f><v>{stored}</v></c>'


def _refuse(ref: str, found: str, expected: str) -> InputError:
    return InputError(where=ref, found=found, expected=expected, todo="Correct the value at its source and run again.")
