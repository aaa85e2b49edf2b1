"""From addresses, names and pairs of cells to ranges, for the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from excel.areas import Area
from excel.engine_range import Range
from excel.resolve import Place, resolve
from excel.values import ExcelError

if TYPE_CHECKING:
    from excel.engine_app import App
    from excel.sheet import Sheet


def range_of(sheet: Sheet, where: Any, app: App) -> Range:
    """A range from an area, or from what `Sheet.range` takes."""
    if isinstance(where, Area):
        return Range(sheet, where, app)
    first, last = (_area(sheet, part) if part is not None else None for part in where)
    if first is None:
        raise ValueError(where)
    return Range(sheet, first.union(last) if last else first, app)


def _area(sheet: Sheet, where: Any) -> Area:
    if isinstance(where, Range):
        return where.area
    if isinstance(where, tuple):
        if 0 in where:
            raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
        row, column, *size = where
        height, width = size or (1, 1)
        return Area(row, column, row + height - 1, column + width - 1)
    return place_of(sheet, where).area


def place_of(sheet: Sheet, text: str) -> Place:
    """The cells that an address or a name given to `Range` means."""
    place = resolve(sheet.book, text, sheet)
    if not isinstance(place, Place):
        raise ExcelError("Method 'Range' of object '_Worksheet' failed")
    return place
