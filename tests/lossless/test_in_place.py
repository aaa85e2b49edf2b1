"""What a user's own workbook is like after the tabs came in and months were run: it opens where it did, and what points at us holds."""

from __future__ import annotations

import datetime
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from workbook import small

from lossless import corpus, plain
from lossless.story import call, closed
from recon_xl.hosts.file import FileHost
from recon_xl.ooxml import open_workbook

_SELECTED = re.compile(rb'tabSelected="(?:1|true)"')


def selected(book: Path) -> list[str]:
    """The parts of all selected sheets, chart sheets included."""
    with zipfile.ZipFile(book) as package:
        sheets = [name for name in package.namelist() if re.fullmatch(r"xl/(work|chart)sheets/[^/]+\.xml", name)]
        return [name for name in sheets if _SELECTED.search(package.read(name))]


@pytest.mark.parametrize("name", ["protection", "charts"])
def test_the_workbook_opens_where_it_did(tmp_path: Path, name: str) -> None:
    """On a later sheet, or a chart sheet; one tab is selected, so that no edit hits two."""
    before = corpus.make(name, tmp_path)
    after = closed(before, tmp_path / "after")
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        views = [re.search(rb'activeTab="(\d+)"', package.read("xl/workbook.xml")) for package in (old, new)]
    assert views[0]
    assert views[1]
    assert views[0][1] == views[1][1]
    assert selected(before) == selected(after)
    assert len(selected(after)) == 1


def test_days_of_a_1904_workbook_come_out_right(tmp_path: Path) -> None:
    """In cells, in the checks of typed dates, and in what Layout says of the date system."""
    after = closed(corpus.make("since_1904", tmp_path), tmp_path / "after")
    book = load_workbook(after)
    lines = book["Vendor Lines"]
    headers = [cell.value for cell in lines[5]]
    assert lines.cell(6, headers.index("Charge Start Date") + 1).value == datetime.datetime(2026, 10, 3)  # noqa: DTZ001
    rule = next(rule for rule in book["Customers"].data_validations.dataValidation if rule.type == "date")
    assert [int(rule.formula1) + 1462, int(rule.formula2) + 1462] == [32874, 109574]
    assert load_workbook(after, data_only=True)["Layout"]["B3"].value is True


def test_what_points_at_our_results_still_does_after_a_rerun(tmp_path: Path) -> None:
    """Sheet ids, names and table names stay, tables have their new sizes, and the user's references are as typed."""
    before = _pointing(tmp_path / "own.xlsx")
    after = closed(before, tmp_path / "after")
    ids = _sheet_ids(after)
    with open_workbook(after) as book:
        first = {name: info.sheet for name, info in book.tables.items()}
        assert [name.text for name in book.defined_names if name.name == "Findings"] == ["Exceptions!$A$5:$AB$6"]
    more = [{**small.BILLED, "Product": f"Product {number}"} for number in range(3)]
    call("import", after, *small.write_files(tmp_path / "more", billed=[small.BILLED, *more]), "--replace")
    call("run", after, expected=1)
    assert _sheet_ids(after) == ids
    with open_workbook(after) as book:
        assert {name: info.sheet for name, info in book.tables.items()} == first
        assert book.tables["Exceptions"].last_data_row > book.tables["Exceptions"].first_data_row
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        assert old.read("xl/worksheets/sheet1.xml") == new.read("xl/worksheets/sheet1.xml")
        assert old.read("xl/charts/chart1.xml") == new.read("xl/charts/chart1.xml")


def test_on_an_input_tab_only_the_cells_of_our_columns_change(tmp_path: Path) -> None:
    """A row of the user's, a column with a formula, notes above, beside and below stay what they are, wherever rows go."""
    book = tmp_path / "own.xlsx"
    call("upgrade", corpus.make("texts", tmp_path), "--out", book)
    edited = load_workbook(book)
    customers = edited["Customers"]
    customers["A6"], customers["F6"] = "Fabrikam", "DE"
    for ref, value in (("T2", "above"), ("T6", "beside"), ("B40", "below"), ("V6", "=LEN(A6)")):
        customers[ref] = value
    edited.save(book)
    held = _outside(book)
    assert held == {"T2": "above", "T6": "beside", "B40": "below", "V6": "=LEN(A6)"}
    call("import", book, *small.write_files(tmp_path / "files"))
    host = FileHost(book)
    assert [row[0] for _number, row in host.read().tables["Customers"].rows] == ["Fabrikam", "Contoso"]
    assert _outside(book) == held
    assert load_workbook(book)["Customers"]["F6"].value == "DE"


def test_charts_and_comments_on_our_own_tabs_stay(tmp_path: Path) -> None:
    """A chart and a note of the user's on Exceptions: their parts are not ours, and the tab still leads to them."""
    after = closed(corpus.make("tables", tmp_path), tmp_path / "after")
    book = load_workbook(after)
    book["Exceptions"]["A6"].comment = Comment("Ask Contoso.", "Reviewer")
    book["Exceptions"].add_chart(BarChart(), "AE2")
    book.save(after)
    with zipfile.ZipFile(after) as package:
        before = {name: package.read(name) for name in package.namelist()}
    call("run", after, expected=1)
    kinds = ("comments", "drawings/", "charts/", "_rels/sheet")
    theirs = [name for name in before if any(kind in name for kind in kinds)]
    assert len(theirs) > 10
    with zipfile.ZipFile(after) as package:
        assert [name for name in theirs if package.read(name) != before[name]] == []


def _pointing(path: Path) -> Path:
    """A workbook with formulas, a name and a chart for tabs that are still to come."""
    book, sheet = plain.opened(path)
    sheet.write_formula("G2", "=SUM(Exceptions!K6:K100)")
    sheet.write_formula("G3", "=COUNTA(Exceptions[Key])")
    book.define_name("Findings", "=Exceptions!$A$5:$AB$6")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Exceptions!$M$6:$M$9", "values_data": [1, 2, 3, 4]})
    sheet.insert_chart("J2", chart)
    book.close()
    return path


def _sheet_ids(book: Path) -> dict[str, str]:
    with zipfile.ZipFile(book) as package:
        found = re.findall(
            r'<sheet [^>]*?name="([^"]*)"[^>]*?sheetId="(\d+)"', package.read("xl/workbook.xml").decode()
        )
    return {name: number for name, number in found if not name.startswith("Draft ")}


def _outside(book: Path) -> dict[str, object]:
    """Cells with content on Customers that belong neither to the table nor to the three lines of its heading."""
    sheet = load_workbook(book)["Customers"]
    width = len(next(iter(sheet.tables.values())).tableColumns)
    rows = sheet.iter_rows()
    cells = [cell for row in rows for cell in row if cell.value is not None]
    return {cell.coordinate: cell.value for cell in cells if cell.column > width or cell.row > 20}
