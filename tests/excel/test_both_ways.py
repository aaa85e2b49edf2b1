"""One story on both ways to a live workbook: a draft tab from the hidden template leaves the same workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from excel.areas import area_of
from excel.live import OPENED, model_of, wire_of
from excel.picture import Picture, differences, picture
from excel.saving import save
from excel.sheet import VISIBLE
from excel.values import formula_text
from excel.workbook_model import Book
from excel.writing import write
from excel.xlsx import load

TEMPLATE = Path(__file__).parents[2] / "workbook_templates" / "month_end.xlsx"
LINES = [["Copilot", "Seats", 3.0, 30.0, "=C22*D22"], ["Azure", "Usage", 1.0, 12.5, "=C23*D23"]]


def draft(book: xw.Book) -> None:
    """Copy, show, make room above the footer, repeat a prototype row, write a block, drop a prototype, select."""
    app = book.app
    app.screen_updating, app.calculation = False, "manual"
    tab = book.sheets["Draft Template"].copy(after=book.sheets["Draft Template"], name="Draft One")
    tab.visible = True
    tab.range("22:23").insert("down")
    tab.range("15:15").copy(tab.range("22:23"))
    tab.range("A22:E23").formula = LINES
    tab.range("20:20").delete("up")
    tab.range("B4").raw_value = "'0010"
    tab.page_setup.print_area = "$A$1:$G$22"
    app.calculation, app.screen_updating = "automatic", True
    tab.activate()
    tab.range("A4").select()


@pytest.mark.parametrize("way", OPENED)
def test_a_draft_tab_is_made(way: str, tmp_path: Path) -> None:
    """What the file says afterwards; the template itself is as it was."""
    with OPENED[way](TEMPLATE) as book:
        before = list(model_of(book).sheet("Draft Template").grid.cells())
        wire_of(book).reset()
        draft(book)
        model = model_of(book)
        assert list(model.sheet("Draft Template").grid.cells()) == before
        assert wire_of(book).operations < 300
    saved = load(save(model, tmp_path / "draft.xlsx"))
    tab = saved.sheet("Draft One")
    assert (saved.active.name, tab.visible, tab.print_area) == ("Draft One", VISIBLE, "$A$1:$G$22")
    rows = [[formula_text(column[0]) for column in tab.grid.contents_of(area_of(f"A{row}:E{row}"))] for row in (21, 22)]
    assert rows == [["Copilot", "Seats", "3", "30", "=C21*D21"], ["Azure", "Usage", "1", "12.5", "=C22*D22"]]
    assert [tab.grid.style(22, column) for column in range(1, 11)] == [tab.grid.style(15, c) for c in range(1, 11)]
    assert (tab.height(18), tab.height(20)) == (20, 30)
    assert saved.cell("Draft One", "B4") == "0010"


def test_a_picture_shows_what_a_failed_run_left_behind() -> None:
    """Taken back, one trace stays: areas that reach the last row lose one row with each that is deleted, as in Excel."""
    book = load(TEMPLATE)
    before, sheet = picture(book), book.sheet("Counts")
    sheet.insert(sheet.tables[0].rows)
    write(sheet, area_of("A6"), "left behind")
    book.app.screen_updating = False
    assert {"app", "Counts!A6", "Counts!table Counts"} <= places(before, book)
    sheet.delete(sheet.tables[0].header.offset(1))
    book.app.screen_updating = True
    assert places(before, book) == {"Counts!validations"}


def places(before: Picture, book: Book) -> set[str]:
    """Where a workbook differs."""
    return {line.split(":")[0] for line in differences(before, picture(book))}
