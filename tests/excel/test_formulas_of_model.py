"""Formulas in the model: what is worked out, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from excel import reading
from excel.areas import area_of
from excel.sheet import Sheet
from excel.stories import book_with_table
from excel.values import ErrorValue
from excel.workbook_model import Book
from excel.writing import write


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


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=ROWS(Stock)", 3),
        ("=ROW(Stock[#Headers])", 5),
        ("=ROWS(Stock[#All])", 5),
        ("=COLUMN(Stock)*100+COLUMNS(Stock)", 103),
        ("=ROW(Stock[#Totals])-ROW(Stock)", 3),
        ("=COLUMN(Stock[[#Headers],[Boxes]])", 2),
        ("=COUNTA(Stock[Fruit])", 3),
        ("=SHEETS()", 2),
        ("=DATE(1904,1,1)=0", False),
        ("=Stock!A6", "Pear"),
        ("=Stock[Weight]", ErrorValue("#REF!")),
        ("=1/0", ErrorValue("#DIV/0!")),
        ("=(2+3)*-4", -20),
        ("=SUM(A1:A2)", ErrorValue("#NAME?")),
    ],
)
def test_a_few_formulas_are_worked_out(book: Book, formula: str, value: object) -> None:
    """Places and sizes of tables, counts, arithmetic; anything else is not known."""
    assert book.evaluate(formula) == value


def test_formulas_wait_in_manual_mode(book: Book, stock: Sheet) -> None:
    """But a formula is worked out when it is entered."""
    write(stock, area_of("E1"), "=ROWS(Stock)")
    book.app.calculate_by("manual")
    stock.insert(area_of("A7:C7"))
    assert shown(stock, "E1") == 3
    book.app.calculate()
    assert shown(stock, "E1") == 4


def test_other_formulas_show_what_the_test_says(book: Book, stock: Sheet) -> None:
    """Nought until then."""
    assert shown(stock, "B9") == 0
    book.results["=SUBTOTAL(109,Stock[Boxes])"] = 9.0
    book.app.calculate()
    assert shown(stock, "B9") == 9


def test_the_model_knows_nothing_of_the_project() -> None:
    """It is Excel, not a mirror of what is tested on it."""
    files = [path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_")]
    assert [
        path.name for path in files if "import recon_xl" in path.read_text() or "from recon_xl" in path.read_text()
    ] == []
