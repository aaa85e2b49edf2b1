"""The reader tells exactly what a workbook stores, in whatever legal form, and refuses the rest."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from ooxml.books import COLUMNS, MAIN, book_of, edit_package, edit_part, month_end, read_parts, sheet_xml, table_values
from recon_xl.core.cells import ErrorText, NumberText, PercentText
from recon_xl.core.errors import InputError, WorkbookError
from recon_xl.ooxml import open_workbook

STRINGS = (
    "<si><t>plain</t></si><si><t/></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>"
    "<si><t>漢字</t><rPh sb='0' eb='2'><t>かんじ</t></rPh></si><si><t>a_x000D_b &amp; c</t></si>"
)


def rows_of(path: Path) -> list[tuple[int, list[object]]]:
    with open_workbook(path) as book:
        return list(book.rows("S"))


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1" t="s"><v>0</v></c>', "plain"),
        ('<c r="A1" t="s"><v>1</v></c>', ""),
        ('<c r="A1" t="s"><v>2</v></c>', "rich text"),
        ('<c r="A1" t="s"><v>3</v></c>', "漢字"),
        ('<c r="A1" t="s"><v>4</v></c>', "a\rb & c"),
        ('<c r="A1" t="inlineStr"><is><t>x</t></is></c>', "x"),
        ('<c r="A1" t="inlineStr"><is><t></t></is></c>', ""),
        ('<c r="A1" t="inlineStr"><is><r><t>x</t></r><r><t xml:space="preserve"> y</t></r></is></c>', "x y"),
        ('<c r="A1" t="str"><f>B1</f><v>text</v></c>', "text"),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', ""),
        ("<c r='A1' t='s'><v>0</v></c>", "plain"),
        ('<c t="s" s="0" r="A1"><v>0</v></c>', "plain"),
        ('<c r="A1" t="d"><v>2026-11-22</v></c>', "2026-11-22"),
        ('<c r="A1" t="inlineStr"><is><t>_x005F_x0041_ &lt;_x0041_&gt; &#233;</t></is></c>', "_x0041_ <A> é"),
        ('<c r="A1" t="inlineStr"><is><t>_xD83D__xDE00_</t></is></c>', "😀"),
    ],
)
def test_text(tmp_path: Path, xml: str, expected: str) -> None:
    """Text comes back as the user sees it, however it is stored."""
    found = rows_of(book_of(tmp_path / "b.xlsx", f'<row r="1">{xml}</row>', STRINGS))
    assert [(1, [expected])] == found
    assert not isinstance(found[0][1][0], NumberText | ErrorText)


@pytest.mark.parametrize("text", ["0.10000000000000001", "1234567890123456", "1E-3", "-5", "99999999.99"])
def test_number_text(tmp_path: Path, text: str) -> None:
    """A number keeps every stored digit."""
    found = rows_of(book_of(tmp_path / "b.xlsx", f'<row r="1"><c r="A1"><v>{text}</v></c></row>'))[0][1][0]
    assert isinstance(found, NumberText)
    assert text == found


@pytest.mark.parametrize(
    ("number_format", "percent"),
    [("0%", True), ("0.00%", True), ("0.0%;[Red]-0.0%", True), ('0"%"', False), (r"0\%", False), ("0.00", False)],
)
def test_percent(tmp_path: Path, number_format: str, percent: bool) -> None:
    """A number shown with a percent sign says so."""
    book = Workbook()
    book.active.title = "S"
    book.active["A1"] = 0.025
    book.active["A1"].number_format = number_format
    book.save(tmp_path / "b.xlsx")
    found = rows_of(tmp_path / "b.xlsx")[0][1][0]
    assert percent == isinstance(found, PercentText)
    assert found == "0.025"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1" t="e"><v>#N/A</v></c>', ErrorText("#N/A")),
        ('<c r="A1"><f>1/0</f></c>', ErrorText("#NOVALUE")),
        ('<c r="A1"><f>1/0</f><v></v></c>', ErrorText("#NOVALUE")),
        ('<c r="A1"><f>1/0</f><v/></c>', ErrorText("#NOVALUE")),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><f>TRUE()</f><v>0</v></c>', False),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', NumberText("2")),
        ('<c r="A1" s="0"/>', None),
        ('<c r="A1"><v></v></c>', None),
    ],
)
def test_other_kinds(tmp_path: Path, xml: str, expected: object) -> None:
    """Errors are errors, a formula is its cached value, booleans are booleans, formatting alone is nothing."""
    found = rows_of(book_of(tmp_path / "b.xlsx", f'<row r="1">{xml}</row>'))[0][1][0]
    assert (type(expected), expected) == (type(found), found)


def test_gaps_order_and_missing_addresses(tmp_path: Path) -> None:
    """Gaps are None, rows may be out of order, and cells without address follow each other."""
    xml = (
        '<row r="3"><c r="C3"><v>3</v></c><c r="A3"><v>1</v></c></row>'
        '<row r="2" ht="20"/><row r="1"><c><v>7</v></c><c><v>8</v></c></row><row><c r="B2"><v>9</v></c></row>'
    )
    expected = [(3, ["1", None, "3"]), (1, ["7", "8"]), (2, [None, "9"])]
    assert expected == rows_of(book_of(tmp_path / "b.xlsx", xml))


def test_other_xml_forms(tmp_path: Path) -> None:
    """Prefixes, comments, CDATA and UTF-16 change nothing, even when they first show up late."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 4))
    plain = rows_of(book_of(tmp_path / "plain.xlsx", rows))
    prefixed = rows.replace("<", "<x:").replace("<x:/", "</x:")
    quoted = rows.replace("<v>2<", "<v><![CDATA[2]]><")
    wide = f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    documents = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{prefixed}</x:sheetData></x:worksheet>'.encode(),
        sheet_xml(f"{rows}<!-- late -->"),
        sheet_xml(quoted),
        wide.encode("utf-16"),
    )
    for number, document in enumerate(documents):
        path = book_of(tmp_path / f"{number}.xlsx", "")
        edit_package(path, {"xl/worksheets/sheet1.xml": document})
        assert plain == rows_of(path)


def test_row_window(tmp_path: Path) -> None:
    """Only the asked rows are read, and nothing behind them."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 9))
    path = book_of(tmp_path / "b.xlsx", rows + '<row r="9"><c r="A9"><v>broken</v></c></row>')
    with open_workbook(path) as book:
        assert [(3, ["3"]), (4, ["4"])] == list(book.rows("S", 3, 4))


def test_tables(tmp_path: Path) -> None:
    """A table is known by name, range and columns; its rows leave out header, totals and empty rows."""
    rows: list[list[object]] = [["k1", 1.5, "x", None], [None] * 4, ["k2", None, None, None]]
    path = month_end(tmp_path / "b.xlsx", rows, totals=True)
    with open_workbook(path) as book:
        table = book.tables["Exceptions"]
        assert ("Exceptions", 5, 9, 1, COLUMNS) == (
            table.sheet, table.first_row, table.last_row, table.totals_row_count, table.columns
        )  # fmt: skip
        assert [6, 8] == [number for number, _cells in book.table_rows("Exceptions")]
        assert [s.state for s in book.sheets] == ["visible", "visible", "hidden"]
        assert "Total" in [name.name for name in book.defined_names]
    assert [["k1", "1.5", "x", None], ["k2", None, None, None]] == table_values(path)


def test_a_long_table_is_read_by_column_or_by_row_alike(tmp_path: Path) -> None:
    """Blank rows are left out, odd cells keep their meaning, and what stands below the table is no part of it."""
    rows = [[f"K{n}", n, "x & y" if n % 3 else None, None] for n in range(40)]
    blank: list[object] = [None] * 4
    for odd in ([], [17], [0, 39]):
        data = [blank if place in odd else row for place, row in enumerate(rows)]
        path = month_end(tmp_path / "b.xlsx", data, totals=True)
        with open_workbook(path) as book:
            found = book.table("Exceptions")
            assert list(found) == list(book.table_rows("Exceptions"))
        expected = [(n + 6, [f"K{n}", str(n), row[2], None]) for n, row in enumerate(rows) if n not in odd]
        assert expected == found
        assert {NumberText} == set(map(type, found.columns[1]))


def test_one_formula_among_many_rows(tmp_path: Path) -> None:
    """Its row is read with the others, and its address is kept."""
    path = month_end(tmp_path / "b.xlsx", [[f"K{n}", n, "x", None] for n in range(40)])
    edit_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(">21</v>", "><f>A1</f><v>21</v>").replace("<v><f>", "<f>"),
    )
    with open_workbook(path) as book:
        assert [str(n) for n in range(40)] == book.table("Exceptions").columns[1]
        assert {"Exceptions": ["B27"]} == book.formulas


def test_a_row_stored_twice_in_a_long_table_is_refused(tmp_path: Path) -> None:
    """It would count twice."""
    path = month_end(tmp_path / "b.xlsx", [[f"K{n}", n, "x", None] for n in range(40)])
    edit_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace('"30"', '"29"'))
    with open_workbook(path) as book, pytest.raises(WorkbookError, match="row 29 stored twice"):
        book.table("Exceptions")


def test_column_names_are_unescaped(tmp_path: Path) -> None:
    """A line break in a header reads as one."""
    path = month_end(tmp_path / "b.xlsx")
    edit_part(path, "xl/tables/table1.xml", lambda text: text.replace('name="Why"', 'name="Why_x000a_so"'))
    with open_workbook(path) as book:
        assert "Why\nso" == book.tables["Exceptions"].columns[2]


def test_absolute_targets_and_date_system(tmp_path: Path) -> None:
    """Absolute relationship targets and the 1904 date system are understood; tabs without a sheet are skipped."""
    path = month_end(tmp_path / "b.xlsx")
    edit_part(path, "xl/_rels/workbook.xml.rels", lambda t: t.replace('"/xl/worksheets/', '"worksheets/'))
    edit_part(
        path,
        "xl/workbook.xml",
        lambda t: t.replace("<workbookPr", '<workbookPr date1904="1" ', 1).replace(
            "</sheets>", '<sheet name="Module" sheetId="99" r:id="rId99"/></sheets>'
        ),
    )
    with open_workbook(path) as book:
        assert book.date1904
        assert [["Exceptions"]] == [cells for _number, cells in book.rows("Exceptions", 1, 1)]


@pytest.mark.parametrize(
    ("xml", "address"),
    [
        ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', "row 1048577"),
        ('<row r="0"><c r="A0"><v>1</v></c></row>', "row 0"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "XFE1"),
        ('<row r="1"><c r="AAAAAAAAA1"><v>1</v></c></row>', "AAAAAAAAA1"),
        ('<row r="1"><c r="A2"><v>1</v></c></row>', "A2"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "A1"),
        ('<row r="1"><c r="A1"><v>1,000.50</v></c></row>', "A1"),
        ('<row r="1"><c r="A1"><v>NaN</v></c></row>', "A1"),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "A1"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "A1"),
        ('<row r="1"><c r="A1" t="b"><v>2</v></c></row>', "A1"),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>&nbsp;</t></is></c></row>', "A1"),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>_xD83D_</t></is></c></row>', "A1"),
    ],
)
def test_cells_that_cannot_be_read(tmp_path: Path, xml: str, address: str) -> None:
    """A cell that could only be guessed is refused with file, sheet and address."""
    with pytest.raises(InputError) as error:
        rows_of(book_of(tmp_path / "b.xlsx", xml))
    assert f"b.xlsx > S > {address}" == error.value.where


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (b"a,b,c\n1,2,3\n", "text"),
        (b"<html><body>sign in</body></html>", "web page"),
        (b"%PDF-1.7", "PDF"),
        (b"", "empty"),
        (b"PK\x03\x04 cut off", "damaged"),
    ],
)
def test_files_that_are_no_workbook(tmp_path: Path, content: bytes, words: str) -> None:
    """The message says what the file really is."""
    path = tmp_path / "b.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorkbookError, match=words):
        open_workbook(path)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/workbook.bin", ".xlsb"),
        ("content.xml", ".ods"),
        ("word/document.xml", "Word"),
        ("a.txt", "without a workb"),
    ],
)
def test_other_packages(tmp_path: Path, part: str, words: str) -> None:
    """Another kind of package under the name .xlsx is told by name."""
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, "x")
    with pytest.raises(WorkbookError, match=words):
        open_workbook(path)


def test_strict_workbooks_are_refused(tmp_path: Path) -> None:
    """Strict Open XML is refused with the way out."""
    path = month_end(tmp_path / "b.xlsx")
    edit_part(path, "xl/workbook.xml", lambda t: t.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"))
    with pytest.raises(WorkbookError, match="Strict"):
        open_workbook(path)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/tables/table1.xml"]
)
def test_document_types_are_refused(tmp_path: Path, part: str) -> None:
    """A DOCTYPE, and so every entity attack, is refused in any part."""
    path = month_end(tmp_path / "b.xlsx")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    edit_part(
        path,
        part,
        lambda text: text.replace("<", f"{bomb}<", 1) if text[1] != "?" else text.replace("?>", "?>" + bomb, 1),
    )
    with pytest.raises(WorkbookError, match="DOCTYPE"), open_workbook(path) as book:
        list(book.rows("Exceptions"))


def test_twin_parts_are_refused(tmp_path: Path) -> None:
    """A package that holds a part twice is refused."""
    path = month_end(tmp_path / "b.xlsx")
    edit_package(path, {"XL/WORKBOOK.xml": read_parts(path)["xl/workbook.xml"]})
    with pytest.raises(WorkbookError, match="twice"):
        open_workbook(path)


def test_cut_off_sheets_are_refused(tmp_path: Path) -> None:
    """A sheet that ends in the middle is never read as a shorter one."""
    path = book_of(tmp_path / "b.xlsx", "")
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    edit_package(path, {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}<row r="2">'.encode()})
    with pytest.raises(WorkbookError, match="broken XML"):
        rows_of(path)


def test_unknown_names_say_what_there_is(tmp_path: Path) -> None:
    """Asking for a sheet or table that is gone names those that are there."""
    with open_workbook(month_end(tmp_path / "b.xlsx")) as book:
        with pytest.raises(WorkbookError, match="My sheet"):
            list(book.rows("Nowhere"))
        with pytest.raises(WorkbookError, match="Exceptions"):
            list(book.table_rows("Nowhere"))
