"""The little Excel itself: what Excel does to cells, tables and everything that hangs on them."""

from __future__ import annotations

from copy import copy
from pathlib import Path

import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from excel import reading
from excel.areas import area_of
from excel.copying import copy_range, copy_sheet
from excel.sheet import HIDDEN, VERY_HIDDEN, Ruled, Sheet
from excel.stories import book_with_table
from excel.tables import resize
from excel.values import ErrorValue, ExcelError, Formula
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


def test_styles_of_the_carrier_are_shared(book: Book, stock: Sheet) -> None:
    """A style made twice is one style."""
    style = book.styles.with_format(0, "0.0000")
    assert book.styles.with_format(0, "0.0000") == style
    assert copy(Font()) == Font()
    assert book.styles.name(stock.grid.style(1, 1)) == "Normal"
