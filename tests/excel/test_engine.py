"""The public classes of xlwings over the model: what a host calls, and what it gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import xlwings as xw

from excel.engine import attached
from excel.live import model_of, wire_of
from excel.stories import STOCK, book_with_table


@pytest.fixture
def book() -> Iterator[xw.Book]:
    """A sheet with a small table, through xlwings."""
    with attached(book_with_table()) as opened:
        yield opened


def test_a_block_is_written_and_read_in_one_call_each(book: xw.Book) -> None:
    """One write, one read, whatever the size."""
    cells = book.sheets["Stock"].range("A6:C8")
    wire_of(book).reset()
    cells.raw_value = STOCK
    assert cells.raw_value == STOCK
    assert wire_of(book).operations == 2


def test_dates_and_currency_come_as_on_macos(book: xw.Book) -> None:
    """A datetime without a zone, a Decimal of four places."""
    sheet = book.sheets["Stock"]
    sheet.range("F1:G1").raw_value = [[46000.5, 12.345678]]
    sheet.range("F1").number_format = "yyyy-mm-dd"
    sheet.range("G1").number_format = "$#,##0.00"
    assert sheet.range("F1:G1").raw_value == [[dt.datetime(2025, 12, 9, 12), Decimal("12.3457")]]  # noqa: DTZ001


def test_the_native_object_is_there_but_has_no_members(book: xw.Book) -> None:
    """So that a host takes the other way."""
    assert book.sheets["Stock"].range("A1").api
    assert not hasattr(book.sheets["Stock"].range("A1").api, "Value2")


def test_a_sheet_is_copied_renamed_shown_and_deleted(book: xw.Book) -> None:
    """As a host makes and takes back a tab."""
    copy = book.sheets["Stock"].copy(after=book.sheets["Stock"], name="Stock copy")
    assert [sheet.name for sheet in book.sheets] == ["Stock", "Stock copy", "Other"]
    copy.activate()
    copy.range("B2").select()
    assert book.app.selection.get_address(include_sheetname=True) == "'Stock copy'!$B$2"
    copy.delete()
    assert book.sheets.active.name in {"Stock", "Other"}


def test_the_application_keeps_what_a_host_sets(book: xw.Book) -> None:
    """Switches are read back and a message box is recorded."""
    app = book.app
    app.screen_updating, app.calculation, app.status_bar = False, "manual", "Reading"
    assert (app.screen_updating, app.calculation, app.status_bar) == (False, "manual", "Reading")
    model_of(book).app.answers.append("cancel")
    assert app.alert("Go on?", "recon", "ok_cancel") == "cancel"
    assert model_of(book).app.alerts[0]["prompt"] == "Go on?"
