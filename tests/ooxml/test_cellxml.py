"""Whatever is written into a cell reads back exactly, and text never acts."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ooxml.books import book_of
from recon_xl.core.cells import Cell, Formula, NumberText, Value
from recon_xl.core.errors import InputError
from recon_xl.ooxml import open_workbook
from recon_xl.ooxml.bulkrows import BulkColumn, BulkRows
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.cellxml import CellRules, cell_xml

READER = CellReader("b.xlsx > S", (), frozenset())
texts = (
    st.text() | st.text("_x0123456789ABCDEFabcdef\r\n\t\x0b &<>=") | st.from_regex(r"_x[0-9A-F]{4}_?.?", fullmatch=True)
)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)


def read_back(xml: str) -> Cell:
    return READER.row(1, xml)[0]


@given(text=texts)
def test_text_reads_back(text: str) -> None:
    """Any text comes back as it was, as text."""
    found = read_back(cell_xml("A1", "3", text))
    assert (text, str) == (found, type(found))


@given(text=texts, cached=texts)
def test_text_never_becomes_a_formula(text: str, cached: str) -> None:
    """No text opens an element of its own: neither as a value nor inside our formula."""
    assert ["c", "is", "t"] == re.findall(r"<([a-z]+)", cell_xml("A1", None, text))
    assert ["c", "f", "v"] == re.findall(r"<([a-z]+)", cell_xml("A1", None, Formula(text, cached)))


@given(number=decimals | st.integers())
def test_numbers_read_back(number: Decimal | int) -> None:
    """A number comes back with its exact value; beyond 15 digits as text, which alone can hold it."""
    found = read_back(cell_xml("A1", None, number))
    assert isinstance(found, str)
    assert Decimal(number) == Decimal(found)
    digits = len(Decimal(number).normalize().as_tuple().digits) if number else 1
    if digits > 15:
        assert not isinstance(found, NumberText)
    if isinstance(found, NumberText):
        assert Decimal(number) == Decimal(f"{float(found):.15g}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None)
@given(rows=st.lists(st.lists(texts | decimals | st.none() | st.booleans(), min_size=3, max_size=3), max_size=20))
def test_rows_read_back_from_a_file(tmp_path: Path, rows: list[list[Value]]) -> None:
    """A block of rows comes back from a saved file."""
    columns = [
        BulkColumn(column, style, place) for place, (column, style) in enumerate(((2, "0"), (3, None), (4, "0")))
    ]
    cells = BulkRows(columns, CellRules()).cells(1, rows)
    xml = "".join(f'<row r="{n}">{row}</row>' for n, row in enumerate(cells, 1))
    with open_workbook(book_of(tmp_path / "b.xlsx", xml)) as book:
        found = {number: (cells + [None] * 4)[1:4] for number, cells in book.rows("S")}
    for number, values in enumerate(rows, 1):
        for value, cell in zip(values, found.get(number, [None] * 3), strict=True):
            same = Decimal(str(cell)) == value if isinstance(value, Decimal) else cell == value
            assert same, (value, cell)


@pytest.mark.parametrize(
    ("value", "date1904", "stored"),
    [
        (date(2026, 11, 22), False, "46348"),
        (date(1900, 1, 1), False, "1"),
        (date(1900, 2, 28), False, "59"),
        (date(1900, 3, 1), False, "61"),
        (date(1904, 1, 1), True, "0"),
        (date(2026, 11, 22), True, "44886"),
        (datetime(2026, 11, 22, 12, 0), False, "46348.5"),  # noqa: DTZ001 - cells hold local times
        (datetime(2026, 11, 22, 0, 0, 1), False, "46348.0000115741"),  # noqa: DTZ001
    ],
)
def test_dates(value: date, date1904: bool, stored: str) -> None:
    """Dates are written as Excel's day numbers, with its leap year of 1900."""
    assert f'<c r="A1"><v>{stored}</v></c>' == cell_xml("A1", None, value, CellRules(date1904))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, '<c r="A1" s="4"/>'),
        (True, '<c r="A1" s="4" t="b"><v>1</v></c>'),
        (Decimal("1E+3"), '<c r="A1" s="4"><v>1000</v></c>'),
        (Formula("A1<B1", True), '<c r="A1" s="4" t="b"><f>A1&lt;B1</f><v>1</v></c>'),
        (Formula("SUM(A1)", Decimal("2.50")), '<c r="A1" s="4"><f>SUM(A1)</f><v>2.50</v></c>'),
        (Formula("A1", "x & y"), '<c r="A1" s="4" t="str"><f>A1</f><v>x &amp; y</v></c>'),
        (Formula("A1"), '<c r="A1" s="4" t="str"><f>A1</f><v></v></c>'),
    ],
)
def test_xml(value: Value, expected: str) -> None:
    """Each kind of value has one form, and keeps the style."""
    assert expected == cell_xml("A1", 4, value)


@pytest.mark.parametrize(
    "value",
    ["x" * 32_768, "😀" * 16_384, "\ud800", Decimal("NaN"), Decimal("Infinity"), date(1899, 12, 31), datetime.now(UTC)],
)
def test_values_that_no_cell_holds(value: Value) -> None:
    """What a cell cannot hold exactly is refused with its address."""
    with pytest.raises(InputError) as error:
        cell_xml("B7", None, value)
    assert "B7" == error.value.where
    with pytest.raises(InputError) as error:
        list(BulkRows([BulkColumn(1, None, 0), BulkColumn(2, "3", 1)], CellRules()).cells(6, [["x", 1], ["x", value]]))
    assert "B7" == error.value.where


def test_equal_values_that_are_stored_otherwise() -> None:
    """One column may hold 1, True, 1.0 and their texts: equal to Python, and five different cells."""
    values: list[Value] = [1, True, Decimal("1.0"), Decimal("1.00"), "1", None, Decimal(1), date(2026, 1, 1), 1]
    rows = [[value, "x"] for value in values]
    for style in ("4", None):
        columns = [BulkColumn(1, style, 0), BulkColumn(2, style, 1)]
        written = list(BulkRows(columns, CellRules()).cells(5, rows))
        cell_by_cell = [
            cell_xml(f"A{n}", style, value) + cell_xml(f"B{n}", style, "x") for n, value in enumerate(values, 5)
        ]
        assert cell_by_cell == written


def test_longest_text() -> None:
    """The longest text that Excel takes is written."""
    assert "x" * 32_767 == read_back(cell_xml("A1", None, "x" * 32_767))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_begins_like_a_formula(text: str) -> None:
    """Such text gets the format with a quote prefix, in the fast path too, and stays as it is."""
    rules = CellRules(quoted=lambda style: f"{style}9")
    (row,) = BulkRows([BulkColumn(1, "4", 0)], rules).cells(1, [[text]])
    for xml in (cell_xml("A1", "4", text, rules), row):
        assert ' s="49"' in xml
        assert text == read_back(xml)
