"""Looks into workbooks and changes them the way a user or another program would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from recon_xl.contract import table
from recon_xl.contract.layout import FIRST_ROW
from recon_xl.ooxml import open_workbook

FORMULA = re.compile(r"<c(?P<attrs>[^>]*)>(?P<formula><f[^>]*>[^<]*</f>|<f[^>]*/>)(?:<v>[^<]*</v>|<v/>)?</c>")


def parts(path: Path) -> dict[str, bytes]:
    """All parts of a package by name."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def write_parts(path: Path, changed: Mapping[str, bytes | None]) -> Path:
    """Replace, add or (None) drop parts of a package."""
    old = parts(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {**old, **changed}.items():
            if data is not None:
                package.writestr(name, data)
    return path


def edit_part(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """Change the text of one part; it must change."""
    old = parts(path)[part].decode()
    new = change(old)
    assert new != old
    return write_parts(path, {part: new.encode()})


def changed_parts(before: Path, after: Path) -> set[str]:
    """The parts whose content differs, came or went."""
    old, new = parts(before), parts(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def sheet_parts(path: Path) -> dict[str, str]:
    """Tab -> part."""
    with open_workbook(path) as book:
        return {sheet.name: sheet.part for sheet in book.sheets}


def table_parts(path: Path) -> dict[str, str]:
    """Excel's name of a table -> part."""
    with open_workbook(path) as book:
        return {name: info.part for name, info in book.tables.items()}


def records(book: Workbook | Path, name: str) -> list[dict[str, Any]]:
    """The data rows of a contract table as openpyxl reads them."""
    opened = load_workbook(book, data_only=True) if isinstance(book, Path) else book
    declared = table(name)
    sheet = opened[declared.sheet]
    excel = sheet.tables[declared.excel_name]
    first, last = (int(re.sub("[^0-9]", "", cell)) for cell in excel.ref.split(":"))
    headers = [column.name for column in excel.tableColumns]
    end = last - (excel.totalsRowCount or 0)
    rows = sheet.iter_rows(min_row=first + 1, max_row=end, max_col=len(headers), values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows if any(value is not None for value in row)]


def type_cells(path: Path, sheet: str, cells: Mapping[str, object]) -> Path:
    """Type values into cells with openpyxl, as another program would."""
    book = load_workbook(path)
    for address, value in cells.items():
        book[sheet][address] = value
    book.save(path)
    return path


def at(name: str, column: str, row: int = FIRST_ROW) -> str:
    """The address of a contract column's cell in a fresh workbook."""
    from recon_xl.contract.layout import letter_of

    return f"{letter_of(table(name), column)}{row}"


def without_caches(source: Path, target: Path, value: str = "-999") -> int:
    """A copy in which every formula's cached value is a lie; returns how many formulas there are."""
    lied = 0

    def lie(cell: re.Match[str]) -> str:
        nonlocal lied
        lied += 1
        attrs = re.sub(r'\st="[^"]*"', "", cell["attrs"])
        return f"<c{attrs}>{cell['formula']}<v>{value}</v></c>"

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts(source).items():
            is_sheet = name.startswith("xl/worksheets/sheet")
            package.writestr(name, FORMULA.sub(lie, data.decode()).encode() if is_sheet else data)
    return lied
