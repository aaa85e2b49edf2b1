"""Files that are not what their name says, and workbooks with the wrong sheets or broken inside."""

from __future__ import annotations

import gzip
import io
import zipfile

from .csvs import GOOD, GOOD_ROW, SHORT, lines, raw
from .model import Case, Read, Refused
from .workbooks import Number, Rows, Sheet, book, package, parts

ROWS: Rows = [["Customer", "Product", "Quantity", "Amount"], ["Contoso", "Backup", Number("2"), Number("12.5")]]
OTHER: Rows = [["Customer", "Product", "Quantity", "Amount"], ["Fabrikam", "Backup", Number("3"), Number("7.5")]]
NOTES: Rows = [["Printed", "By"], ["today", "Ada"]]
ROW = {**GOOD_ROW, "Amount": "12.5"}
GOOD_BOOK = book(Sheet("October", ROWS))
LOGIN = b"\r\n<!DOCTYPE html>\r\n<html><head><title>Sign in</title></head><body></body></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WORKBOOK = "an Excel workbook (.xlsx or .xlsm)"


def _ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(512)


def _zip(**content: str) -> bytes:
    return package({name.replace("__", "/").replace("_DOT_", "."): text for name, text in content.items()})


def _bzip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        for name, text in parts([Sheet("October", ROWS)]).items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0)), text, zipfile.ZIP_BZIP2)
    return out.getvalue()


def _entities() -> bytes:
    content = parts([Sheet("October", ROWS)])
    name = "xl/worksheets/sheet1.xml"
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    return package({**content, name: content[name].replace("<worksheet", f"{bomb}<worksheet", 1)})


def _changed(old: str, new: str) -> bytes:
    content = parts([Sheet("October", ROWS)])
    name = "xl/worksheets/sheet1.xml"
    return package({**content, name: content[name].replace(old, new)})


XLSB = _zip(xl__workbook_DOT_bin="x")
ODS = _zip(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_DOT_xml="<x/>")

CASES = [
    Case("login.csv", "a login page named .csv", raw(LOGIN), Refused("login.csv", "a web page", "a CSV file", "Sign in again")),
    Case("login.xlsx", "a login page named .xlsx", raw(LOGIN), Refused("login.xlsx", "a web page", WORKBOOK, "Sign in again")),
    Case("login.xls", "a login page named .xls", raw(LOGIN), Refused("login.xls", "a web page", WORKBOOK, "Sign in again")),
    Case("login16.csv", "a login page in UTF-16", raw(b"\xff\xfe" + LOGIN.decode().encode("utf-16-le")), Refused("login16.csv", "a web page", "a CSV file", "Sign in again")),
    Case("html_table.xls", "a web page with a table, as some programs export to Excel", raw(b"<table><tr><td>Customer</td></tr></table>"),
         Refused("html_table.xls", "a web page", WORKBOOK, "")),
    Case("json.csv", "JSON named .csv", raw(b'\xef\xbb\xbf{"items": []}'), Refused("json.csv", "a JSON document", "a CSV file", "Export the data")),
    Case("json_list.csv", "a JSON list named .csv", raw(b'[\n{"a": 1}]'), Refused("json_list.csv", "a JSON document", "a CSV file", "Export the data")),
    Case("json.xlsx", "JSON named .xlsx", raw(b'{"items": []}'), Refused("json.xlsx", "a JSON document", WORKBOOK, "Export the data")),
    Case("xml.csv", "XML named .csv", raw(b"<?xml version='1.0'?><a/>"), Refused("xml.csv", "an XML or HTML document", "a CSV file", "Export the data")),
    Case("pdf.csv", "a PDF named .csv", raw(b"%PDF-1.7"), Refused("pdf.csv", "a PDF document", "a CSV file", "Export the data")),
    Case("packed.csv", "a gzip archive named .csv", raw(gzip.compress(GOOD.encode(), mtime=0)), Refused("packed.csv", "a gzip archive", "a CSV file", "Unpack it")),
    Case("zipped.csv", "a zip archive named .csv", raw(_zip(recon_DOT_csv="a,b")), Refused("zipped.csv", "a zip archive", "a CSV file", "Unpack it")),
    Case("workbook.csv", "a workbook named .csv", GOOD_BOOK, Refused("workbook.csv", "an Excel workbook", "a CSV file", "Rename it to .xlsx")),
    Case("workbook.xls", "a workbook named .xls", GOOD_BOOK, Refused("workbook.xls", "an Excel workbook", "", "Rename it to .xlsx")),
    Case("text.xlsx", "a CSV file named .xlsx", lines(SHORT, GOOD), Refused("text.xlsx", "a CSV or other text file", WORKBOOK, "Rename it to .csv")),
    Case("text.xls", "a CSV file named .xls", lines(SHORT, GOOD), Refused("text.xls", "a CSV or other text file", WORKBOOK, "Rename it to .csv")),
    Case("password.xlsx", "a workbook with a password", raw(_ole("EncryptedPackage")), Refused("password.xlsx", "password protected", WORKBOOK, "remove the password")),
    Case("old.xls", "an old workbook by its own name", raw(_ole("Workbook")), Refused("old.xls", "the old .xls format", WORKBOOK, "save it as .xlsx")),
    Case("old_named.xlsx", "an old workbook named .xlsx", raw(_ole("Workbook")), Refused("old_named.xlsx", "the old .xls format", WORKBOOK, "save it as .xlsx")),
    Case("old_named.csv", "an old workbook named .csv", raw(_ole("Workbook")), Refused("old_named.csv", "the old .xls format", "a CSV file", "save it as .xlsx")),
    Case("binary.xlsb", "a binary workbook by its own name", raw(XLSB), Refused("binary.xlsb", "the binary .xlsb format", WORKBOOK, "save it as .xlsx")),
    Case("binary_named.xlsx", "a binary workbook named .xlsx", raw(XLSB), Refused("binary_named.xlsx", "the binary .xlsb format", WORKBOOK, "save it as .xlsx")),
    Case("open.ods", "an OpenDocument sheet by its own name", raw(ODS), Refused("open.ods", "an OpenDocument spreadsheet", WORKBOOK, "save it as .xlsx")),
    Case("open_named.xlsx", "an OpenDocument sheet named .xlsx", raw(ODS), Refused("open_named.xlsx", "an OpenDocument spreadsheet", WORKBOOK, "Save it as .xlsx")),
    Case("letter.xlsx", "a Word document named .xlsx", raw(_zip(word__document_DOT_xml="<x/>")), Refused("letter.xlsx", "a Word document", WORKBOOK, "")),
    Case("other_zip.xlsx", "a zip archive named .xlsx", raw(_zip(readme_DOT_txt="x")), Refused("other_zip.xlsx", "a zip archive without a workbook", WORKBOOK, "Unpack")),
    Case("empty.xlsx", "an empty file named .xlsx", raw(b""), Refused("empty.xlsx", "an empty file", "a header row", "")),
    Case("cut.xlsx", "a workbook cut off", raw(GOOD_BOOK()[:-200]), Refused("cut.xlsx", "damaged or incomplete", WORKBOOK, "fresh copy")),
    Case("half.xlsx", "half a workbook", raw(GOOD_BOOK()[: len(GOOD_BOOK()) // 2]), Refused("half.xlsx", "damaged or incomplete", WORKBOOK, "fresh copy")),
    Case("bzip.xlsx", "a compression that Excel does not use", raw(_bzip()), Refused("bzip.xlsx", "compression that Excel does not use", WORKBOOK, "")),
    Case("entities.xlsx", "a document type inside", raw(_entities()), Refused("entities.xlsx", "", "", "")),
    Case("cell_twice.xlsx", "the same cell twice", raw(_changed('r="B2"', 'r="A2"')), Refused("cell_twice.xlsx > October > A2", "the same cell twice", "each cell once", "")),
    Case("cell_outside.xlsx", "a cell outside the grid", raw(_changed('r="D2"', 'r="AAAAAAAAA2"')), Refused("cell_outside.xlsx > October", "AAAAAAAAA2", "inside the grid", "")),
    Case("row_outside.xlsx", "a row outside the grid", raw(_changed('<row r="2">', '<row r="999999999">')), Refused("row_outside.xlsx > October", "999999999", "between 1 and 1,048,576", "")),
    Case("rows_backwards.xlsx", "rows out of order in the file", book(Sheet("October", [*ROWS, OTHER[1]])), Read((ROW, {**ROW, "Customer": "Fabrikam", "Quantity": "3", "Amount": "7.5"}))),
    Case("one_sheet.xlsx", "one sheet", GOOD_BOOK, Read((ROW,))),
    Case("banner.xlsx", "a banner above the header", book(Sheet("October", [["Billing export"], [], *ROWS])), Read((ROW,), says=("banner.xlsx > October: above the header, passed over: row 1",))),
    Case("other_sheet.xlsx", "a sheet that fits beside one that does not", book(Sheet("Notes", NOTES), Sheet("October", ROWS)), Read((ROW,), says=("other_sheet.xlsx > Notes: not imported",))),
    Case("hidden_sheet.xlsx", "an older month on a hidden sheet", book(Sheet("October", ROWS), Sheet("September", OTHER, "hidden")), Read((ROW,), says=("hidden sheets were not read: September",))),
    Case("very_hidden.xlsx", "a sheet that only VBA shows", book(Sheet("October", ROWS), Sheet("September", OTHER, "veryHidden")), Read((ROW,), says=("hidden sheets were not read: September",))),
    Case("only_hidden.xlsx", "the rows are on a hidden sheet", book(Sheet("Notes", []), Sheet("October", ROWS, "hidden")),
         Refused("only_hidden.xlsx", "hidden: October", "a header row", '--sheet "October"')),
    Case("wrong_and_hidden.xlsx", "a sheet that fits nowhere, the right one hidden", book(Sheet("Notes", NOTES), Sheet("October", ROWS, "hidden")),
         Refused("wrong_and_hidden.xlsx > Notes", "hidden sheets were not read: October", "the headers of one table", "--sheet NAME")),
    Case("hidden_named.xlsx", "a hidden sheet that is named", book(Sheet("Notes", NOTES), Sheet("October", ROWS, "hidden")), Read((ROW,)), options={"sheet": "october"}),
    Case("twins.xlsx", "two sheets that fit", book(Sheet("October", ROWS), Sheet("October (2)", OTHER)),
         Refused("twins.xlsx", "2 sheets that fit Billed Lines: October, October (2)", "one of them", '--sheet "October"')),
    Case("twins_named.xlsx", "two sheets that fit, one named", book(Sheet("October", ROWS), Sheet("October (2)", OTHER)), Read((ROW,)), options={"sheet": "October"}),
    Case("no_such_sheet.xlsx", "a sheet that is not there", GOOD_BOOK, Refused("no_such_sheet.xlsx", "the sheets October", "a sheet November", "Choose one"), options={"sheet": "November"}),
    Case("header_only.xlsx", "a header and nothing below it", book(Sheet("October", ROWS[:1])), Refused("header_only.xlsx", "no rows below a header", "a header row", "leave it out")),
    Case("blank_book.xlsx", "a workbook without any cell", book(Sheet("Sheet1", [])), Refused("blank_book.xlsx", "no rows below a header", "a header row", "leave it out")),
    Case("totals.xlsx", "a totals row in a workbook", book(Sheet("October", [*ROWS, ["Total", None, Number("2"), Number("12.5")]])), Read((ROW,), says=("row 3 is a totals row",))),
]  # fmt: skip
