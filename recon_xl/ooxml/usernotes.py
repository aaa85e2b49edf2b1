"""Which rows of a table a user put something on beside words: a colour, a comment, a link."""

from __future__ import annotations

from recon_xl.ooxml.address import Range
from recon_xl.ooxml.anchors import linked_rows, noted_rows
from recon_xl.ooxml.around import Around
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.container import damaged
from recon_xl.ooxml.rawxml import read_part, sheet_rows
from recon_xl.ooxml.reader import NONSENSE, BookReader
from recon_xl.ooxml.sheettext import SheetText
from recon_xl.ooxml.styles import CellStyles
from recon_xl.ooxml.usermarks import TableLooks, looks_of


def users_rows(book: BookReader, table_name: str, styles: CellStyles) -> frozenset[int]:
    """The data rows of a table with a cell that looks other than its column, or with a comment or a link.

    `styles` are those of the workbook, read once for all of its tables.

    Raises `WorkbookError` for a sheet in which values stand that no program writes.
    """
    table = book.tables[table_name]
    part = next(sheet.part for sheet in book.sheets if sheet.name == table.sheet)
    try:
        return _users_rows(book, part, table, styles)
    except NONSENSE as error:
        raise damaged(f"{book.where} > {part}", f"a sheet that contradicts itself ({error})") from error


def _users_rows(book: BookReader, part: str, table: TableInfo, styles: CellStyles) -> frozenset[int]:
    area = Range(table.first_data_row, table.first_col, table.last_data_row, table.last_col)
    around = Around()
    found = read_part(
        lambda: book.stream(part), f"{book.where} > {part}", lambda blocks: around.through(blocks, sheet_rows)
    )
    inside = [(number, looks_of(inner)) for number, inner in found if area.first_row <= number <= area.last_row]
    looks = TableLooks.of(inside, SheetText(part, around.head, "", "").column_styles(), styles)
    coloured = looks.coloured(table.first_col, table.last_col, styles)
    return frozenset({*coloured, *noted_rows(book, part, area), *linked_rows(around.tail, area)})
