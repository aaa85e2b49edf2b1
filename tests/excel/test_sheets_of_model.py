"""Copies, sheets and protection in the model."""

from __future__ import annotations

import pytest

from excel import reading
from excel.areas import area_of
from excel.copying import copy_range, copy_sheet
from excel.sheet import HIDDEN, VERY_HIDDEN, Sheet
from excel.stories import book_with_table
from excel.values import ExcelError, Formula
from excel.workbook_model import Book
from excel.writing import clear, set_number_format, write


@pytest.fixture
def book() -> Book:
    """A table of three rows and a totals row in Stock!A5:C9."""
    return book_with_table()


@pytest.fixture
def stock(book: Book) -> Sheet:
    """The sheet of the table."""
    return book.sheet("Stock")


def shown(sheet: Sheet, address: str) -> object:
    """The value of one cell."""
    return reading.values2(sheet, area_of(address))[0][0]


def test_a_copied_row_is_repeated_with_its_looks_and_relative_references(book: Book, stock: Sheet) -> None:
    """One prototype row onto three rows, on another sheet."""
    other = book.sheet("Other")
    write(other, area_of("A1:B1"), [["=C1+$D$1", "'007"]])
    set_number_format(other, area_of("A1"), "0.0")
    copy_range(other, area_of("A1:B1"), stock, area_of("F20:G22"))
    assert reading.formulas(stock, area_of("F20:G22")) == [(f"=H{row}+$D$1", "007") for row in (20, 21, 22)]
    assert reading.number_format(stock, area_of("F20:F22")) == "0.0"


def test_a_renamed_sheet_is_found_by_formulas(book: Book, stock: Sheet) -> None:
    """And a deleted one breaks them."""
    other = book.sheet("Other")
    write(other, area_of("A1"), "=Stock!A6")
    book.rename(stock, "Stock of May")
    assert (book.cell("Other", "A1"), shown(other, "A1")) == (Formula("='Stock of May'!A6", "Pear"), "Pear")
    book.remove(stock)
    assert shown(other, "A1") == -2146826265


@pytest.mark.parametrize("name", ["", "x" * 32, "a/b", "other", "'quoted", "History"])
def test_bad_sheet_names_are_refused(book: Book, stock: Sheet, name: str) -> None:
    """Length, characters, and a name that another sheet has in any case."""
    with pytest.raises(ExcelError):
        book.rename(stock, name)


def test_one_sheet_stays_visible(book: Book, stock: Sheet) -> None:
    """A hidden sheet is not activated, and the last visible one neither hidden nor deleted."""
    book.show(book.sheet("Other"), HIDDEN)
    for refused in (
        lambda: book.show(stock, HIDDEN),
        lambda: book.remove(stock),
        lambda: book.activate(book.sheets[1]),
    ):
        with pytest.raises(ExcelError):
            refused()


def test_the_copy_of_a_hidden_sheet_is_hidden_and_a_very_hidden_one_is_not_copied(book: Book, stock: Sheet) -> None:
    """As Worksheet.Copy does it; tables get names of their own."""
    book.show(stock, HIDDEN)
    assert book.active.name == "Other"
    new = copy_sheet(stock, 1)
    assert (new.name, new.visible, book.active.name) == ("Stock (2)", HIDDEN, "Other")
    assert [table.name for table in new.tables] == ["Stock2"]
    book.show(stock, VERY_HIDDEN)
    with pytest.raises(ExcelError):
        copy_sheet(stock, 1)


def test_nothing_changes_where_it_is_protected(book: Book, stock: Sheet) -> None:
    """Cells of a protected sheet, sheets of a protected workbook."""
    stock.protected = book.protected = True
    for refused in (
        lambda: write(stock, area_of("A1"), 1),
        lambda: stock.insert(area_of("1:1")),
        lambda: clear(stock, area_of("A6"), formats=False),
        lambda: book.add_sheet(0),
        lambda: copy_sheet(stock, 1),
    ):
        with pytest.raises(ExcelError, match="protected"):
            refused()
