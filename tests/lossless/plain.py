"""Workbooks that XlsxWriter makes: everything that it knows, a few features a workbook."""

from __future__ import annotations

import datetime
import struct
import zipfile
import zlib
from pathlib import Path

import xlsxwriter
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

TEMPLATES = Path(__file__).parents[2] / "workbook_templates"
DAY = datetime.date(2026, 10, 3)
ROWS = [["Contoso", 3, 10.5], ["Fabrikam", 8, 2.25], ["Tailspin", 1, 99.0]]


def opened(path: Path, **options: object) -> tuple[Workbook, Worksheet]:
    """A new workbook with one sheet and a little of everything that every workbook has."""
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": "Month end", "created": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)})
    sheet = book.add_worksheet("My Data")
    bold = book.add_format({"bold": True, "font_name": "Arial", "bg_color": "#FFEE00", "num_format": "0.0000"})
    sheet.write_row("A1", ["Who", "Count", "Price"], bold)
    for number, row in enumerate(ROWS, 2):
        sheet.write_row(f"A{number}", row)
    sheet.write_formula("D2", "=B2*C2", None, 31.5)
    sheet.write_datetime("E2", datetime.datetime(2026, 10, 3), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001
    return book, sheet


def picture() -> bytes:
    """A PNG of one pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )


def charts(path: Path) -> Path:
    """Charts of several kinds, one with a series on a name, and a chart sheet that the workbook opens with."""
    book, sheet = opened(path)
    book.define_name("Prices", "='My Data'!$C$2:$C$4")
    for place, kind in enumerate(("column", "line", "pie", "scatter", "bar"), 1):
        chart = book.add_chart({"type": kind})
        chart.add_series({"categories": "='My Data'!$A$2:$A$4", "values": "='My Data'!$B$2:$B$4", "name": "Counts"})
        sheet.insert_chart(f"H{place * 16}", chart)
    page = book.add_chartsheet("Picture of it")
    chart = book.add_chart({"type": "area"})
    chart.add_series({"values": "='My Data'!$C$2:$C$4"})
    page.set_chart(chart)
    page.activate()
    book.close()
    return path


def pictures(path: Path) -> Path:
    """Images on the sheet, in a cell, in the header and behind; a text box."""
    book, sheet = opened(path)
    image = path.with_suffix(".png")
    image.write_bytes(picture())
    sheet.insert_image("G2", str(image), {"description": "our logo"})
    sheet.embed_image("G5", str(image))
    sheet.set_header("&L&G", {"image_left": str(image)})
    sheet.set_background(str(image))
    sheet.insert_textbox("G8", "A box of text", {"fill": {"color": "#DDEEFF"}})
    book.close()
    return path


def comments(path: Path) -> Path:
    """Legacy comments, of two authors, one always shown."""
    book, sheet = opened(path)
    sheet.set_comments_author("Reviewer")
    sheet.write_comment("B2", "Checked with the client.")
    sheet.write_comment("B3", "Ask again.", {"author": "Preparer", "visible": True})
    book.close()
    return path


def conditions(path: Path) -> Path:
    """Conditional formats of both generations, validations, sparklines, ignored errors."""
    book, sheet = opened(path)
    red = book.add_format({"font_color": "#9C0006", "bg_color": "#FFC7CE", "num_format": '"! "0.0'})
    sheet.conditional_format("B2:B4", {"type": "cell", "criteria": ">", "value": 5, "format": red})
    sheet.conditional_format("C2:C4", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("B2:C4", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    sheet.conditional_format("B2:C4", {"type": "3_color_scale"})
    sheet.data_validation("A2:A9", {"validate": "list", "source": ["Contoso", "Fabrikam", "Tailspin"]})
    sheet.add_sparkline("F2", {"range": "'My Data'!B2:C2", "type": "column", "markers": True})
    sheet.ignore_errors({"number_stored_as_text": "A1:A9"})
    book.close()
    return path


def texts(path: Path) -> Path:
    """Rich text, links, an error, text that looks like a number, merged cells, outlines."""
    book, sheet = opened(path)
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    sheet.write_rich_string("A6", "This is ", bold, "bold", " and ", red, "red")
    sheet.write_url("A7", "https://example.com/a?b=1&c=2", string="a link")
    sheet.write_url("A8", "internal:'My Data'!B2")
    sheet.write_formula("A9", "=NA()", None, "#N/A")
    sheet.write_string("A10", "0001")
    sheet.merge_range("A12:C12", "merged", bold)
    sheet.set_row(3, 22, bold, {"level": 1, "hidden": True})
    sheet.set_column("B:B", 18, red, {"level": 1})
    book.close()
    return path


def arrays(path: Path) -> Path:
    """Dynamic arrays, an old array formula, LET and LAMBDA, cells with a check box."""
    book, sheet = opened(path)
    sheet.write_dynamic_array_formula("H2:H4", "=SORT(B2:B4)")
    sheet.write_formula("I2", "=LET(a,B2,a+1)")
    sheet.write_array_formula("J2:J4", "{=B2:B4*C2:C4}")
    book.define_name("Twice", "=LAMBDA(x,x*2)")
    sheet.insert_checkbox("K2", boolean=True)
    book.close()
    return path


def tables(path: Path) -> Path:
    """Tables with totals, a calculated column and a style; names of sheet and workbook; a filter; panes."""
    book, sheet = opened(path)
    columns = [
        {"header": "Item"},
        {"header": "Pieces", "total_function": "sum"},
        {"header": "Twice", "formula": "=[@Pieces]*2"},
    ]
    sheet.add_table("G1:I5", {"name": "Stock", "columns": columns, "total_row": True, "style": "Table Style Medium 4"})
    other = book.add_worksheet("Summe & Über 'x' y")
    other.add_table("A1:B3", {"name": "Table2"})
    other.write_formula("D1", "=SUM(Stock[Pieces])")
    book.define_name("Rate", "=0.19")
    book.define_name("'My Data'!Local", "='My Data'!$B$2")
    sheet.autofilter("A1:C4")
    sheet.freeze_panes(1, 1)
    book.close()
    return path


def protection(path: Path) -> Path:
    """A protected sheet, hidden and very hidden sheets, page set-up; the second sheet is the one that opens."""
    book, sheet = opened(path)
    sheet.protect("secret", {"sort": True})
    sheet.unprotect_range("B2:B4", "Counts")
    book.add_worksheet("Hidden one").hide()
    book.add_worksheet("Very hidden").very_hidden()
    front = book.add_worksheet("Front")
    front.activate()
    front.set_landscape()
    front.set_paper(9)
    front.print_area("A1:F20")
    front.repeat_rows(0)
    front.set_h_pagebreaks([10])
    book.close()
    return path


def since_1904(path: Path) -> Path:
    """A workbook that counts days from 1904."""
    book, sheet = opened(path, date_1904=True)
    sheet.write_formula("F2", "=E2+1")
    book.close()
    return path


def macros(path: Path, *, signed: bool = False) -> Path:
    """A workbook with a macro project, and a button that runs a macro."""
    book, sheet = opened(path)
    project = path.with_suffix(".bin")
    with zipfile.ZipFile(TEMPLATES / "month_end.xlsm") as package:
        project.write_bytes(package.read("xl/vbaProject.bin"))
    if signed:
        path.with_suffix(".sig").write_bytes(b"a signature")
        book.add_signed_vba_project(str(project), signature=str(path.with_suffix(".sig")))
    else:
        book.add_vba_project(str(project))
    sheet.insert_button("G2", {"macro": "ours", "caption": "Press"})
    book.close()
    return path


def macros_signed(path: Path) -> Path:
    """A workbook whose macros are signed."""
    return macros(path, signed=True)


def streamed(path: Path) -> Path:
    """Written row by row, with texts in the cells and no list of shared ones."""
    book, _sheet = opened(path, constant_memory=True)
    book.close()
    return path


def many_formats(path: Path) -> Path:
    """Fonts, fills, borders and number formats of their own, some like ours."""
    book, sheet = opened(path)
    for number in range(60):
        look = {"font_size": 8 + number % 9, "border": number % 5, "num_format": f'0.0{"0" * (number % 7)}" u{number}"'}
        sheet.write_number(10 + number, 6, number, book.add_format(look))
    sheet.write(9, 6, "as ours", book.add_format({"num_format": "yyyy-mm-dd", "font_name": "Calibri", "font_size": 10}))
    book.set_custom_property("Client", "Contoso") if hasattr(book, "set_custom_property") else None
    book.close()
    return path
