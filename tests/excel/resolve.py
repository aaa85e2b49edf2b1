"""What a reference names: an address, a defined name, a table or a part of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from excel.areas import Area, parse_area
from excel.references import unquoted
from excel.values import ErrorValue, Formula

if TYPE_CHECKING:
    from excel.sheet import Sheet
    from excel.table import Table
    from excel.workbook_model import Book

_STRUCTURED = re.compile(r"^(?P<table>[\w.\\]+)(?:\[(?P<inner>.*)\])?$", re.DOTALL)
_PIECE = re.compile(r"\[((?:[^\[\]']|'.)*)\]")


@dataclass(frozen=True, slots=True)
class Place:
    """Cells of one sheet."""

    sheet: Sheet
    area: Area


def resolve(book: Book, text: str, own: Sheet | None = None) -> Place | ErrorValue | None:
    """The cells that a reference names, an error value where it is broken, None where the model doesn't know it."""
    text = text.removeprefix("=")
    if "#REF!" in text:
        return ErrorValue("#REF!")
    sheet_name, mark, rest = text.rpartition("!")
    sheet = book.find(unquoted(sheet_name)) if mark else own
    if mark and sheet is None:
        return ErrorValue("#REF!")
    area = parse_area(rest)
    if area is not None:
        return Place(sheet, area) if sheet else None
    return _named(book, rest, sheet) or _structured(book, rest)


def _named(book: Book, name: str, sheet: Sheet | None) -> Place | ErrorValue | None:
    for names in (sheet.names if sheet else {}, book.names):
        refers_to = next((text for known, text in names.items() if known.casefold() == name.casefold()), None)
        if refers_to is not None:
            return resolve(book, refers_to, sheet)
    return None


def _structured(book: Book, text: str) -> Place | ErrorValue | None:
    found = _STRUCTURED.match(text)
    if not found:
        return None
    known = book.table(found["table"])
    if known is None:
        return None
    sheet, table = known
    inner = found["inner"]
    if not inner:
        return Place(sheet, table.rows)
    area = _part(sheet, table, _PIECE.findall(inner) if "[" in inner else [inner])
    return Place(sheet, area) if area else ErrorValue("#REF!")


def _part(sheet: Sheet, table: Table, pieces: list[str]) -> Area | None:
    rows: Area | None = table.rows
    columns = []
    for piece in pieces:
        if piece.startswith("#"):
            rows = {"#all": table.area, "#data": table.rows, "#headers": table.header, "#totals": table.totals_row}.get(
                piece.casefold()
            )
        else:
            columns.append(header_place(sheet, table, re.sub(r"'(.)", r"\1", piece)))
    if rows is None or None in columns:
        return None
    left = [column for column in columns if column] or [rows.left, rows.right]
    return Area(rows.top, left[0], rows.bottom, left[-1])


def header_place(sheet: Sheet, table: Table, name: str) -> int | None:
    """The column number of a header."""
    for number in range(table.area.left, table.area.right + 1):
        content = sheet.grid.content(table.area.top, number)
        text = content.value if isinstance(content, Formula) else content
        if str(text).casefold() == name.casefold():
            return number
    return None
