"""The linter finds what Excel would repair, and nothing in good workbooks."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ooxml.books import add_shared_strings, edit_package, edit_part, month_end, read_parts
from recon_xl.ooxml import lint

SHEET1 = "xl/worksheets/sheet1.xml"
TABLE1 = "xl/tables/table1.xml"
BOOK = "xl/workbook.xml"


def swap(part: str, *pairs: tuple[str, str]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        def change(text: str) -> str:
            for old, new in pairs:
                assert old in text, (part, old, text[:3000])
                text = text.replace(old, new, 1)
            return text

        edit_part(path, part, change)

    return spoil


def second_table(**changes: str) -> Callable[[Path], None]:
    """Give the user's sheet a table of its own, which differs from ours in nothing but the given texts."""

    def spoil(path: Path) -> None:
        parts = read_parts(path)
        text = parts[TABLE1].decode()
        for old, new in changes.items():
            text = text.replace(old, new)
        edit_package(path, {"xl/tables/table2.xml": text.encode()})
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
        swap(
            "[Content_Types].xml",
            ("</Types>", f'<Override PartName="/xl/tables/table2.xml" ContentType="{kind}"/></Types>'),
        )(path)
        link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
        relationship = f'<Relationship Id="rId9" Type="{link}" Target="/xl/tables/table2.xml"/></Relationships>'
        swap("xl/worksheets/_rels/sheet1.xml.rels", ("</Relationships>", relationship))(path)

    return spoil


def calc_chain(path: Path) -> None:
    chain = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="2"/></calcChain>'
    edit_package(path, {"xl/calcChain.xml": chain.encode()})
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    swap("[Content_Types].xml", ("</Types>", f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'))(
        path
    )
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    relationship = f'<Relationship Id="rId99" Type="{link}" Target="calcChain.xml"/></Relationships>'
    swap("xl/_rels/workbook.xml.rels", ("</Relationships>", relationship))(path)


def doubled_entry(path: Path) -> None:
    parts = read_parts(path)
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(BOOK, parts[BOOK])


def shared(path: Path) -> None:
    add_shared_strings(path, "<si><t>one</t></si>")
    swap(SHEET1, ('<c r="A1" t="inlineStr"><is><t>Exceptions</t></is></c>', '<c r="A1" t="s"><v>1</v></c>'))(path)


ONE_MERGE = '</sheetData><mergeCells count="1"><mergeCell ref="A5:B5"/></mergeCells>'
RULE = (
    '<conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="7" priority="1"><formula>1</formula></cfRule>'
    "</conditionalFormatting><dataValidations"
)
NOWHERE = (
    '</sheetData><drawing xmlns:q="http://schemas.openxmlformats.org/officeDocument/2006/relationships" q:id="rId77"/>'
)
LOCAL = '<definedName name="Total" localSheetId="3"'
SECOND_NAME = '<definedName name="TOTAL">1</definedName></definedNames>'
MERGES = '</sheetData><mergeCells count="2"><mergeCell ref="G1:H2"/><mergeCell ref="H2:I3"/></mergeCells>'
FAULTS = {
    "table names equal but for case": (
        second_table(**{'id="1" ': 'id="7" ', '"Exceptions"': '"EXCEPTIONS"', "A5:D6": "J5:M6"}),
        "'exceptions' is used 2",
    ),
    "table ids equal": (second_table(**{'"Exceptions"': '"Other"', "A5:D6": "J5:M6"}), "table id '1' is used 2"),
    "tables overlap": (second_table(**{'id="1" ': 'id="7" ', '"Exceptions"': '"Other"', "A5:D6": "D6:G9"}), "overlap"),
    "header differs from its cell": (swap(TABLE1, ('name="Why"', 'name="Reason"')), "header 'Reason', but its cell"),
    "headers equal": (swap(TABLE1, ('name="Why"', 'name="key"')), "'key' is used 2 times"),
    "table width": (swap(TABLE1, ("A5:D6", "A5:E6")), "does not have 4 columns"),
    "table without rows": (swap(TABLE1, ("A5:D6", "A5:D5"), ("A5:D6", "A5:D5")), "no data row"),
    "filter outside": (swap(TABLE1, ('<autoFilter ref="A5:D6"', '<autoFilter ref="A5:D9"')), "its filter covers"),
    "table range": (swap(TABLE1, ('ref="A5:D6"', 'ref="D6:A5"')), "without a proper range"),
    "rows out of order": (swap(SHEET1, ('<row r="6"', '<row r="4"'), ('"A6"', '"A4"'), ('"B6"', '"B4"'),
                               ('"C6"', '"C4"'), ('"D6"', '"D4"')), "row 4 comes after row 5"),
    "cells out of order": (swap(SHEET1, ('"C6"', '"A6"')), "out of order or twice"),
    "cell in the wrong row": (swap(SHEET1, ('"B3"', '"B4"')), "'B4' in row 3"),
    "style index": (swap(SHEET1, ('r="B3" s="', 'r="B3" s="9')), "uses style 9"),
    "text as a number": (swap(SHEET1, ('<c r="A1" t="inlineStr"><is><t>Exceptions</t></is></c>',
                                       '<c r="A1"><v>1,000.50</v></c>')), "'1,000.50' stored as a number"),
    "shared text index": (shared, "A1: found a stored value '1'"),
    "text too long": (swap(SHEET1, ("<t>Exceptions</t>", f"<t>{'x' * 32_768}</t>")), "more than 32,767"),
    "formula too long": (swap("xl/worksheets/sheet2.xml", ("<f>Exceptions!B3</f>", f"<f>{'1+' * 5000}1</f>")), "8,192"),
    "merges overlap": (swap(SHEET1, ("</sheetData>", MERGES)), "H2:I3 overlap"),
    "merge over a table": (swap(SHEET1, ("</sheetData>", ONE_MERGE)), "A5:B5 overlap"),
    "bad range of a rule": (swap(SHEET1, ('sqref="D6:D5000"', 'sqref="D6:DDDD5000"')), "which is no range"),
    "list too long": (swap(SHEET1, ('"Open,Fixed"', f'"{"x" * 256}"')), "list of 256"),
    "format of a rule": (swap(SHEET1, ("<dataValidations", RULE)), "uses format 7 of 0"),
    "sheet names equal": (swap(BOOK, ('name="My sheet"', 'name="EXCEPTIONS"')), "'exceptions' is used 2"),
    "sheet name with a colon": (swap(BOOK, ('name="My sheet"', 'name="My: sheet"')), "no legal sheet name"),
    "sheet name too long": (swap(BOOK, ('name="My sheet"', f'name="{"x" * 32}"')), "no legal sheet name"),
    "sheet ids equal": (swap(BOOK, ('sheetId="2"', 'sheetId="1"')), "sheetId '1' is used 2"),
    "active tab": (swap(BOOK, ('activeTab="0"', 'activeTab="9"')), "active tab does not exist"),
    "local name": (swap(BOOK, ('<definedName name="Total"', LOCAL)), "belongs to tab 3"),
    "name equal to a table": (swap(BOOK, ('name="Total"', 'name="exceptions"')), "both a name and a table"),
    "names equal": (swap(BOOK, ("</definedNames>", SECOND_NAME)), "'total (tab all)' is used 2"),
    "missing target": (
        lambda path: edit_package(path, {"xl/charts/chart1.xml": None}), "missing part xl/charts/chart1.xml"),
    "dangling id": (swap(SHEET1, ("</sheetData>", NOWHERE)), "points to rId77"),
    "no content type": (lambda path: edit_package(path, {"xl/x.zzz": b"x"}), "xl/x.zzz: no content type"),
    "stale calculation chain": (calc_chain, "A1 of sheet 2 has no formula"),
    "the same part twice": (doubled_entry, "same part twice"),
    "broken XML": (swap(BOOK, ("</workbook>", "")), "broken XML"),
    "cut off": (swap(SHEET1, ("</row></sheetData>", "</sheetData>")), "rows or cells that do not end"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(tmp_path: Path, fault: str) -> None:
    """A planted fault is found and named with its part."""
    spoil, words = FAULTS[fault]
    path = month_end(tmp_path / "b.xlsx")
    spoil(path)
    found = lint(path)
    assert [message for message in found if words in message], found


@pytest.mark.parametrize("totals", [False, True])
def test_good_workbooks_have_no_fault(tmp_path: Path, totals: bool) -> None:
    """Nothing is said about a good workbook."""
    assert [] == lint(month_end(tmp_path / "b.xlsx", totals=totals))
