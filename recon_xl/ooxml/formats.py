"""Number formats, as far as reading needs them: which cell styles show a percent sign, and which show a date."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from recon_xl.ooxml.xmltext import elements

_BUILTIN_PERCENT = frozenset({"9", "10"})
_BUILTIN_DATES = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]')


def shows_percent(code: str) -> bool:
    r"""Return True when a number format code multiplies by 100 for show: `0.0%`, but not `0"%"` or `0\\%`."""
    return "%" in _LITERAL.sub("", code)


def shows_date(code: str) -> bool:
    r"""Return True when a number format code shows a day or a time: `dd.mm.yyyy`, but not `0"d"` or `General`."""
    return code.casefold() != "general" and bool(set("ymdhs") & set(_LITERAL.sub("", code).casefold()))


@lru_cache(maxsize=4)  # a command opens its workbook more than once
def percent_styles(styles: bytes, where: str) -> frozenset[str]:
    """Return the style ids (indexes of cell formats, as text) whose numbers Excel shows as a percentage."""
    return _styles(styles, where, _BUILTIN_PERCENT, shows_percent)


def date_styles(styles: bytes, where: str) -> frozenset[str]:
    """Return the style ids whose numbers Excel shows as a date or a time."""
    return _styles(styles, where, _BUILTIN_DATES, shows_date)


@lru_cache(maxsize=4)  # a workbook is opened to be read, and to be looked at
def _styles(styles: bytes, where: str, builtin: frozenset[str], shows: Callable[[str], bool]) -> frozenset[str]:
    wanted = set(builtin)
    ids = []
    for element in elements(styles, where):
        if element.name == "numFmt" and element.parent == "numFmts":
            number, code = element.attrs.get("numFmtId", ""), element.attrs.get("formatCode", "")
            (wanted.add if shows(code) else wanted.discard)(number)
        elif element.name == "xf" and element.parent == "cellXfs":
            ids.append(element.attrs.get("numFmtId", "0"))
    return frozenset(str(index) for index, number in enumerate(ids) if number in wanted)
