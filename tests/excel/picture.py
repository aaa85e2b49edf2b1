"""A picture of a whole workbook, to compare before and after: `differences(before, picture(book))`."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from excel.sheet import Sheet
from excel.values import ErrorValue, formula_text
from excel.workbook_model import Book

Picture = dict[str, object]
"""Where -> what stands there; `Stock!B7` holds a cell's formula or constant and its style."""


def picture(book: Book) -> Picture:
    """Everything that a user or a file would see; not what formulas show."""
    app = book.app
    found: Picture = {
        "sheets": [(sheet.name, sheet.visible) for sheet in book.sheets],
        "active": (book.active.name, [sheet.selection.address for sheet in book.sheets]),
        "names": dict(book.names),
        "app": (
            app.screen_updating,
            app.calculation,
            app.display_alerts,
            app.enable_events,
            app.interactive,
            app.status_bar,
        ),
    }
    for sheet in book.sheets:
        found |= {f"{sheet.name}!{where}": what for where, what in _sheet(sheet).items()}
    return found


def _sheet(sheet: Sheet) -> Picture:
    ruled = {"formats": sheet.rules, "validations": sheet.validations}
    cells = {
        f"{get_column_letter(column)}{row}": (
            type(content) is ErrorValue,
            formula_text(content),
            sheet.grid.style(row, column),
        )
        for row, column, content, _ in sheet.grid.cells()
        if content is not None or sheet.grid.style(row, column) != sheet.grid.default_style(row, column)
    }
    return {
        **cells,
        **{f"table {table.name}": (table.area.plain, table.totals, table.blank) for table in sheet.tables},
        **{name: [[area.plain for area in one.areas] for one in kind] for name, kind in ruled.items()},
        **{f"row {row}": (look.height, look.hidden) for row, look in sheet.rows.items() if look.height or look.hidden},
        "links": [mark.area.plain for mark in sheet.marks],
        "names": dict(sheet.names),
        "columns": dict(sheet.grid.column_styles),
    }


def differences(before: Picture, after: Picture) -> list[str]:
    """One line for each place that differs; empty where nothing does."""
    places = [place for place in {**before, **after} if before.get(place) != after.get(place)]
    return [f"{place}: {before.get(place)} -> {after.get(place)}" for place in places]
