"""Looks into workbooks and changes them the way a user or another program would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from recon_xl.contract import setting_fields, table
from recon_xl.contract.layout import FIRST_ROW, column_letter, letter_of
from recon_xl.core.cells import Value
from recon_xl.ooxml import WorkbookEditor, open_workbook, save

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

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


def opened(path: Path, *, values: bool = False) -> Workbook:
    """The workbook in openpyxl, with formulas or with cached values; read once for each state of the file."""
    state = path.stat()
    return _opened(path, state.st_mtime_ns, state.st_size, values)


@lru_cache(maxsize=2)
def _opened(path: Path, _changed: int, _size: int, values: bool) -> Workbook:
    return load_workbook(path, data_only=values)


def cell_xml(path: Path, tab: str) -> dict[str, str]:
    """Every cell of a tab as it stands in the file."""
    text = parts(path)[sheet_parts(path)[tab]].decode()
    return {ref: cell for cell, ref in re.findall(r'(<c r="([A-Z]+[0-9]+)".*?(?:/>|</c>))', text)}


def records(book: Workbook | Path, name: str) -> list[dict[str, Any]]:
    """The data rows of a contract table as openpyxl reads them."""
    workbook = opened(book, values=True) if isinstance(book, Path) else book
    declared = table(name)
    sheet = workbook[declared.sheet]
    excel = next(one for one in sheet.tables.values() if one.name.casefold() == declared.excel_name.casefold())
    first, last = (int(re.sub("[^0-9]", "", cell)) for cell in excel.ref.split(":"))
    headers = [column.name for column in excel.tableColumns]
    end = last - (excel.totalsRowCount or 0)
    rows = sheet.iter_rows(min_row=first + 1, max_row=end, max_col=len(headers), values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows if any(value is not None for value in row)]


def type_cells(path: Path, sheet: str, cells: Mapping[str, Value]) -> Path:
    """Type values into cells; everything else in the file stays, as when Excel saves it."""
    editor = WorkbookEditor(path)
    editor.set_cells(sheet, cells)
    save(editor, path, expected_hash=editor.source_hash, source=path)
    return path


def type_setting(path: Path, name: str, value: Value) -> Path:
    """Type the value of a setting."""
    row = [field["setting"] for field in setting_fields()].index(name) + FIRST_ROW
    return type_cells(path, "Settings", {at("Settings", "Value", row): value})


def add_column(path: Path, name: str, header: str, cells: Sequence[Value], formula: str = "") -> Path:
    """Widen a table of the contract by a column of the user's; `formula` fills it as Excel does."""
    with open_workbook(path) as book:
        info = book.tables[table(name).excel_name]
    letter, before = column_letter(info.last_col + 1), column_letter(info.last_col)
    rows = {f"{letter}{row}": value for row, value in enumerate(cells, info.first_row + 1)}
    type_cells(path, table(name).sheet, {f"{letter}{info.first_row}": header, **rows})
    fill = f"<calculatedColumnFormula>{formula}</calculatedColumnFormula>" if formula else ""
    column = f'<tableColumn id="{info.last_col + 100}" name="{header}">{fill}</tableColumn></tableColumns>'

    def widened(text: str) -> str:
        count = len(info.columns)
        text = re.sub(rf'ref="([A-Z]+[0-9]+):{before}([0-9]+)"', rf'ref="\1:{letter}\2"', text)
        text = text.replace(f'tableColumns count="{count}"', f'tableColumns count="{count + 1}"')
        return text.replace("</tableColumns>", column)

    return edit_part(path, info.part, widened)


def add_sheet(path: Path, name: str, cells: str) -> Path:
    """Add a sheet of the user's, with the XML of its cells in row 1."""
    number = 900 + sum(1 for part in parts(path) if part.startswith("xl/worksheets/"))
    part = f"xl/worksheets/mine{number}.xml"
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    write_parts(path, {part: sheet.encode()})
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    override = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    edit_part(path, "[Content_Types].xml", lambda text: text.replace("</Types>", override))
    link = f'<Relationship Id="mine{number}" Type="{_LINKS}/worksheet" Target="/{part}"/></Relationships>'
    edit_part(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace("</Relationships>", link))
    entry = f'<sheet xmlns:r="{_LINKS}" name="{name}" sheetId="{number}" r:id="mine{number}"/></sheets>'
    return edit_part(path, "xl/workbook.xml", lambda text: text.replace("</sheets>", entry))


def at(name: str, column: str, row: int = FIRST_ROW) -> str:
    """The address of a contract column's cell in a fresh workbook."""
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
