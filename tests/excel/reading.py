"""Reading blocks: what `Value2`, `Value`, `Formula` and `NumberFormat` of a range deliver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any

from excel.evaluator import result
from excel.styles import Meaning
from excel.values import SCODES, Content, ErrorValue, Formula, formula_text, moment_of

if TYPE_CHECKING:
    from excel.areas import Area
    from excel.sheet import Sheet

CENTS_OF_CENTS = Decimal("0.0001")
"""Currency in COM has four places."""

Rows = list[tuple[Any, ...]]


def values2(sheet: Sheet, area: Area) -> Rows:
    """Plain values: numbers as floats, dates as serial numbers, errors as COM's numbers."""
    return _rows([_plain(sheet, contents) for contents in sheet.grid.contents_of(area)])


def values(sheet: Sheet, area: Area, moment: Callable[[dt.datetime], object] = lambda found: found) -> Rows:
    """Values as `Value` has them: dates in date formats, Decimal in currency formats."""
    columns = []
    for number, contents in enumerate(sheet.grid.contents_of(area), start=area.left):
        found = _plain(sheet, contents)
        styles = sheet.grid.styles_of(area, number)
        meanings = {style: sheet.book.styles.meaning(style) for style in set(styles)}
        if {Meaning.DATE, Meaning.CURRENCY} & set(meanings.values()):
            pairs = zip(found, styles, strict=True)
            found = [_dressed(sheet, value, meanings[style], moment) for value, style in pairs]
        columns.append(found)
    return _rows(columns)


def formulas(sheet: Sheet, area: Area) -> Rows:
    """Formulas as typed in English; constants as the text that would enter them."""
    return _rows([[formula_text(content) for content in column] for column in sheet.grid.contents_of(area)])


def number_format(sheet: Sheet, area: Area) -> str | None:
    """The number format of all cells; None where they differ."""
    styles = {style for number in range(area.left, area.right + 1) for style in set(sheet.grid.styles_of(area, number))}
    found = {sheet.book.styles.number_format(style) for style in styles}
    return found.pop() if len(found) == 1 else None


def row_height(sheet: Sheet, area: Area) -> float | None:
    """The height of all rows; None where they differ."""
    found = {sheet.height(row) for row in range(area.top, area.bottom + 1)}
    return found.pop() if len(found) == 1 else None


def scode(value: Content) -> Any:
    """A single value as COM delivers it."""
    return SCODES[value.text] if isinstance(value, ErrorValue) else value


def hidden(sheet: Sheet, area: Area) -> bool | None:
    """Whether all rows are hidden; None where they differ."""
    found = {row in sheet.rows and sheet.rows[row].hidden for row in range(area.top, area.bottom + 1)}
    return found.pop() if len(found) == 1 else None


def has_formula(sheet: Sheet, area: Area) -> bool | None:
    """Whether all cells hold formulas; None where they differ."""
    found = {type(content) is Formula for column in sheet.grid.contents_of(area) for content in column}
    return found.pop() if len(found) == 1 else None


def content_value(sheet: Sheet, content: Content) -> Content:
    """A constant, or what a formula shows now."""
    if type(content) is not Formula:
        return content
    if not sheet.book.app.automatic:
        return content.value
    content.value = result(sheet, content)
    return content.value


def _rows(columns: list[list[Any]]) -> Rows:
    return list(zip(*columns, strict=True))


def _plain(sheet: Sheet, contents: list[Content]) -> list[Any]:
    if Formula in set(map(type, contents)):
        contents = [content_value(sheet, content) for content in contents]
    if ErrorValue in set(map(type, contents)):
        return [SCODES[value.text] if type(value) is ErrorValue else value for value in contents]
    return contents


def _dressed(sheet: Sheet, value: Any, meaning: Meaning, moment: Callable[[dt.datetime], object]) -> Any:
    if type(value) is not float:
        return value
    if meaning is Meaning.DATE:
        found = moment_of(value + sheet.book.date_offset)
        return value if found is None else moment(found)
    if meaning is Meaning.CURRENCY:
        return Decimal(repr(value)).quantize(CENTS_OF_CENTS, ROUND_HALF_EVEN)
    return value
