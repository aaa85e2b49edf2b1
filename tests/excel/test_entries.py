"""What Excel makes of an input: the traps between a value in Python and the value in a cell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from excel import reading
from excel.areas import area_of
from excel.sheet import Sheet
from excel.stories import book_with_table
from excel.values import ErrorValue, ExcelError, Formula, entered
from excel.writing import set_number_format, write


@pytest.fixture
def sheet() -> Sheet:
    """An empty sheet."""
    return book_with_table().sheet("Other")


@pytest.mark.parametrize(
    ("typed", "content"),
    [
        ("0010", 10.0),
        ("1e5", 100_000.0),
        ("1,234.50", 1234.5),
        ("12%", 0.12),
        ("$7.50", 7.5),
        ("(5)", -5.0),
        (" 12 ", 12.0),
        ("2026-10", 46296.0),
        ("2026-10-05", 46300.0),
        ("10/5/2026", 46300.0),
        ("5 Oct 2026", 46300.0),
        ("10:30", 0.4375),
        ("true", True),
        ("#N/A", ErrorValue("#N/A")),
        ("'0010", "0010"),
        ("=A1", Formula("=A1")),
        ("=", "="),
        ("-hold", Formula("=-hold", ErrorValue("#NAME?"))),
        ("", None),
    ],
)
def test_a_text_that_looks_like_something_becomes_it(typed: str, content: object) -> None:
    """In a cell in General format."""
    assert entered(typed).content == content


@pytest.mark.parametrize(
    "typed",
    ["Maybe 5", "2026-10-05T10:30:00", "2026-13", "1-2-3-4", "INV-1", "12 boxes", "a=b", "1.2.3", "2026-W05", "P1Y"],
)
def test_other_texts_stay_text(typed: str) -> None:
    """Ids and sentences among them."""
    assert entered(typed).content == typed


def test_a_text_may_turn_into_a_date_without_a_word(sheet: Sheet) -> None:
    """`1-2` is the second of January, and the cell says so."""
    write(sheet, area_of("A1"), "1-2")
    assert reading.number_format(sheet, area_of("A1")) == "d-mmm"
    assert isinstance(reading.values(sheet, area_of("A1"))[0][0], dt.datetime)


def test_a_text_cell_keeps_what_is_written(sheet: Sheet) -> None:
    """Even a formula, and a number becomes its text."""
    set_number_format(sheet, area_of("A1:D1"), "@")
    write(sheet, area_of("A1:D1"), [["0010", "=A1", 12.5, "'0010"]])
    assert reading.values2(sheet, area_of("A1:D1")) == [("0010", "=A1", "12.5", "0010")]


def test_an_apostrophe_marks_the_cell_until_something_else_is_written(sheet: Sheet) -> None:
    """It is not part of the value, nor of the formula text."""
    write(sheet, area_of("A1"), "'0010")
    assert reading.formulas(sheet, area_of("A1")) == [("0010",)]
    assert sheet.book.styles.prefixed(sheet.grid.style(1, 1))
    write(sheet, area_of("A1"), 5)
    assert not sheet.book.styles.prefixed(sheet.grid.style(1, 1))


def test_an_empty_cell_below_a_styled_column_has_the_columns_format(sheet: Sheet) -> None:
    """As on a sheet whose columns were formatted as text."""
    set_number_format(sheet, area_of("A:A"), "@")
    write(sheet, area_of("A100"), "0010")
    assert reading.values2(sheet, area_of("A100")) == [("0010",)]


def test_money_and_dates_bring_their_format(sheet: Sheet) -> None:
    """Only into cells in General format."""
    set_number_format(sheet, area_of("C1"), "0.0000")
    write(sheet, area_of("A1:C1"), [[Decimal("2.5"), dt.date(2026, 10, 5), Decimal("2.5")]])
    formats = [reading.number_format(sheet, area_of(cell)) for cell in ("A1", "B1", "C1")]
    assert formats == ["$#,##0.00", "m/d/yyyy", "0.0000"]
    assert reading.values(sheet, area_of("A1:C1")) == [(Decimal("2.5000"), dt.datetime(2026, 10, 5), 2.5)]  # noqa: DTZ001


def test_a_block_is_fitted_to_the_range(sheet: Sheet) -> None:
    """What is missing is #N/A, what is too much is dropped; a single row or column is repeated."""
    write(sheet, area_of("A1:C3"), [[1.0, 2.0], [3.0, 4.0]])
    na = -2146826246
    assert reading.values2(sheet, area_of("A1:C3")) == [(1, 2, na), (3, 4, na), (na, na, na)]
    write(sheet, area_of("E1:F2"), [[1.0, 2.0, 3.0]])
    assert reading.values2(sheet, area_of("E1:G2")) == [(1, 2, None), (1, 2, None)]
    write(sheet, area_of("H1:I2"), [["a"], ["b"]])
    assert reading.values2(sheet, area_of("H1:I2")) == [("a", "a"), ("b", "b")]


def test_one_formula_for_many_cells_moves_its_references(sheet: Sheet) -> None:
    """A block of formulas is taken as it is."""
    write(sheet, area_of("C1:C2"), "=A1+$B$1")
    write(sheet, area_of("D1:D2"), [["=A1"], ["=A1"]])
    assert reading.formulas(sheet, area_of("C1:D2")) == [("=A1+$B$1", "=A1"), ("=A2+$B$1", "=A1")]


def test_constants_are_told_as_they_would_be_typed(sheet: Sheet) -> None:
    """So a text that looks like a number does not survive a round trip through Formula."""
    write(sheet, area_of("A1:E1"), [["'0010", 10.5, True, None, "#N/A"]])
    told = reading.formulas(sheet, area_of("A1:E1"))
    assert told == [("0010", "10.5", "TRUE", "", "#N/A")]
    write(sheet, area_of("A1:E1"), told)
    assert reading.values2(sheet, area_of("A1")) == [(10,)]


def test_hidden_rows_are_written_too(sheet: Sheet) -> None:
    """A block goes into every row."""
    sheet.look(area_of("2:2"), hidden=True)
    write(sheet, area_of("A1:A3"), [[1.0], [2.0], [3.0]])
    assert reading.values2(sheet, area_of("A1:A3")) == [(1,), (2,), (3,)]


@pytest.mark.parametrize("value", ["x" * 32_768, "=" + "1+" * 4_096 + "1", float("nan"), "@home"])
def test_what_a_cell_can_not_hold_is_refused(sheet: Sheet, value: object) -> None:
    """Too long, no number, or no function."""
    with pytest.raises(ExcelError):
        write(sheet, area_of("A1"), value)


def test_what_is_no_value_is_refused(sheet: Sheet) -> None:
    """As pywin32 refuses it."""
    with pytest.raises(TypeError, match="COM VARIANT"):
        write(sheet, area_of("A1"), object())
