"""Cell styles of a workbook: each is a number, as in the file; what a number format means for values."""

from __future__ import annotations

import re
from copy import copy
from enum import Enum

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE, is_date_format
from openpyxl.workbook import Workbook

GENERAL = "General"
_LITERALS = re.compile(r'"[^"]*"|\\.')
_CURRENCY = re.compile(r"\[\$[^\-\]]+|(?<!\[)[$€£¥]")


class Meaning(Enum):
    """What a number format makes of the values below it."""

    GENERAL = "General"
    TEXT = "@"
    DATE = "date"
    CURRENCY = "currency"
    NUMBER = "number"


class Styles:
    """The style table of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._meanings: dict[int, Meaning] = {}

    def number_format(self, style: int) -> str:
        """The number format of a style."""
        number = self._workbook._cell_styles[style].numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return BUILTIN_FORMATS.get(number, GENERAL)
        return self._workbook._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]

    def meaning(self, style: int) -> Meaning:
        """What the number format of a style makes of values."""
        found = self._meanings.get(style)
        if found is None:
            found = self._meanings[style] = meaning_of(self.number_format(style))
        return found

    def with_format(self, style: int, number_format: str) -> int:
        """The same style with another number format."""
        array = copy(self._workbook._cell_styles[style])
        known = {text: number for number, text in BUILTIN_FORMATS.items()}
        if number_format in known:
            array.numFmtId = known[number_format]
        else:
            array.numFmtId = self._workbook._number_formats.add(number_format) + BUILTIN_FORMATS_MAX_SIZE
        return self._workbook._cell_styles.add(array)

    def with_prefix(self, style: int, *, prefixed: bool) -> int:
        """The same style with or without the mark of a leading apostrophe."""
        array = self._workbook._cell_styles[style]
        if bool(array.quotePrefix) == prefixed:
            return style
        array = copy(array)
        array.quotePrefix = int(prefixed)
        return self._workbook._cell_styles.add(array)

    def prefixed(self, style: int) -> bool:
        """Whether an apostrophe leads the cell."""
        return bool(self._workbook._cell_styles[style].quotePrefix)

    def name(self, style: int) -> str:
        """The named style behind a style, such as `Calc`."""
        return self._workbook._named_styles.names[self._workbook._cell_styles[style].xfId]


def meaning_of(number_format: str) -> Meaning:
    """What a number format makes of values."""
    if number_format == GENERAL:
        return Meaning.GENERAL
    if number_format == "@":
        return Meaning.TEXT
    if is_date_format(number_format):
        return Meaning.DATE
    return Meaning.CURRENCY if _CURRENCY.search(_LITERALS.sub("", number_format)) else Meaning.NUMBER
