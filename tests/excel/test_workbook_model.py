"""The little Excel itself: what Excel does to cells, tables and everything that hangs on them."""

from __future__ import annotations

import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.datavalidation import DataValidation

from excel import reading
from excel.areas import area_of
from excel.sheet import Ruled, Sheet
from excel.stories import book_with_table
from excel.tables import resize
from excel.values import ExcelError
from excel.workbook_model import Book
from excel.writing import set_number_format, write


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


def test_rows_inserted_in_a_table_push_the_totals_row_down(stock: Sheet) -> None:
    """The table grows, calculated columns fill themselves, and what is below moves."""
    write(stock, area_of("A12"), "below")
    stock.insert(area_of("A7:C8"))
    table = stock.tables[0]
    assert (table.area, table.totals_row) == (area_of("A5:C11"), area_of("A11:C11"))
    assert reading.formulas(stock, area_of("A6:C9"))[1:3] == [("", "", "=Stock[[#This Row],[Boxes]]*10")] * 2
    assert (shown(stock, "A11"), shown(stock, "A14")) == ("Total", "below")


def test_rows_inserted_at_the_totals_row_belong_to_the_table(stock: Sheet) -> None:
    """As when a user inserts above the totals."""
    stock.insert(area_of("A9:C9"))
    assert stock.tables[0].rows == area_of("A6:C9")


def test_inserted_cells_look_like_the_row_above(stock: Sheet) -> None:
    """Number formats come along; row heights only where whole rows are inserted."""
    set_number_format(stock, area_of("B7"), "0.000")
    stock.look(area_of("7:7"), height=40)
    stock.insert(area_of("A8:C8"))
    assert reading.number_format(stock, area_of("B7:B8")) == "0.000"
    assert (stock.height(7), stock.height(8)) == (40, 15)
    stock.insert(area_of("8:9"))
    assert [stock.height(row) for row in (7, 8, 9, 10)] == [40, 40, 40, 15]


def test_deleted_rows_shrink_the_table(stock: Sheet) -> None:
    """The totals row comes up."""
    stock.delete(area_of("A6:C7"))
    assert stock.tables[0].area == area_of("A5:C7")
    assert reading.values2(stock, area_of("A6:B6")) == [("Fig", 4.0)]


def test_a_table_whose_rows_all_go_keeps_an_empty_one(stock: Sheet) -> None:
    """It has no data body until something is written."""
    stock.delete(area_of("A6:C8"))
    table = stock.tables[0]
    assert (table.area, table.body, table.totals_row) == (area_of("A5:C7"), None, area_of("A7:C7"))
    write(stock, area_of("A6"), "Quince")
    assert table.body == area_of("A6:C6")


@pytest.mark.parametrize("address", ["A7", "B7:C8", "A2:B2"])
def test_a_table_is_never_torn_apart(stock: Sheet, address: str) -> None:
    """Excel refuses to shift a part of its columns."""
    with pytest.raises(ExcelError, match="shift cells in a table"):
        stock.insert(area_of(address))


def test_a_header_row_can_not_be_deleted(stock: Sheet) -> None:
    """But the whole table can."""
    with pytest.raises(ExcelError, match="header row"):
        stock.delete(area_of("A5:C6"))
    stock.delete(area_of("A4:C10"))
    assert stock.tables == []


def test_cells_beside_the_inserted_ones_stay(stock: Sheet) -> None:
    """A user's notes beside a table do not move with it."""
    write(stock, area_of("E8"), "a note")
    stock.insert(area_of("A7:C8"))
    assert shown(stock, "E8") == "a note"


def test_references_follow_the_cells(book: Book, stock: Sheet) -> None:
    """Formulas on any sheet, names and the print area; a reference to deleted cells breaks."""
    other = book.sheet("Other")
    write(other, area_of("A1:A4"), [["=Stock!B8"], ["=Stock!$A$5:$C$8"], ["=SUM(B8:B9)"], ["=Stock!B6+1"]])
    book.names["Figs"], stock.print_area = "Stock!$A$8", "A1:C9"
    stock.insert(area_of("A7:C8"))
    stock.delete(area_of("A6:C6"))
    found = [row[0] for row in reading.formulas(other, area_of("A1:A4"))]
    assert found == ["=Stock!B9", "=Stock!$A$5:$C$9", "=SUM(B8:B9)", "=Stock!#REF!+1"]
    assert (book.names["Figs"], stock.print_area) == ("Stock!$A$9", "$A$1:$C$10")


def test_formats_and_validations_stretch_with_their_columns(stock: Sheet) -> None:
    """Above, inside, and right below the insert point; columns that stay are split off."""
    stock.rules = [
        Ruled([area_of(a)], [Rule(type="expression", formula=["$B6>1"])]) for a in ("A6:C8", "A8:D8", "A4:C6")
    ]
    stock.validations = [Ruled([area_of("B8:B1048576")], [DataValidation(type="whole", formula1="B8")])]
    stock.insert(area_of("A7:C8"))
    assert [ruled.areas for ruled in stock.rules] == [
        [area_of("A6:C10")],
        [area_of("A10:C10"), area_of("D8")],
        [area_of("A4:C8")],
    ]
    assert stock.validations[0].areas == [area_of("B10:B1048576")]
    assert stock.validations[0].parts[0].formula1 == "B10"


def test_a_resized_table_takes_its_totals_row_along(stock: Sheet) -> None:
    """New rows are filled by calculated columns; the header stays where it is."""
    table = stock.tables[0]
    resize(stock, table, area_of("A5:C11"))
    assert (shown(stock, "A11"), shown(stock, "A9")) == ("Total", None)
    assert reading.formulas(stock, area_of("C9:C10")) == [("=Stock[[#This Row],[Boxes]]*10",)] * 2
    with pytest.raises(ExcelError, match="header row"):
        resize(stock, table, area_of("A6:C11"))


def test_headers_are_unique_texts(stock: Sheet) -> None:
    """What is written into a header becomes one."""
    write(stock, area_of("A5:C5"), [["Fruit", 7.0, "Fruit"]])
    assert reading.values2(stock, area_of("A5:C5")) == [("Fruit", "7", "Fruit2")]


def test_a_totals_row_can_not_be_deleted_alone(stock: Sheet) -> None:
    """Nor together with the rows above it."""
    for address in ("A9:C9", "A6:C9", "A8:C10"):
        with pytest.raises(ExcelError, match="totals row"):
            stock.delete(area_of(address))
