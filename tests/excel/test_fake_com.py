"""xlwings' own Windows classes over the model: COM's quirks, a busy Excel, calls that fail."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from decimal import Decimal

import pytest
import xlwings as xw

from excel.fake_com import NAME, attached
from excel.live import ATTACHED, model_of, wire_of
from excel.pywin32_stubs import ComError, TimeType
from excel.stories import STOCK, book_with_table
from excel.wire import EDITING, EXCEPTION, REJECTED, LineError


@pytest.fixture
def book() -> Iterator[xw.Book]:
    """A sheet with a small table, through COM."""
    with attached(book_with_table()) as opened:
        yield opened


@pytest.fixture
def cells(book: xw.Book) -> xw.Range:
    """The rows of the table."""
    return book.sheets["Stock"].range("A6:C8")


def test_it_is_xlwings_own_code_that_runs(book: xw.Book) -> None:
    """And it is gone afterwards."""
    assert type(book.impl).__module__ == NAME
    assert "pywintypes" in sys.modules


def test_nothing_of_windows_stays_behind() -> None:
    """Other tests see the system as it is."""
    with attached(book_with_table()):
        pass
    assert not {"pywintypes", "win32api", NAME} & set(sys.modules)
    assert not hasattr(xw, "_xlwindows")
    assert xw.engines.active is None


def test_value2_has_plain_numbers_and_value_has_types(cells: xw.Range) -> None:
    """Dates with a zone, money as Decimal, errors as numbers, blocks as tuples."""
    row = cells[0, :]
    row.number_format = "General"
    row.api.Value = ((46000.0, 12.345678, "#N/A"),)
    row[0].number_format, row[1].number_format = "yyyy-mm-dd", "$#,##0.00"
    assert row.api.Value2 == ((46000.0, 12.345678, -2146826246),)
    moment, money, error = row.raw_value[0]
    assert (moment, money, error) == (dt.datetime(2025, 12, 9, tzinfo=dt.UTC), Decimal("12.3457"), -2146826246)
    assert isinstance(moment, TimeType)
    assert row.options(err_to_str=True).value[2] == "#N/A"


def test_money_written_as_decimal_loses_what_currency_can_not_hold(cells: xw.Range) -> None:
    """Four places, and a format that nobody asked for; a date needs a zone."""
    cells[0, 1].raw_value = Decimal("0.123456789")
    assert (cells[0, 1].api.Value2, cells[0, 1].number_format) == (0.1235, "$#,##0.00")
    with pytest.raises(ValueError, match="naive"):
        cells[0, 1].raw_value = dt.datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(TypeError, match="COM VARIANT"):
        cells[0, 1].raw_value = dt.date(2026, 1, 1)


def test_a_busy_excel_is_asked_again(book: xw.Book, cells: xw.Range) -> None:
    """Xlwings tries rejected calls for as long as it takes."""
    wire_of(book).busy(3)
    assert cells.raw_value[0][0] == "Pear"
    wire_of(book).busy(3)
    cells.number_format = "0.0"
    assert cells.number_format == "0.0"


def test_an_excel_that_stays_busy_is_given_up_after_the_attempts(
    book: xw.Book, cells: xw.Range, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a limit is set; without one a test fails instead of hanging."""
    wire_of(book).busy()
    with pytest.raises(RuntimeError, match="nobody gives up"):
        _ = cells.raw_value
    monkeypatch.setattr(sys.modules[NAME], "N_COM_ATTEMPTS", 5)
    wire_of(book).reset()
    wire_of(book).busy()
    with pytest.raises(ComError) as raised:
        _ = cells.raw_value
    assert (raised.value.hresult, wire_of(book).members) == (REJECTED, 5)


def test_a_user_who_edits_a_cell_stops_every_call(book: xw.Book, cells: xw.Range) -> None:
    """Xlwings does not try these again, except where a property is set and the details say so."""
    wire_of(book).busy(1, EDITING)
    with pytest.raises(ComError) as raised:
        _ = cells.raw_value
    assert raised.value.hresult == EDITING
    wire_of(book).busy(2, EXCEPTION, scode=EDITING)
    cells.raw_value = STOCK
    assert cells.raw_value[0] == ("Pear", 2.0, 10.0)


@pytest.mark.parametrize("way", ATTACHED)
def test_the_kth_call_fails_on_demand(way: str) -> None:
    """To see what a host leaves behind: counted by operations or by writes, once or for good."""
    with ATTACHED[way](book_with_table()) as book:
        sheet, wire = book.sheets["Stock"], wire_of(book)
        wire.fail_at(2, "writes")
        sheet.range("E1").raw_value = "first"
        with pytest.raises((ComError, LineError)):
            sheet.range("E2").raw_value = "second"
        sheet.range("E3").raw_value = "third"
        assert model_of(book).cell("Stock", "E1") == "first"
        assert (model_of(book).cell("Stock", "E2"), model_of(book).cell("Stock", "E3")) == (None, "third")
        wire.fail_at(1, lasting=True)
        for _ in range(2):
            with pytest.raises((ComError, LineError)):
                _ = sheet.range("E1").raw_value
        wire.recover()
        wire.fail_on("Range.Insert" if way == "com" else "Range.insert")
        with pytest.raises((ComError, LineError)):
            sheet.range("A7:C7").insert("down")


def test_what_excel_refuses_comes_as_error_1004(book: xw.Book) -> None:
    """With Excel's words in the details."""
    with pytest.raises(ComError) as raised:
        book.sheets["Stock"].range("A7").insert("down")
    assert raised.value.hresult == EXCEPTION
    assert "shift cells in a table" in raised.value.excepinfo[2]
    with pytest.raises(ComError):
        _ = book.sheets["Nowhere"]
    with pytest.raises(KeyError):
        _ = book.sheets["Stock"].tables["Nothing"]


def test_every_call_is_counted(book: xw.Book) -> None:
    """Walking to an object is a member, but not an operation."""
    wire = wire_of(book)
    wire.reset()
    book.api.Worksheets("Stock").Range("A6:C8").Value2 = STOCK
    assert (wire.members, wire.operations, wire.writes) == (4, 1, 1)
    assert wire.tally().splitlines() == ["members 4, operations 1, writes 1", "      1 Range.Value2 write"]


def test_a_table_is_walked_from_its_sheet(book: xw.Book) -> None:
    """Range, body, totals, columns; a missing body is None."""
    table = book.sheets["Stock"].tables["stock"]
    assert (table.range.address, table.totals_row_range.address) == ("$A$5:$C$9", "$A$9:$C$9")
    assert [column.Name for column in table.api.ListColumns] == ["Fruit", "Boxes", "Worth"]
    assert book.sheets["Stock"].range("B7").table.name == "Stock"
    table.resize(book.sheets["Stock"].range("A5:C11"))
    assert table.api.ListRows.Count == 5
    table.data_body_range.delete("up")
    assert table.data_body_range is None


def test_a_sheet_comes_and_goes(book: xw.Book) -> None:
    """Copied after another, renamed, shown, activated, selected, deleted without a question."""
    copied = book.sheets["Stock"].copy(after=book.sheets["Other"], name="Third")
    copied.activate()
    copied.range("B2:C3").select()
    assert (book.app.selection.address, copied.index, copied.visible) == ("$B$2:$C$3", 3, -1)
    copied.visible = False
    assert book.sheets.active.name == "Other"
    copied.delete()
    assert (len(book.sheets), model_of(book).app.alerts) == (2, [])


def test_the_user_is_asked_through_windows(book: xw.Book) -> None:
    """Message boxes and the file dialog answer what the test says."""
    app = model_of(book).app
    app.answers, app.files_chosen = ["no"], [("C:\\a.csv", "C:\\b.csv")]
    assert book.app.alert("Go on?", "recon", "yes_no") == "no"
    assert book.app.api.GetOpenFilename("All files (*.*),*.*", MultiSelect=True) == ("C:\\a.csv", "C:\\b.csv")
    assert book.app.api.GetOpenFilename() is False


@pytest.mark.parametrize("way", ATTACHED)
def test_names_are_the_same_on_both_ways(way: str) -> None:
    """Those of a sheet begin with the sheet."""
    model = book_with_table()
    model.names["Pear"], model.sheets[0].print_area = "Stock!$A$6", "A1:C9"
    with ATTACHED[way](model) as book:
        names = {name.name: name.refers_to for name in book.names}
        assert names == {"Pear": "=Stock!$A$6", "Stock!Print_Area": "=Stock!$A$1:$C$9"}
        assert book.names["pear"].refers_to_range.raw_value == "Pear"
        assert book.sheets["Stock"].page_setup.print_area == "$A$1:$C$9"
        assert "Plum" not in book.names
