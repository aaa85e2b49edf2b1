"""Real workbooks in the model: nothing is lost on the way in and out, and the hidden template can be copied."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from excel import reading
from excel.areas import area_of
from excel.copying import copy_sheet
from excel.saving import save
from excel.sheet import HIDDEN, Sheet
from excel.values import formula_text
from excel.workbook_model import Book
from excel.xlsx import load

TEMPLATES = Path(__file__).parents[2] / "workbook_templates"


@pytest.fixture(scope="module")
def book() -> Book:
    """The blank month-end workbook."""
    return load(TEMPLATES / "month_end.xlsx")


def cells(sheet: Sheet) -> list[object]:
    """Contents and styles, without what formulas show."""
    return [(row, column, formula_text(content), style) for row, column, content, style in sheet.grid.cells()]


def parts(sheet: Sheet) -> list[object]:
    """Formats, validations, heights, names, tables and view."""
    ruled = [[(one.areas, len(one.parts)) for one in kind] for kind in (sheet.rules, sheet.validations)]
    texts = [(part.formula1, part.prompt) for one in sheet.validations for part in one.parts]
    view = sheet.carrier.sheet_view
    widths = {letter: dimension.width for letter, dimension in sheet.carrier.column_dimensions.items()}
    return [ruled, texts, sheet.rows, sheet.grid.column_styles, widths, sheet.carrier.freeze_panes, view.showGridLines]


def test_a_saved_workbook_is_the_one_that_was_loaded(book: Book, tmp_path: Path) -> None:
    """Cells, styles by their number, formats, validations, tables, names, visibility."""
    again = load(save(book, tmp_path / "again.xlsx"))
    assert [sheet.name for sheet in again.sheets] == [sheet.name for sheet in book.sheets]
    for old, new in zip(book.sheets, again.sheets, strict=True):
        assert cells(new) == cells(old), old.name
        assert parts(new) == parts(old), old.name
        assert [(t.name, t.area, t.totals) for t in new.tables] == [(t.name, t.area, t.totals) for t in old.tables]
        assert (new.names, new.visible) == (old.names, old.visible)
    assert (again.names, again.active.name) == (book.names, book.active.name)


def test_the_copied_template_looks_like_the_template(tmp_path: Path) -> None:
    """Cells, styles, widths, heights, formats, page set-up; its names point at the copy."""
    book = load(TEMPLATES / "month_end.xlsx")
    template = book.sheet("Draft Template")
    book.rename(copy_sheet(template, len(book.sheets)), "Draft One")
    copied = load(save(book, tmp_path / "copied.xlsx")).sheet("Draft One")
    assert cells(copied) == cells(template)
    assert parts(copied) == parts(template)
    assert copied.visible == HIDDEN
    assert copied.names == {name: text.replace("Draft Template", "Draft One") for name, text in template.names.items()}
    for name in ("page_setup", "page_margins", "print_options"):
        assert getattr(copied.carrier, name) == getattr(template.carrier, name), name
    assert copied.carrier.oddFooter.left.text == template.carrier.oddFooter.left.text == "DRAFT - not a tax invoice"


def test_results_of_formulas_come_from_the_file() -> None:
    """The sample was worked out when it was made."""
    sample = load(TEMPLATES / "month_end_sample.xlsx")
    assert sample.evaluate("=MasterCheck") == "2 FAIL, 1 NOT CHECKED"
    assert reading.values2(sample.sheet("Exceptions"), area_of("B3")) == [("2 FAIL, 1 NOT CHECKED",)]


def test_empty_cells_below_a_table_have_the_formats_of_its_columns(book: Book) -> None:
    """Ids stay text far below the last row."""
    vendor_lines = book.sheet("Vendor Lines")
    number = reading.values2(vendor_lines, area_of("A5:AZ5"))[0].index("Customer Id") + 1
    assert book.styles.number_format(vendor_lines.grid.style(40_000, number)) == "@"


def test_texts_that_look_like_formulas_are_saved_as_texts(book: Book, tmp_path: Path) -> None:
    """And errors as errors."""
    sheet = book.sheet("Counts")
    sheet.grid.put(6, 1, "=1+1")
    saved = openpyxl.load_workbook(save(book, tmp_path / "text.xlsx"))["Counts"]["A6"]
    assert (saved.value, saved.data_type) == ("=1+1", "s")
