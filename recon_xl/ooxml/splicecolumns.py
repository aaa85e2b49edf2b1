"""Columns of the scaffolding put at the right end of a table of ours that lacks them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import Range, cell_ref
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.cellmove import moved
from recon_xl.ooxml.sheettext import RawCell, RawRow, SheetText

_TABLE_COLUMN = re.compile(r"<tableColumn\s(?:[^\">]|\"[^\"]*\")*(?:(?<=/)>|>.*?</tableColumn>)", re.DOTALL)
_ID = re.compile(r'\sid="([0-9]+)"')
_COLUMNS_COUNT = re.compile(r'<tableColumns\s[^>]*count="[0-9]+"')
_COL = re.compile(r"<col\s[^>]*?/>")


def with_columns(
    sheet: SheetText, table: TableInfo, template: SheetText, made: TableInfo, columns: Sequence[int]
) -> tuple[SheetText, TableInfo]:
    """The sheet and its table with these columns of the template (sheet columns there) behind its last one.

    `template` is styled for this workbook. Raises `WorkbookError` where something stands beside the table.
    """
    places = {column: table.last_col + number for number, column in enumerate(columns, 1)}
    first = max(table.first_row - 1, 1)
    before, rows, after = sheet.split(first, table.last_row)
    _check_free(sheet, table, rows, set(places.values()))
    _start, patterns, _end = template.split(max(made.first_row - 1, 1), made.last_row)
    known = {row.number: row for row in rows}
    written = []
    for number in range(first, table.last_row + 1):
        row = known.get(number) or RawRow(number, "", "")
        pattern = _pattern(patterns, table, made, number)
        written.append(_with_cells(sheet, row, _cells(template, pattern, number, places)))
    wider = replace(
        table,
        last_col=table.last_col + len(columns),
        columns=(*table.columns, *(made.columns[column - made.first_col] for column in columns)),
        formulas=(*table.formulas, *(made.formulas[column - made.first_col] for column in columns)),
    )
    result = sheet.with_rows(before, written, after)
    used = Range(first, table.first_col, table.last_row, wider.last_col)
    return _with_widths(result.with_dimension(used), template, places), wider


def widened(data: str, wider: TableInfo, made: str, columns: Sequence[str]) -> str:
    """The table part with the same columns behind its last one; `made` is the template's, styled for this workbook."""
    number = max(int(match[1]) for entry in _TABLE_COLUMN.findall(data) if (match := _ID.search(entry)))
    added = []
    for entry in _TABLE_COLUMN.findall(made):
        if any(f' name="{name}"' in entry for name in columns):
            number += 1
            added.append(_ID.sub(f' id="{number}"', entry, count=1))
    text = data.replace("</tableColumns>", f"{''.join(added)}</tableColumns>", 1)
    return _COLUMNS_COUNT.sub(f'<tableColumns count="{len(wider.columns)}"', text, count=1)


def _pattern(rows: Sequence[RawRow], table: TableInfo, made: TableInfo, number: int) -> RawRow | None:
    """The template's row that a row of the sheet is like: notes above, header, data, totals."""
    if number <= table.first_row:
        wanted = made.first_row + number - table.first_row
    elif number <= table.last_data_row:
        wanted = made.first_data_row
    else:
        wanted = made.last_data_row + number - table.last_data_row if made.totals_row_count else 0
    return next((row for row in rows if row.number == wanted), None)


def _cells(template: SheetText, pattern: RawRow | None, number: int, places: Mapping[int, int]) -> list[RawCell]:
    """The template's cells of the new columns, where they have to stand."""
    if pattern is None:
        return []
    found = [cell for cell in template.cells(pattern) if cell.column in places]
    return [cell._replace(column=places[cell.column]) for cell in found]


def _with_cells(sheet: SheetText, row: RawRow, added: Sequence[RawCell]) -> str:
    taken = {cell.column for cell in sheet.cells(row) if not cell.is_empty}
    new = {cell.column: cell for cell in added if cell.column not in taken}
    kept = [cell for cell in sheet.cells(row) if cell.column not in new]
    texts = {cell.column: cell.xml(row.number) for cell in kept}
    texts |= {column: moved(cell, row.number, row.number) for column, cell in new.items()}
    return row._replace(inner="".join(texts[column] for column in sorted(texts))).xml()


def _check_free(sheet: SheetText, table: TableInfo, rows: Sequence[RawRow], columns: set[int]) -> None:
    found = [
        cell_ref(row.number, cell.column)
        for row in rows
        if row.number >= table.first_row
        for cell in sheet.cells(row)
        if cell.column in columns and not cell.is_empty
    ]
    if found:
        raise WorkbookError(
            where=f"{sheet.where} > {', '.join(found[:5])}",
            found=f"something of yours where table {table.name} gets {len(columns)} new columns",
            expected="free cells beside the table",
            todo="Move these cells, or make them a column of the table, then upgrade again.",
        )


def _with_widths(sheet: SheetText, template: SheetText, places: Mapping[int, int]) -> SheetText:
    """Columns that have no width of their own get the template's."""
    there = _COL.findall(sheet.head)
    taken = [(int(_number(tag, "min")), int(_number(tag, "max"))) for tag in there]
    added = []
    for tag in _COL.findall(template.head):
        column = places.get(int(_number(tag, "min")))
        if column and not any(low <= column <= high for low, high in taken):
            added.append(re.sub(r'\s(min|max)="[0-9]+"', rf' \1="{column}"', tag))
    if not added or "</cols>" not in sheet.head:
        return sheet
    tags = sorted([*there, *added], key=lambda tag: int(_number(tag, "min")))
    start, end = sheet.head.index(there[0]), sheet.head.index("</cols>")
    return replace(sheet, head=sheet.head[:start] + "".join(tags) + sheet.head[end:])


def _number(tag: str, name: str) -> str:
    match = re.search(rf'\s{name}="([0-9]+)"', tag)
    return match[1] if match else "0"
