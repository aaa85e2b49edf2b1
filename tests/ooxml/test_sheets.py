"""Single cells set, sheets cloned, removed and activated; all that counts or names sheets stays right."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

from ooxml.books import SHEET, TABLE, book_of, cell, edit_package, edit_part, month_end, read_parts, saved
from recon_xl.core.cells import Formula
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import ClonedRow, ClonedSheet, WorkbookEditor, lint, open_workbook

TEMPLATE = "Draft Template"


def draft(editor: WorkbookEditor, name: str, lines: int = 2) -> None:
    rows = [ClonedRow(5, {"A": f"Product {n}", "B": Decimal(n)}) for n in range(1, lines + 1)]
    total = ClonedRow(6, {"B": Formula(f"SUM(B5:B{4 + lines})", Decimal(3))})
    cells = {"B2": "Contoso", "B3": date(2026, 11, 22)}
    sheet = ClonedSheet(name, cells, [*rows, total], f"A1:C{5 + lines}")
    editor.clone_sheets(TEMPLATE, [sheet], first_row=5, print_title_rows="4:4")


def test_set_cells_keeps_formats(tmp_path: Path) -> None:
    """A cell that is set keeps its format; new cells and rows come at their place."""
    path = month_end(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    editor.set_cells(SHEET, {"B3": "ran", "C3": Decimal("1.5"), "A2": True, "A20": "last"})
    saved(editor, path)
    assert ["ran", "1.5", True, "last"] == [cell(path, SHEET, ref) for ref in ("B3", "C3", "A2", "A20")]
    sheet = load_workbook(path)[SHEET]
    assert sheet["B3"].font.bold
    assert "A1:D20" == sheet.dimensions
    assert [] == lint(path)


def test_set_cells_does_not_look_below(tmp_path: Path) -> None:
    """Cells above a table are set without a look at the rows below."""
    path = month_end(tmp_path / "b.xlsx")
    odd = '<row r="6"'
    edit_part(
        path, "xl/worksheets/sheet1.xml", lambda text: text.replace(odd, '<row r="66"').replace('r="A6"', 'r="A66"')
    )
    editor = WorkbookEditor(path)
    editor.set_cells(SHEET, {"B3": "ran"})
    assert b'<row r="66"' in editor.package().read("xl/worksheets/sheet1.xml")


def test_clone(tmp_path: Path) -> None:
    """A clone is a visible copy with rows from prototypes, values, formats, heights and print set-up."""
    path = month_end(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    draft(editor, "Contoso & Söhne's")
    saved(editor, path)
    assert [] == lint(path)
    book = load_workbook(path)
    sheet = book["Contoso & Söhne's"]
    assert "visible" == sheet.sheet_state
    assert [["Product 1", 1, "=A5&B5"], ["Product 2", 2, "=A6&B6"], ["Total", "=SUM(B5:B6)", None]] == [
        [cell.value for cell in row] for row in sheet["A5:C7"]
    ]
    assert ("DRAFT INVOICE", "Contoso", "FFFF00") == (
        sheet["A1"].value, sheet["B2"].value, sheet["B2"].fill.fgColor.rgb[2:]
    )  # fmt: skip
    assert ["#,##0.00", 22, 22] == [sheet["B6"].number_format, *(sheet.row_dimensions[row].height for row in (5, 6))]
    assert "'Contoso & Söhne''s'!$A$1:$C$7" == sheet.print_area
    assert "$4:$4" == sheet.print_title_rows
    assert "hidden" == book[TEMPLATE].sheet_state


def test_clone_again_replaces_in_place(tmp_path: Path) -> None:
    """The same name again replaces the sheet where it is: same position, same ids, nothing more in the file."""
    path = month_end(tmp_path / "b.xlsx")
    for lines, name in ((2, "One"), (2, "Two"), (3, "One"), (2, "ONE")):
        editor = WorkbookEditor(path)
        draft(editor, name, lines)
        saved(editor, path)
        parts = len(read_parts(path))
    assert [SHEET, "My sheet", TEMPLATE, "One", "Two"] == load_workbook(path).sheetnames
    assert "Total" == cell(path, "One", "A7")
    assert [] == lint(path)
    editor = WorkbookEditor(path)
    draft(editor, "Two")
    first = saved(editor, path).read_bytes()
    editor = WorkbookEditor(path)
    draft(editor, "Two")
    assert first == saved(editor, path).read_bytes()
    assert parts == len(read_parts(path))


def test_clone_of_a_template_with_a_drawing(tmp_path: Path) -> None:
    """A chart or logo of the template is on the clone too, in parts of its own; a rerun leaves none behind."""
    path = month_end(tmp_path / "b.xlsx")
    counts = []
    for _run in range(2):
        editor = WorkbookEditor(path)
        editor.clone_sheets("My sheet", [ClonedSheet("Copy")], first_row=100)
        saved(editor, path)
        counts.append(len(read_parts(path)))
        assert [] == lint(path)
    assert counts[0] == counts[1]
    parts = read_parts(path)
    assert {"xl/charts/chart1.xml", "xl/charts/chart2.xml", "xl/drawings/drawing2.xml"} <= parts.keys()
    assert 1 == len(load_workbook(path)["Copy"]._charts)


def test_clone_of_a_sheet_with_a_table_is_refused(tmp_path: Path) -> None:
    """A table cannot be on two sheets."""
    with pytest.raises(WorkbookError, match="table"):
        WorkbookEditor(month_end(tmp_path / "b.xlsx")).clone_sheets(SHEET, [ClonedSheet("Copy")], first_row=100)


def test_untouched_parts_keep_their_bytes(tmp_path: Path) -> None:
    """A clone adds its part and touches nothing but the lists of parts and tabs."""
    path = month_end(tmp_path / "b.xlsx")
    before = read_parts(path)
    editor = WorkbookEditor(path)
    draft(editor, "One")
    after = read_parts(saved(editor, path))
    assert {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "docProps/app.xml"} >= {
        part for part in before if before[part] != after[part]
    }
    assert {"xl/worksheets/sheet4.xml"} == after.keys() - before.keys()


def test_remove_sheet_renumbers(tmp_path: Path) -> None:
    """Removing a tab moves the names and the active tab of those behind it."""
    path = month_end(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    for name in ("One", "Two", "Three"):
        draft(editor, name)
    editor.set_active_sheet("Three")
    saved(editor, path)
    editor = WorkbookEditor(path)
    draft(editor, "Four")
    editor.remove_sheet("Two")
    editor.remove_sheet("Four")
    saved(editor, path)
    book = load_workbook(path)
    assert [SHEET, "My sheet", TEMPLATE, "One", "Three"] == book.sheetnames
    assert "Three" == book.active.title
    assert ["'One'!$A$1:$C$7", "'Three'!$A$1:$C$7"] == [book[name].print_area for name in ("One", "Three")]
    assert [] == lint(path)
    assert "xl/worksheets/sheet5.xml" not in read_parts(path)


def test_remove_sheet_takes_its_parts_along(tmp_path: Path) -> None:
    """The drawing and chart of a removed sheet go too."""
    path = month_end(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    editor.remove_sheet("My sheet")
    parts = read_parts(saved(editor, path))
    assert not [part for part in parts if "chart" in part or "drawing" in part]
    assert [] == lint(path)


def test_the_active_sheet_is_removed(tmp_path: Path) -> None:
    """The next visible sheet to the left takes over, never a hidden one."""
    path = month_end(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    draft(editor, "One")
    editor.set_active_sheet("One")
    editor.remove_sheet("One")
    saved(editor, path)
    assert "My sheet" == load_workbook(path).active.title


@pytest.mark.parametrize("mention", ["formula", "name", "link"])
def test_a_sheet_that_is_needed_is_not_removed(tmp_path: Path, mention: str) -> None:
    """A sheet that a formula, a name or a link leads to stays, unless that place is to be ignored."""
    path = month_end(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    draft(editor, "O'Brien & Co")
    saved(editor, path)
    book = load_workbook(path)
    if mention == "formula":
        book["My sheet"]["A9"] = "=SUM('O''Brien & Co'!B5:B6)"
    elif mention == "name":
        book.defined_names["Mine"] = DefinedName("Mine", attr_text="'O''Brien & Co'!$A$1")
    else:
        book["My sheet"]["A9"].hyperlink = "#'O''Brien & Co'!A1"
        book["My sheet"]["A9"].hyperlink.location = "'O''Brien & Co'!A1"
    book["My sheet"]["A10"] = "O'Brien & Co! is only text"
    book.save(path)
    with pytest.raises(WorkbookError, match="refers to it"):
        WorkbookEditor(path).remove_sheet("O'Brien & Co")
    if mention != "name":
        WorkbookEditor(path).remove_sheet("O'Brien & Co", ignore=["My sheet"])


def test_mentions_that_come_and_go_between_two_removals(tmp_path: Path) -> None:
    """What refers to a sheet is looked for as the workbook stands, however many sheets were removed before."""
    editor = WorkbookEditor(month_end(tmp_path / "b.xlsx"))
    for name in ("One", "Two", "Été > 'x' & y"):
        draft(editor, name)
    editor.set_cells("My sheet", {"A9": Formula("SUM(ONE!B5:B6)", Decimal(3))})
    with pytest.raises(WorkbookError, match=r"part xl/worksheets/sheet2\.xml refers to it"):
        editor.remove_sheet("One")
    editor.set_cells("My sheet", {"A9": Formula("1-'été > ''x'' & Y'!B5", Decimal(3))})
    editor.remove_sheet("One")
    with pytest.raises(WorkbookError, match="refers to it"):
        editor.remove_sheet("Été > 'x' & y")
    editor.remove_sheet("Two")
    editor.set_cells("My sheet", {"A9": None})
    editor.remove_sheet("Été > 'x' & y")


def test_text_is_no_mention(tmp_path: Path) -> None:
    """A sheet name in plain text does not keep the sheet."""
    path = month_end(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    draft(editor, "Contoso")
    editor.set_cells("My sheet", {"A9": "Contoso!A1 and 'Contoso'!A1"})
    editor.remove_sheet("Contoso")
    assert [SHEET, "My sheet", TEMPLATE] == [sheet.name for sheet in editor.sheets]


def test_the_last_visible_sheet_stays(tmp_path: Path) -> None:
    """Excel needs a visible sheet."""
    editor = WorkbookEditor(month_end(tmp_path / "b.xlsx"))
    editor.remove_sheet("My sheet")
    with pytest.raises(WorkbookError, match="last visible"):
        editor.remove_sheet(SHEET)


def test_active_sheet(tmp_path: Path) -> None:
    """One sheet is active and selected, so that an edit never hits several."""
    path = month_end(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    editor.set_active_sheet("My sheet")
    saved(editor, path)
    book = load_workbook(path)
    assert "My sheet" == book.active.title
    assert ["My sheet"] == [sheet.title for sheet in book if sheet.sheet_view.tabSelected]
    with pytest.raises(WorkbookError, match="hidden"):
        WorkbookEditor(path).set_active_sheet(TEMPLATE)


def test_formulas_are_calculated_on_load(tmp_path: Path) -> None:
    """A saved workbook calculates when it opens, and has no stale calculation chain."""
    path = month_end(tmp_path / "b.xlsx")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    chain = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="D1" i="2"/></calcChain>'
    add_part(path, "xl/calcChain.xml", chain, kind, link)
    edit_part(path, "xl/workbook.xml", lambda text: text.replace(' fullCalcOnLoad="1"', ""))
    assert [] == lint(path)
    editor = WorkbookEditor(path)
    editor.set_cells(SHEET, {"B3": "ran"})
    parts = read_parts(saved(editor, path))
    assert "xl/calcChain.xml" not in parts
    assert b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]
    assert b"calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]


def add_part(path: Path, part: str, text: str, kind: str, link: str) -> None:
    edit_package(path, {part: text.encode()})
    override = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    edit_part(path, "[Content_Types].xml", lambda types: types.replace("</Types>", override))
    relationship = f'<Relationship Id="rIdX" Type="{link}" Target="/{part}"/></Relationships>'
    edit_part(path, "xl/_rels/workbook.xml.rels", lambda rels: rels.replace("</Relationships>", relationship))


def test_protected_structure(tmp_path: Path) -> None:
    """With a protected structure sheets neither come nor go, but rows are still written."""
    path = month_end(tmp_path / "b.xlsx")
    book = load_workbook(path)
    book.security.lockStructure = True
    book.save(path)
    editor = WorkbookEditor(path)
    with pytest.raises(WorkbookError, match="protected"):
        draft(editor, "One")
    with pytest.raises(WorkbookError, match="protected"):
        editor.remove_sheet("My sheet")
    editor.replace_rows(TABLE, ("Key",), [["k1"]])
    saved(editor, path)


@pytest.mark.parametrize(
    ("part", "words"), [("_xmlsignatures/origin.sigs", "signed"), ("xl/revisions/log.xml", "shared in the old way")]
)
def test_workbooks_that_must_not_change(tmp_path: Path, part: str, words: str) -> None:
    """Signed and old-style shared workbooks are read, but not edited."""
    path = month_end(tmp_path / "b.xlsx")
    edit_package(path, {part: b"<x/>"})
    with open_workbook(path) as book:
        assert SHEET == book.sheets[0].name
    with pytest.raises(WorkbookError, match=words):
        WorkbookEditor(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="6"', '<!-- x --><row r="6"'),
        ('<row r="6"', '<row r="2"'),
        ('<row r="6"', "<row"),
        ('r="A6"', ""),
    ],
)
def test_unusual_sheets_are_refused(tmp_path: Path, old: str, new: str) -> None:
    """A sheet in a form that Excel never writes is refused, not guessed at."""
    path = month_end(tmp_path / "b.xlsx")
    edit_part(path, "xl/worksheets/sheet1.xml", lambda text: text.replace(old, new))
    with pytest.raises(WorkbookError, match="Open the workbook in Excel, save it"):
        WorkbookEditor(path).replace_rows(TABLE, ("Key",), [["k1"]])


def test_cells_on_an_empty_sheet(tmp_path: Path) -> None:
    """A sheet without any row takes cells, in the format of their column."""
    path = book_of(tmp_path / "b.xlsx", "")
    cols = '<cols><col min="2" max="3" width="9" style="1"/></cols><sheetData/>'
    edit_part(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("<sheetData></sheetData>", cols))
    xf = re.compile(r"(<cellXfs.*?)(<xf .*?/>)(.*?</cellXfs>)", re.DOTALL)
    edit_part(path, "xl/styles.xml", lambda text: xf.sub(r"\1\2\2\3", text))
    editor = WorkbookEditor(path)
    editor.set_cells("S", {"A2": "x", "B1": Decimal(1)})
    sheet = read_parts(saved(editor, path))["xl/worksheets/sheet1.xml"].decode()
    assert '<row r="1"><c r="B1" s="1"><v>1</v></c></row><row r="2"><c r="A2" t="inlineStr">' in sheet
    assert [] == lint(path)


def test_a_bare_workbook_part_gets_what_is_missing(tmp_path: Path) -> None:
    """Names, calculation and active tab are put where the format wants them when the workbook has none yet."""
    path = month_end(tmp_path / "b.xlsx")

    def bare(text: str) -> str:
        text = re.sub(r"<definedNames>.*</definedNames>|<calcPr[^>]*>", "", text)
        return text.replace(' activeTab="0"', "").replace("</sheets>", "</sheets><functionGroups/>")

    edit_part(path, "xl/workbook.xml", bare)
    editor = WorkbookEditor(path)
    draft(editor, "One")
    editor.set_active_sheet("One")
    text = read_parts(saved(editor, path))["xl/workbook.xml"].decode()
    order = ["<bookViews>", "<sheets>", "<functionGroups/>", "<definedNames>", "<calcPr "]
    assert order == sorted(order, key=text.index)
    assert [] == lint(path)
    assert ["One", "'One'!$A$1:$C$7"] == [(sheet := load_workbook(path).active).title, sheet.print_area]


def test_set_cells_at_the_top_of_a_large_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes whether the sheet is taken as text or only its first rows are."""
    path = month_end(tmp_path / "b.xlsx")
    wanted = {"B3": "ran", "A2": True}
    whole = WorkbookEditor(path)
    whole.set_cells(SHEET, wanted)
    monkeypatch.setattr("recon_xl.ooxml.settop._LARGE", 0)
    top = WorkbookEditor(path)
    monkeypatch.setattr("recon_xl.ooxml.editor.set_cells", None)
    top.set_cells(SHEET, wanted)
    part = "xl/worksheets/sheet1.xml"
    assert whole.package().read(part) == top.package().read(part)


@pytest.mark.parametrize("cells", [{"A400": 1}, {"AZ3": 1}])
def test_cells_that_need_the_whole_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: dict[str, int]
) -> None:
    """Below all rows, or outside the used range: the sheet is taken as text, and its used range grows."""
    monkeypatch.setattr("recon_xl.ooxml.settop._LARGE", 0)
    path = month_end(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    editor.set_cells(SHEET, cells)
    saved(editor, path)
    assert ["1"] == [cell(path, SHEET, ref) for ref in cells]
    assert [] == lint(path)
