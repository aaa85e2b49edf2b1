"""Writing blocks: Excel takes what is written as if it were typed, and fits the block to the range."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from math import isnan
from typing import TYPE_CHECKING, Any, TypeGuard

from excel.references import copied
from excel.styles import Meaning
from excel.tables import name_headers
from excel.values import NOT_AVAILABLE, Content, Entry, ErrorValue, ExcelError, Formula, as_text, entered, serial_of

if TYPE_CHECKING:
    from excel.areas import Area
    from excel.sheet import Sheet

EMPTY = Entry(None)


def write(sheet: Sheet, area: Area, data: object) -> None:
    """Write a value into every cell, or a block: constants and formulas alike, filtered and hidden rows too."""
    sheet.check_open()
    columns = _fitted(data, area) if _is_list(data) else _filled(data, area)
    for number, values in enumerate(columns, start=area.left):
        _write_column(sheet, area, number, values)
    for table in sheet.tables:
        if table.blank and area.intersect(table.rows):
            table.blank = False
        if area.intersect(table.header):
            name_headers(sheet, table)


def set_number_format(sheet: Sheet, area: Area, number_format: str) -> None:
    """Give cells a number format; the values stay what they are."""
    sheet.check_open()
    styles = sheet.book.styles
    for number in range(area.left, area.right + 1):
        own = sheet.grid.styles_of(area, number)
        new = {style: styles.with_format(style, number_format) for style in set(own)}
        put_styles(sheet, area, number, [new[style] for style in own])
        if area.whole_columns:
            old = sheet.grid.column_styles.get(number, 0)
            sheet.grid.column_styles[number] = styles.with_format(old, number_format)


def clear(sheet: Sheet, area: Area, *, formats: bool) -> None:
    """Empty cells; their looks too on demand."""
    sheet.check_open()
    bottom = min(sheet.grid.clip(area), max(sheet.grid.last_row, area.top))
    for number in range(area.left, area.right + 1):
        cells = sheet.grid.columns.get(number)
        if cells is None and not formats:
            continue
        cells = sheet.grid.column(number)
        cells.reach(bottom)
        count = bottom - area.top + 1
        cells.contents[area.top - 1 : bottom] = [None] * count
        if formats:
            cells.styles[area.top - 1 : bottom] = [0] * count


def put_styles(sheet: Sheet, area: Area, number: int, styles: Sequence[int]) -> None:
    """Give the cells of one column of an area styles of their own."""
    cells = sheet.grid.column(number)
    bottom = area.top + len(styles) - 1
    cells.reach(bottom)
    cells.styles[area.top - 1 : bottom] = styles


def _filled(value: object, area: Area) -> list[list[Any]]:
    """One value everywhere; relative references of a formula move along."""
    if isinstance(value, str) and value.startswith("=") and len(value) > 1:
        return [[copied(value, row, column) for row in range(area.height)] for column in range(area.width)]
    return [[value] * area.height for _ in range(area.width)]


def _fitted(data: Sequence[Any], area: Area) -> list[list[Any]]:
    """A block on a range of another shape: one row or column is repeated, what is missing is #N/A, the rest is dropped."""
    rows = [list(row) if _is_list(row) else None for row in data]
    block = [list(data)] if None in rows else [row for row in rows if row is not None]
    if not block or len({len(row) for row in block}) != 1 or not block[0]:
        raise ExcelError("a block needs rows of the same length")
    if len(block) == 1:
        block = block * area.height
    if len(block[0]) == 1:
        block = [row * area.width for row in block]
    block = [_padded(row, area.width) for row in block[: area.height]]
    block += [[NOT_AVAILABLE] * area.width] * (area.height - len(block))
    return [list(column) for column in zip(*block, strict=True)]


def _is_list(data: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(data, Sequence) and not isinstance(data, str | bytes)


def _padded(row: list[Any], width: int) -> list[Any]:
    return row[:width] + [NOT_AVAILABLE] * (width - len(row))


def _write_column(sheet: Sheet, area: Area, number: int, values: list[Any]) -> None:
    styles = sheet.grid.styles_of(area, number)[: len(values)]
    known = {style: (sheet.book.styles.meaning(style), sheet.book.styles.prefixed(style)) for style in set(styles)}
    plain = not any(meaning is Meaning.TEXT or prefixed for meaning, prefixed in known.values())
    restyled: dict[int, int] = {}
    if plain and set(map(type, values)) <= {float, type(None)} and not isnan(sum(filter(None, values))):
        contents: list[Content] = list(values)
    else:
        contents, restyled = _typed_in(sheet, values, styles, known)
    cells = sheet.grid.column(number)
    cells.reach(area.top + len(values) - 1)
    cells.contents[area.top - 1 : area.top - 1 + len(values)] = contents
    for place, style in restyled.items():
        cells.styles[area.top - 1 + place] = style


def _typed_in(
    sheet: Sheet, values: list[Any], styles: list[int], known: dict[int, tuple[Meaning, bool]]
) -> tuple[list[Content], dict[int, int]]:
    """What the cells hold, and which of them look different, after these inputs one below the other."""
    contents: list[Content] = []
    restyled: dict[int, int] = {}
    same: set[tuple[str, int]] = set()
    for place, (value, style) in enumerate(zip(values, styles, strict=True)):
        if type(value) is str and (value, style) in same:
            contents.append(value)
            continue
        meaning, prefixed = known[style]
        entry = EMPTY if value is None else entry_of(sheet, value, meaning)
        contents.append(_content(sheet, entry))
        if entry.number_format or entry.prefixed != prefixed:
            restyled[place] = _restyled(sheet, entry, style, meaning, prefixed=prefixed)
        elif entry.content is value and type(value) is str:
            same.add((value, style))
    return contents, restyled


def _content(sheet: Sheet, entry: Entry) -> Content:
    if type(entry.content) is not Formula:
        return entry.content
    return sheet.book.formula(sheet, entry.content.text, entry.content.value)


def _restyled(sheet: Sheet, entry: Entry, style: int, meaning: Meaning, *, prefixed: bool) -> int:
    styles = sheet.book.styles
    if entry.prefixed != prefixed:
        style = styles.with_prefix(style, prefixed=entry.prefixed)
    if entry.number_format and meaning is Meaning.GENERAL:
        style = styles.with_format(style, entry.number_format)
    return style


def entry_of(sheet: Sheet, value: object, meaning: Meaning) -> Entry:
    """What an input becomes in a cell of this meaning."""
    if isinstance(value, ErrorValue):
        return Entry(value)
    if value == "":
        return EMPTY
    if meaning is Meaning.TEXT:
        return _as_text(value)
    if isinstance(value, str):
        return entered(value)
    return _typed(sheet, value)


def _as_text(value: object) -> Entry:
    if not isinstance(value, str | bool | float | int | Decimal | dt.date):
        raise TypeError(f"Objects of type '{type(value).__name__}' can not be converted to a COM VARIANT")
    return Entry(as_text(value), prefixed=isinstance(value, str) and value.startswith("'"))


def _typed(sheet: Sheet, value: object) -> Entry:
    if isinstance(value, bool):
        return Entry(value)
    if isinstance(value, Decimal):
        return Entry(float(value), "$#,##0.00")
    if isinstance(value, int | float):
        if isnan(value):
            raise ExcelError("not a number")
        return Entry(float(value))
    if isinstance(value, dt.datetime | dt.date):
        serial = serial_of(value) - sheet.book.date_offset
        return Entry(serial, "m/d/yyyy h:mm" if serial % 1 else "m/d/yyyy")
    raise TypeError(f"Objects of type '{type(value).__name__}' can not be converted to a COM VARIANT")
