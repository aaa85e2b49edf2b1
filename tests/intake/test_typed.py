"""Tables of the workbook become typed columns; nothing is dropped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recon_xl.contract import table
from recon_xl.core.cells import Cell, ErrorText, NumberText
from recon_xl.core.errors import ContractError
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.settings import read_settings
from recon_xl.intake.typed import typed_table


def _raw(name: str, columns: tuple[str, ...], *rows: list[Cell]) -> RawTable:
    return RawTable(name, name, columns, tuple(enumerate(rows, 6)))


def test_columns_are_found_by_name_and_alias_beside_the_users_own() -> None:
    """A column's own name wins over another's alias; the user's columns are left alone."""
    raw = _raw(
        "Customers", ("My Notes", "Account", "Customer", "e-mail"), ["hi", "4711", "Contoso", "a@contoso.example"]
    )
    typed = typed_table(raw, table("Customers"), locale="en-US")
    assert typed.columns["Customer"] == ["Contoso"]
    assert typed.columns["E-mail"] == ["a@contoso.example"]
    assert typed.columns["Currency"] == [None]
    assert "My Notes" not in typed.columns


def test_an_unreadable_cell_keeps_its_row_and_is_listed_with_its_address() -> None:
    """Blank required cells and errors are problems; good cells of the row stay."""
    columns = ("Billing Product", "Currency", "Price", "Start")
    raw = _raw(
        "Sell Prices",
        columns,
        ["Backup", "USD", "twelve", NumberText("46296")],
        ["Backup", None, NumberText("12.5"), None],
        ["Backup", "EUR", ErrorText("#N/A"), None],
    )
    typed = typed_table(raw, table("Sell Prices"), locale="en-US")
    assert typed.row_numbers == [6, 7, 8]
    assert [None, Decimal("12.5"), None] == typed.columns["Price"]
    assert [date(2026, 10, 1), None, None] == typed.columns["Start"]
    assert [(problem.where, problem.found, problem.required) for problem in typed.problems] == [
        ("Sell Prices > row 6 > Price", "'twelve'", True),
        ("Sell Prices > row 7 > Currency", "blank", True),
        ("Sell Prices > row 8 > Price", "the Excel error #N/A", True),
    ]


def test_long_digits_written_by_an_import_read_back_exactly_in_any_locale() -> None:
    """Text that holds more than 15 digits is plain machine form, whatever the file locale."""
    raw = _raw("Sell Prices", ("Billing Product", "Currency", "Price"), ["A", "EUR", "1234.5678901234567890"])
    typed = typed_table(raw, table("Sell Prices"), locale="de-DE")
    assert [Decimal("1234.5678901234567890")] == typed.columns["Price"]


def test_a_missing_required_column_says_where_and_offers_the_nearest() -> None:
    """The message names the sheet, the headers, the column and what to do."""
    raw = _raw("Sell Prices", ("Billing Product", "Currency", "Prices"), ["A", "EUR", "1"])
    with pytest.raises(ContractError) as caught:
        typed_table(raw, table("Sell Prices"), locale="en-US", book="march.xlsx")
    error = caught.value
    assert error.where == "march.xlsx > Sell Prices"
    assert "Prices" in error.found
    assert error.expected == "a column Price"
    assert error.todo == "Rename the header 'Prices' back to Price."


def test_a_blank_setting_is_no_problem() -> None:
    """Settings.Value is required as a column and may be blank as a cell."""
    raw = _raw("Settings", ("Setting", "Value"), ["Period", None])
    assert typed_table(raw, table("Settings"), locale="en-US").problems == []


def test_settings_are_read_where_excel_made_numbers_of_them() -> None:
    """A month that became a date and a percentage that became a fraction mean what was typed."""
    raw = _raw(
        "Settings",
        ("Setting", "Value"),
        ["Period", NumberText("46296")],
        ["Margin Floor", NumberText("12.5")],
        ["File Locale", "de-DE"],
        ["Billed Tolerance", "0,05"],
        ["Invoice Date", NumberText("46326")],
        ["Draft Tabs", None],
    )
    settings = read_settings(Snapshot("b.xlsx", {"Settings": raw}, ("Settings",)))
    assert ("2026-10", Decimal("12.5"), "de-DE") == (settings.period, settings.margin_floor, settings.file_locale)
    assert (Decimal("0.05"), date(2026, 10, 31), "all") == (
        settings.billed_tolerance,
        settings.invoice_date,
        settings.draft_tabs,
    )
