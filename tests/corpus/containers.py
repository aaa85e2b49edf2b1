"""Hostile packages: bombs, entities, unsafe names, twins, lies about addresses and texts."""

from __future__ import annotations

import io
import struct
import zipfile

from .csvs import GOOD_ROW, raw
from .model import Case, Cell, Read, Refused
from .workbooks import Number, Sheet, package, parts

ROWS = [["Customer", "Product", "Quantity", "Amount"], ["Contoso", "Backup", Number("2"), Number("12.5")]]
ROW = {**GOOD_ROW, "Amount": "12.5"}
SHEET, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
_STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Contoso</t></si></sst>'
_REFUSED = ("an Excel workbook", "Open the file in Excel")


def _parts() -> dict[str, str]:
    return parts([Sheet("October", ROWS)])


def _with(part: str, old: str, new: str) -> bytes:
    content = _parts()
    assert old in content[part]
    return package({**content, part: content[part].replace(old, new, 1)})


def _plus(**more: str) -> bytes:
    names = {
        "up": "../evil.xml",
        "root": "/etc/evil.xml",
        "back": "xl\\evil.xml",
        "twin": "XL/Workbook.xml",
        "link": "xl/externalLinks/externalLink1.xml",
    }
    return package({**_parts(), **{names[name]: text for name, text in more.items()}})


def _strings(index: str) -> bytes:
    """A shared text in B2, by its index."""
    content = _parts()
    cell = f'<c r="B2" t="s"><v>{index}</v></c>'
    old = '<c r="B2" t="inlineStr"><is><t xml:space="preserve">Backup</t></is></c>'
    rels = "xl/_rels/workbook.xml.rels"
    link = '<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    return package({
        **content, SHEET: content[SHEET].replace(old, cell), "xl/sharedStrings.xml": _STRINGS,
        rels: content[rels].replace("</Relationships>", f"{link}</Relationships>"),
    })  # fmt: skip


def _bomb() -> bytes:
    """80 MiB of blanks in a sheet, from a few kB."""
    out = io.BytesIO(package({name: text for name, text in _parts().items() if name != SHEET}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(SHEET, (2026, 11, 1, 0, 0, 0)), b" " * (80 * 2**20), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _encrypted() -> bytes:
    """The flag of encryption on every entry."""
    content = bytearray(package(_parts()))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := content.find(mark, at)) >= 0:
            struct.pack_into("<H", content, at + place, 1)
            at += 4
    return bytes(content)


def _flipped() -> bytes:
    """A byte of the packed sheet is another one: the check sum fails."""
    content = bytearray(package(_parts()))
    at = content.find(SHEET.encode()) + len(SHEET) + 20
    content[at] ^= 0xFF
    return bytes(content)


def _utf16() -> bytes:
    """A sheet in UTF-16, as the standard allows."""
    out = io.BytesIO(package({name: text for name, text in _parts().items() if name != SHEET}))
    text = _parts()[SHEET].replace('encoding="UTF-8"', 'encoding="UTF-16"')
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo(SHEET, (2026, 11, 1, 0, 0, 0)), text.encode("utf-16"))
    return out.getvalue()


def _case(
    name: str, title: str, content: bytes, where: str = "", found: str = "", expected: str = "", todo: str = ""
) -> Case:
    return Case(f"{name}.xlsx", title, raw(content), Refused(f"{name}.xlsx{where}", found, expected, todo))


_XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'

CASES = [
    _case("bomb", "a part that unpacks to 80 MiB", _bomb(), "", "from almost nothing", *_REFUSED),
    _case("encrypted_zip", "an encrypted zip archive", _encrypted(), "", "an encrypted package", *_REFUSED),
    _case("flipped_byte", "one wrong byte in a sheet", _flipped(), "", "damaged", *_REFUSED),
    _case("entity_in_workbook", "entities in workbook.xml", _with(WORKBOOK, "<workbook", f"{_LAUGHS}<workbook"), "", "", "", ""),
    _case("entity_in_styles", "entities in styles.xml", _with("xl/styles.xml", "<styleSheet", f"{_LAUGHS}<styleSheet"), "", "", "", ""),
    _case("entity_in_rels", "entities in the relationships", _with("_rels/.rels", "<Relationships", f"{_LAUGHS}<Relationships"), "", "", "", ""),
    _case("entity_external", "an entity that reads a file", _with(SHEET, "<worksheet", f"{_XXE}<worksheet"), "", "", "", ""),
    _case("name_up", "a part outside its folder", _plus(up="<x/>"), "", "unsafe name", *_REFUSED),
    _case("name_root", "a part at the root of the disk", _plus(root="<x/>"), "", "unsafe name", *_REFUSED),
    _case("name_back", "a part with a backslash", _plus(back="<x/>"), "", "unsafe name", *_REFUSED),
    _case("name_twin", "two parts that differ in case", _plus(twin="<x/>"), "", "the same part twice", *_REFUSED),
    _case("string_beyond", "a text index that is not there", _strings("7"), " > October > B2", "'7' that its type 's' does not allow", "a value that Excel can show", "Open the file"),
    _case("string_negative", "a negative text index", _strings("-1"), " > October > B2", "'-1' that its type 's' does not allow", "a value that Excel can show", "Open the file"),
    _case("sheet_cut", "a sheet that ends in a row", _with(SHEET, "</row></sheetData></worksheet>", ""), " > xl/worksheets/sheet1.xml", "", "", ""),
    _case("row_zero", "row 0", _with(SHEET, '<row r="2">', '<row r="0">'), " > October", "row number 0", "between 1 and 1,048,576", ""),
    _case("address_of_another_row", "a cell that says another row", _with(SHEET, 'r="B2"', 'r="B7"'), " > October > B7", "'B7' in row 2", "inside the grid", ""),
    _case("column_beyond", "a cell to the right of XFD", _with(SHEET, 'r="D2"', 'r="XFE2"'), " > October", "XFE2", "inside the grid", ""),
    Case("string_there.xlsx", "a shared text", raw(_strings("0")), Read(({**ROW, "Product": "Contoso"},))),
    Case("sheet_utf16.xlsx", "a sheet in UTF-16", raw(_utf16()), Read((ROW,))),
    Case("lying_dimension.xlsx", "a dimension that says less than there is", raw(_with(SHEET, "<sheetData>", '<dimension ref="A1"/><sheetData>')), Read((ROW,))),
    Case("comment_in_sheet.xlsx", "a comment inside the sheet", raw(_with(SHEET, "<sheetData>", "<!-- x --><sheetData>")), Read((ROW,))),
    Case("external_link.xlsx", "a link to another file is not followed", raw(_plus(link="<externalLink/>")), Read((ROW,))),
    Case("far_cell.xlsx", "a cell in the last column of the grid", raw(_with(SHEET, "</row></sheetData>", '<c r="XFD2"><v>1</v></c></row></sheetData>')),
         Read((ROW,), says=("column 16384 (no header)",))),
    Case("rows_out_of_order.xlsx", "rows stored backwards keep their numbers",
         raw(_with(SHEET, "</row></sheetData>", '</row><row r="9"><c r="A9" t="str"><v>Fabrikam</v></c></row></sheetData>')),
         Read((ROW, {"Customer": "Fabrikam", "Product": None, "Quantity": None, "Amount": None}),
              cells=(Cell("October > B9", "blank"), Cell("October > C9", "blank")))),
]  # fmt: skip
