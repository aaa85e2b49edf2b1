"""Writes .xlsx files letter by letter, so that a test decides what a cell stores."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PLAIN, DATE, PERCENT, LONG_DATE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is stored, in one of the styles."""

    stored: str
    style: int = PLAIN


@dataclass(frozen=True, slots=True)
class Typed:
    """A stored value of another type: `b` a logical value, `e` an Excel error."""

    kind: str
    stored: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value that Excel has left beside it; None = it was never calculated."""

    text: str
    cached: str | None
    kind: str = "n"


Content = str | None | Number | Typed | Formula
Rows = Sequence[Sequence[Content]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab: its name, its rows from row 1 on, and whether it is hidden."""

    name: str
    rows: Rows
    state: str = "visible"


def day(serial: int | str) -> Number:
    """A day number that Excel shows as a date."""
    return Number(str(serial), DATE)


def book(*sheets: Sheet, date1904: bool = False) -> Callable[[], bytes]:
    """A workbook with these tabs."""
    return lambda: package(parts(sheets, date1904=date1904))


def package(content: dict[str, str]) -> bytes:
    """The parts as a zip archive with one and the same date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parts(sheets: Sequence[Sheet], *, date1904: bool = False) -> dict[str, str]:
    """The parts of a workbook by name."""
    numbers = range(1, len(sheets) + 1)
    tabs = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINK}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers
    )
    flag = ' date1904="1"' if date1904 else ""
    package_ns = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{package_ns}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{package_ns}/relationships"><Relationship Id="rId1" '
        f'Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><workbookPr{flag}/>'
        f"<sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{package_ns}/relationships">{links}'
        f'<Relationship Id="rId99" Type="{_LINK}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _styles(),
        **{f"xl/worksheets/sheet{n}.xml": _sheet(sheet.rows) for n, sheet in zip(numbers, sheets, strict=True)},
    }


def _styles() -> str:
    formats = "".join(f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0"/>' for number in (0, 14, 10, 165))
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="165" '
        'formatCode="[$-809]dd\\ mmmm\\ yyyy;@"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/>'
        f'</fills><borders count="1"><border/></borders><cellXfs count="4">{formats}</cellXfs></styleSheet>'
    )


def _sheet(rows: Rows) -> str:
    body = "".join(
        f'<row r="{number}">{"".join(_cell(number, at, cell) for at, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
        if row
    )
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'


def _letters(at: int) -> str:
    """The name of a column, counted from 0."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _cell(row: int, at: int, cell: Content) -> str:
    ref = f"{_letters(at)}{row}"
    if cell is None:
        return ""
    if isinstance(cell, Number):
        style = f' s="{cell.style}"' if cell.style else ""
        return f'<c r="{ref}"{style}><v>{cell.stored}</v></c>'
    if isinstance(cell, Typed):
        return f'<c r="{ref}" t="{cell.kind}"><v>{cell.stored}</v></c>'
    if isinstance(cell, Formula):
        value = "" if cell.cached is None else f"<v>{escape(cell.cached)}</v>"
        kind = "" if cell.kind == "n" else f' t="{cell.kind}"'
        return f'<c r="{ref}"{kind}><f>{escape(cell.text)}</f>{value}</c>'
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
