"""Imports told as stories: what a month-end user hands in, and what the workbook holds afterwards."""
# ruff: noqa: DTZ001 - all times of the ledger are UTC without saying so

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from recon_xl.commands.import_files import ImportResult, import_files
from recon_xl.contract import ALL_TABLES, Settings, table
from recon_xl.core.cells import Cell
from recon_xl.core.changeset import EditRows
from recon_xl.core.errors import ConflictError, ContractError, InputError, ReconError
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.apply import apply_edits
from recon_xl.intake.typed import typed_table

NOW = datetime(2026, 11, 3, 8, 30, 15, 999, tzinfo=UTC)
Row = Mapping[str, str]

SEATS: Row = {
    "CustomerId": "1f0e", "CustomerName": "Contoso", "InvoiceNumber": "G0001", "ProductId": "CFQ7TTC0LH18",
    "SkuId": "0001", "ChargeType": "new", "UnitPrice": "10.08", "Subtotal": "100.80", "TaxTotal": "20.16",
    "Total": "120.96", "Currency": "USD", "SubscriptionId": "sub-1", "OrderDate": "10/3/2026",
    "ChargeStartDate": "10/3/2026", "ChargeEndDate": "11/2/2026", "EffectiveUnitPrice": "10.08",
    "BillableQuantity": "10",
}  # fmt: skip


def _workbook(**rows: Sequence[Sequence[Cell]]) -> Snapshot:
    """A blank workbook, with rows in some tables."""
    tables = {}
    for one in ALL_TABLES:
        given_rows = rows.get(one.excel_name, ())
        width = len(one.columns)
        padded = [[*cells, *[None] * (width - len(cells))] for cells in given_rows]
        tables[one.name] = RawTable(one.name, one.name, one.column_names, tuple(enumerate(padded, 6)))
    return Snapshot("october.xlsx", tables, tuple(tables))


def _csv(folder: Path, name: str, rows: Sequence[Row]) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return path


def _import(book: Snapshot, *paths: Path, **options: object) -> tuple[ImportResult, Snapshot]:
    result = import_files(book, paths, now=NOW, **options)  # type: ignore[arg-type]
    return result, apply_edits(book, result.changeset)


def _column(book: Snapshot, name: str, column: str) -> list[object]:
    return [*typed_table(book.tables[name], table(name), locale="en-US").columns[column]]


def test_a_vendor_file_becomes_lines_and_a_registered_source(tmp_path: Path) -> None:
    """Lines carry source, row and period; Sources carries exact sums, hash and the control total."""
    fx = {
        **SEATS,
        "EffectiveUnitPrice": "0.1999968000511991808131",
        "Subtotal": "-4.31",
        "TaxTotal": "0",
        "Total": "-4.31",
    }
    path = _csv(tmp_path, "recon.csv", [SEATS, fx])
    result, book = _import(_workbook(), path, control_totals={"G0001": "116.65"})
    assert _column(book, "Vendor Lines", "Line") == ["S001-2", "S001-3"]
    assert _column(book, "Vendor Lines", "Source Row") == [2, 3]
    assert _column(book, "Vendor Lines", "Period") == ["2026-10"] * 2
    assert _column(book, "Vendor Lines", "Sku Id") == ["0001"] * 2
    assert Decimal("0.1999968000511991808131") == _column(book, "Vendor Lines", "Effective Unit Price")[1]
    source = {name: _column(book, "Sources", name)[0] for name in table("Sources").column_names}
    digest = source.pop("Hash")
    assert isinstance(digest, str)
    assert len(digest) == 64
    assert source == {
        "Source": "S001", "File": "recon.csv", "Table": "Vendor Lines", "Format": "partner_center_nce",
        "Status": "Synced", "Invoice": "G0001", "Currency": "USD", "Period": "2026-10", "As Of": date(2026, 10, 3),
        "Rows": 2, "Net": Decimal("96.49"), "Tax": Decimal("20.16"), "Total": Decimal("116.65"),
        "Control Total": Decimal("116.65"), "Imported": datetime(2026, 11, 3, 8, 30, 15),
    }  # fmt: skip
    entry = result.files[0]
    assert (entry["status"], entry["rows_read"], entry["inserted"], entry["sources"]) == ("added", 2, 2, ["S001"])
    assert entry["invoices"] == [
        {
            "invoice": "G0001",
            "currency": "USD",
            "period": "2026-10",
            "rows": 2,
            "net": "96.49",
            "tax": "20.16",
            "total": "116.65",
        }
    ]


def test_written_values_are_native_and_in_contract_order(tmp_path: Path) -> None:
    """Amounts are Decimal, dates are dates, ids are text; values follow the edit's columns."""
    result, _ = _import(_workbook(), _csv(tmp_path, "recon.csv", [SEATS]))
    edit = result.changeset.changes[-1]
    assert isinstance(edit, EditRows)
    assert table("Vendor Lines").column_names == tuple(edit.columns)
    row = dict(zip(edit.columns, edit.append[0], strict=True))
    assert (Decimal("100.80"), date(2026, 10, 3), datetime(2026, 10, 3), "0001") == (
        row["Subtotal"],
        row["Charge Start Date"],
        row["Order Date"],
        row["Sku Id"],
    )


def test_one_file_with_two_invoices_and_currencies_has_a_source_each(tmp_path: Path) -> None:
    """Sums of different currencies are never added."""
    rows = [SEATS, {**SEATS, "Currency": "EUR"}, {**SEATS, "InvoiceNumber": "G0002", "ChargeStartDate": "9/30/2026"}]
    result, book = _import(_workbook(), _csv(tmp_path, "recon.csv", rows))
    assert list(zip(_column(book, "Sources", "Invoice"), _column(book, "Sources", "Currency"), strict=True)) == [
        ("G0001", "USD"),
        ("G0001", "EUR"),
        ("G0002", "USD"),
    ]
    assert _column(book, "Vendor Lines", "Source") == ["S001", "S002", "S003"]
    assert _column(book, "Vendor Lines", "Period") == ["2026-10", "2026-10", "2026-09"]
    assert result.files[0]["sources"] == ["S001", "S002", "S003"]


def test_the_same_file_again_changes_nothing_under_any_name(tmp_path: Path) -> None:
    """A file is known by its content."""
    path = _csv(tmp_path, "recon.csv", [SEATS])
    _, book = _import(_workbook(), path)
    copy = tmp_path / "recon (1).csv"
    copy.write_bytes(path.read_bytes())
    for again, options in ((path, {}), (copy, {})):
        result, _ = _import(book, again, **options)
        assert result.changeset.is_empty
        assert result.files[0]["status"] == "unchanged"
        assert [f"{again.name}: already imported as S001; nothing changed."] == result.messages
    for replacing in (False, True):
        both, once = _import(_workbook(), path, copy, replace=replacing)
        assert [entry["status"] for entry in both.files] == ["added", "unchanged"]
        assert len(once.tables["Vendor Lines"].rows) == 1


def test_a_file_whose_rows_were_deleted_can_be_loaded_again(tmp_path: Path) -> None:
    """The import says that rows are missing, and `--replace` brings them back."""
    path = _csv(tmp_path, "recon.csv", [SEATS, {**SEATS, "SubscriptionId": "sub-2"}])
    _, book = _import(_workbook(), path)
    lines = book.tables["Vendor Lines"]
    damaged = Snapshot(
        "b", {**book.tables, "Vendor Lines": RawTable(lines.name, lines.sheet, lines.columns, lines.rows[:1])}, ()
    )
    result, _ = _import(damaged, path)
    assert "1 of its 2 rows" in result.messages[-1]
    _, again = _import(damaged, path, replace=True)
    assert _column(again, "Vendor Lines", "Subscription Id") == ["sub-1", "sub-2"]


def test_a_second_part_of_an_invoice_is_added_beside_the_first(tmp_path: Path) -> None:
    """Large invoices come in parts; each part is a source of its own."""
    _, book = _import(_workbook(), _csv(tmp_path, "part1.csv", [SEATS]))
    second = _csv(tmp_path, "part2.csv", [{**SEATS, "SubscriptionId": "sub-2"}])
    result, book = _import(book, second)
    assert result.files[0]["status"] == "part"
    assert result.messages == [
        "part2.csv: invoice G0001 USD added as a part, source S002: Total 120.96 there, 120.96 in the file."
    ]
    assert _column(book, "Vendor Lines", "Line") == ["S001-2", "S002-2"]


def test_another_version_of_an_invoice_is_refused_and_then_replaced(tmp_path: Path) -> None:
    """Overlap is refused by name; `--replace` exchanges that invoice only and keeps the typed control total."""
    other = {**SEATS, "InvoiceNumber": "G0002"}
    _, book = _import(_workbook(), _csv(tmp_path, "recon.csv", [SEATS, other]), control_totals={"G0001": "120.96"})
    corrected = _csv(tmp_path, "recon2.csv", [SEATS, {**SEATS, "Subtotal": "50.40"}])
    with pytest.raises(ConflictError) as caught:
        _import(book, corrected)
    assert caught.value.found == (
        "rows that are in Vendor Lines already: 1 of 2 rows of invoice G0001 USD (row 2), "
        "1 with other amounts (row 3, such as sub-1 / new): Total 120.96 there, 241.92 in the file; "
        "there: recon.csv, source S001 with 1 row"
    )
    result, book = _import(book, corrected, replace=True)
    assert result.files[0]["status"] == "replaced"
    assert list(
        zip(_column(book, "Vendor Lines", "Invoice Number"), _column(book, "Vendor Lines", "Source"), strict=True)
    ) == [("G0002", "S002"), ("G0001", "S003"), ("G0001", "S003")]
    assert [("S003", Decimal("120.96")), ("S002", None)] == list(
        zip(_column(book, "Sources", "Source"), _column(book, "Sources", "Control Total"), strict=True)
    )


def test_two_files_of_one_call_see_each_other(tmp_path: Path) -> None:
    """Handing in both versions of an invoice at once is refused as well."""
    first = _csv(tmp_path, "a.csv", [SEATS])
    second = _csv(tmp_path, "b.csv", [SEATS, {**SEATS, "SubscriptionId": "sub-2"}])
    with pytest.raises(ConflictError):
        _import(_workbook(), first, second)
    _, book = _import(_workbook(), first, _csv(tmp_path, "c.csv", [{**SEATS, "SubscriptionId": "sub-3"}]))
    assert _column(book, "Vendor Lines", "Source") == ["S001", "S002"]


def test_both_halves_of_a_corrected_invoice_may_replace_it_at_once(tmp_path: Path) -> None:
    """The second half of a call does not throw out the first."""
    _, book = _import(_workbook(), _csv(tmp_path, "recon.csv", [SEATS]))
    halves = [_csv(tmp_path, f"half{name}.csv", [{**SEATS, "SubscriptionId": name, "Subtotal": "1"}]) for name in "ab"]
    result, book = _import(book, *halves, replace=True)
    assert [entry["status"] for entry in result.files] == ["replaced", "part"]
    assert _column(book, "Vendor Lines", "Subscription Id") == ["a", "b"]
    assert _column(book, "Sources", "File") == ["halfa.csv", "halfb.csv"]


def test_every_overlapping_invoice_is_listed_at_once(tmp_path: Path) -> None:
    """One message names all invoices that are there, and lines pasted by hand count as well."""
    rows = [{**SEATS, "InvoiceNumber": number} for number in ("G0001", "G0002", "G0003")]
    _, book = _import(_workbook(), _csv(tmp_path, "recon.csv", rows[:2]))
    lines = book.tables["Vendor Lines"]
    pasted = list(lines.rows[0][1])
    for column, value in {"Line": None, "Source": None, "Source Row": None, "Invoice Number": "G0003"}.items():
        pasted[lines.columns.index(column)] = value
    book = Snapshot("b", {**book.tables, lines.name: replace(lines, rows=(*lines.rows, (8, pasted)))}, ())
    with pytest.raises(ConflictError) as caught:
        _import(book, _csv(tmp_path, "again.csv", rows))
    assert [number in caught.value.found for number in ("G0001", "G0002", "G0003")] == [True] * 3
    with pytest.raises(ConflictError) as caught:
        _import(book, _csv(tmp_path, "again.csv", rows), replace=True)
    assert "G0003" in caught.value.found


def test_one_bad_file_keeps_all_others_out_and_all_refusals_are_listed(tmp_path: Path) -> None:
    """All files succeed, or nothing is written."""
    page = tmp_path / "login.csv"
    page.write_text("<html>Sign in</html>")
    empty = tmp_path / "empty.csv"
    empty.write_text("Customer,Product,Quantity\n")
    with pytest.raises(InputError) as caught:
        _import(_workbook(), _csv(tmp_path, "recon.csv", [SEATS]), page, empty)
    assert caught.value.where == "login.csv"
    assert "a web page" in caught.value.found
    assert "empty.csv: a header and no rows" in caught.value.found
    assert "Nothing was written." in caught.value.todo


def test_an_unreadable_cell_keeps_its_row_with_the_raw_text(tmp_path: Path) -> None:
    """Nothing is lost: the text stands in the cell, and the problem names file, row and column."""
    path = _csv(
        tmp_path, "recon.csv", [SEATS, {**SEATS, "Subtotal": "about 5", "BillableQuantity": "", "CustomerId": "#N/A"}]
    )
    result, book = _import(_workbook(), path)
    lines = book.tables["Vendor Lines"]
    assert lines.rows[1][1][lines.columns.index("Subtotal")] == "about 5"
    assert [(problem.where, problem.found) for problem in result.problems] == [
        ("recon.csv > row 3 > CustomerId", "the Excel error #N/A"),
        ("recon.csv > row 3 > Subtotal", "'about 5'"),
        ("recon.csv > row 3 > BillableQuantity", "blank"),
    ]
    assert len(typed_table(lines, table("Vendor Lines"), locale="en-US").problems) == 3
    again, _ = _import(book, _csv(tmp_path, "part2.csv", [{**SEATS, "SubscriptionId": "sub-2"}]))
    assert again.files[0]["status"] == "part"


def test_the_period_is_given_or_that_of_most_cycles(tmp_path: Path) -> None:
    """Another month than the workbook's is a warning, not an error, and says how to put it right."""
    starts = ["9/30/2026", "10/1/2026", "9/2/2026", "9/1/2026"]
    path = _csv(tmp_path, "recon.csv", [{**SEATS, "ChargeStartDate": start} for start in starts])
    book = _workbook(Settings=[["Period", "2026-10"]])
    result, wrong = _import(book, path)
    assert {"2026-09"} == set(_column(wrong, "Vendor Lines", "Period"))
    assert result.messages == [
        (
            "recon.csv: invoice G0001 USD belongs to 2026-09, the workbook's period is 2026-10; "
            "if it is of 2026-10, import it again with --period 2026-10 --replace."
        )
    ]
    result, found = _import(book, path, period="Oct 2026")
    assert ({"2026-10"}, []) == (set(_column(found, "Vendor Lines", "Period")), result.messages)
    result, found = _import(wrong, path, period="2026-10", replace=True)
    assert result.files[0]["status"] == "replaced"
    assert ["2026-10"] * 4 == _column(found, "Vendor Lines", "Period")
    assert ["2026-10"] == _column(found, "Sources", "Period")
    assert ["S001-2", "S001-3", "S001-4", "S001-5"] == _column(found, "Vendor Lines", "Line")


@pytest.mark.parametrize(("asked", "month"), [("2026-09", "2026-09"), ("2026-10", "2026-10"), ("2026-12", "2026-10")])
def test_of_equal_months_the_workbooks_wins_else_the_later(tmp_path: Path, asked: str, month: str) -> None:
    """Credits of earlier cycles do not vote."""
    credit = {**SEATS, "ChargeType": "customerCredit", "ChargeStartDate": "8/3/2026", "Subtotal": "-1"}
    rows = [{**SEATS, "ChargeStartDate": "9/30/2026"}, SEATS, credit, credit]
    _, book = _import(_workbook(Settings=[["Period", asked]]), _csv(tmp_path, "recon.csv", rows))
    assert [month] == _column(book, "Sources", "Period")
    _, book = _import(_workbook(), _csv(tmp_path, "credits.csv", [credit]))
    assert ["2026-08"] == _column(book, "Sources", "Period")


def test_a_wrong_locale_is_put_right_by_loading_the_file_again(tmp_path: Path) -> None:
    """`--replace` always loads a file of lines again, in the place of what it brought; a typed total stays."""
    whole = {**SEATS, "UnitPrice": "10", "EffectiveUnitPrice": "10", "TaxTotal": "0", "Total": "0",
             "OrderDate": "2026-10-03", "ChargeEndDate": "2026-11-02"}  # fmt: skip
    path = _csv(tmp_path, "recon.csv", [{**whole, "Subtotal": "1.234", "ChargeStartDate": "2026-10-03"}])
    other = _csv(tmp_path, "part2.csv", [{**SEATS, "SubscriptionId": "sub-2"}])
    _, book = _import(_workbook(), path, other, control_totals={"G0001": "7"})
    again, book = _import(book, path, locale="de-DE", replace=True)
    assert again.files[0]["status"] == "replaced"
    assert Decimal(1234) in _column(book, "Vendor Lines", "Subtotal")
    assert _column(book, "Vendor Lines", "Source") == ["S002", "S001"]
    assert _column(book, "Sources", "Source") == ["S001", "S002"]
    assert [Decimal(7), None] == _column(book, "Sources", "Control Total")


def test_a_restated_invoice_is_refused_with_both_totals(tmp_path: Path) -> None:
    """The same charges with other amounts are no further part, whatever the file is called."""
    lines = [SEATS, {**SEATS, "SubscriptionId": "sub-2"}]
    _, book = _import(_workbook(), _csv(tmp_path, "recon.csv", lines))
    _, book = _import(book, _csv(tmp_path, "part2.csv", [{**SEATS, "SubscriptionId": "sub-3"}]))
    path = _csv(tmp_path, "new.csv", [{**line, "Subtotal": "90", "Total": "110.16"} for line in lines])
    with pytest.raises(ConflictError) as caught:
        _import(book, path)
    assert "2 of 2 rows of invoice G0001 USD with other amounts (rows 2, 3" in caught.value.found
    assert "Total 362.88 there, 220.32 in the file; there: recon.csv, source S001 with 2 rows" in caught.value.found
    assert "--replace" in caught.value.todo
    _, book = _import(book, path, replace=True)
    assert _column(book, "Sources", "File") == ["new.csv", "part2.csv"]
    assert _column(book, "Vendor Lines", "Subscription Id") == ["sub-3", "sub-1", "sub-2"]


def test_a_sku_that_excel_has_shortened_gets_its_zeros_back(tmp_path: Path) -> None:
    """A number cell has lost `000`; other ids that are numbers are told."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    row = {**SEATS, "SkuId": 1, "OrderId": 42}
    sheet.append([*row])
    sheet.append([*row.values()])
    book.save(tmp_path / "recon.xlsx")
    result, after = _import(_workbook(), tmp_path / "recon.xlsx")
    assert _column(after, "Vendor Lines", "Sku Id") == ["0001"]
    assert any("SkuId 1 looks like 0001 damaged by Excel" in message for message in result.messages)
    assert any("1 ids in Order Id are numbers in Excel" in message for message in result.messages)
    assert not result.problems
    products = [{"Billing Product": "Seats", "Product Id": "P", "Sku Id": "1", "Quantity Source": "vendor",
                 "Price Basis": "list"}]  # fmt: skip
    _, after = _import(after, _csv(tmp_path, "products.csv", products))
    assert _column(after, "Products", "Sku Id") == ["0001"]


@pytest.mark.parametrize("options", [{"period": "10-26"}, {"locale": "en"}, {"as_table": "Exceptions"}])
def test_an_option_that_does_not_exist_is_refused(tmp_path: Path, options: dict[str, object]) -> None:
    """Before any file is read."""
    with pytest.raises(InputError):
        _import(_workbook(), _csv(tmp_path, "recon.csv", [SEATS]), **options)


def test_control_totals_must_name_an_invoice(tmp_path: Path) -> None:
    """A mistyped invoice number, a missing currency and a text that is no amount are refused."""
    path = _csv(tmp_path, "recon.csv", [SEATS, {**SEATS, "Currency": "EUR"}])
    for controls in ({"G9999": "1"}, {"G0001": "1"}, {"G0001 USD": "about 5"}):
        with pytest.raises(InputError):
            _import(_workbook(), path, control_totals=controls)
    _, book = _import(_workbook(), path, control_totals={"G0001 EUR": "1,120.96"})
    assert [None, Decimal("1120.96")] == _column(book, "Sources", "Control Total")
    _, book = _import(book, path, control_totals={"G0001 USD": "7"})
    assert [Decimal(7), Decimal("1120.96")] == _column(book, "Sources", "Control Total")


PSA: Row = {
    "Company": "Contoso",
    "Item": "Backup",
    "Qty": "2",
    "Rate": "1.234,50",
    "Billing Period": "10/2026",
    "Mood": "x",
}


def test_billed_lines_are_read_by_alias_in_the_declared_locale(tmp_path: Path) -> None:
    """Headers of a PSA are aliases; what is unknown is said, not imported."""
    result, book = _import(_workbook(), _csv(tmp_path, "psa.csv", [PSA, PSA]), locale="de-DE")
    assert [Decimal("1234.50")] * 2 == _column(book, "Billed Lines", "Unit Price")
    assert _column(book, "Billed Lines", "Billing Month") == ["2026-10"] * 2
    assert result.messages == ["psa.csv: columns not imported: Mood."]
    assert _column(book, "Sources", "Format") == ["Billed Lines"]


def test_billed_lines_keep_the_psas_own_ids_where_they_are_unique(tmp_path: Path) -> None:
    """An id that stands twice cannot name a line."""
    rows = [
        {**PSA, "Line Id": line, "Rate": "1", "Item": f"P{place}"} for place, line in enumerate(["7", "8", "8", ""])
    ]
    result, book = _import(_workbook(), _csv(tmp_path, "psa.csv", rows))
    assert _column(book, "Billed Lines", "Line") == ["7", "S001-3", "S001-4", "S001-5"]
    assert "Billed Lines: 2 line ids are not unique and got new ones." in result.messages


def test_equal_billed_lines_of_one_file_stay_but_not_from_two_files(tmp_path: Path) -> None:
    """A duplicate inside a file is for the duplicate rule; the same rows from another file are refused."""
    row = {**PSA, "Rate": "5"}
    _, book = _import(_workbook(), _csv(tmp_path, "psa.csv", [row, row]))
    assert len(book.tables["Billed Lines"].rows) == 2
    more = [row, {**row, "Item": "Mail"}]
    with pytest.raises(ConflictError) as caught:
        _import(book, _csv(tmp_path, "other.csv", more))
    assert caught.value.found == (
        "rows that are in Billed Lines already: 1 of 2 rows of the file (row 2); "
        "there: psa.csv, source S001 with 2 rows"
    )
    assert "--replace to replace that source" in caught.value.todo
    for name in ("other.csv", "psa.csv"):
        result, replaced = _import(book, _csv(tmp_path, name, more), replace=True)
        assert result.files[0]["status"] == "replaced"
        assert _column(replaced, "Billed Lines", "Product") == ["Backup", "Mail"]
    result, added = _import(book, _csv(tmp_path, "late.csv", [{**row, "Item": "Mail"}]))
    assert result.files[0]["status"] == "part"
    assert _column(added, "Billed Lines", "Source") == ["S001", "S001", "S002"]


def test_a_period_given_tells_equal_lines_of_two_months_apart(tmp_path: Path) -> None:
    """A PSA export without any month is billed for the month asked for."""
    row = {"Company": "Contoso", "Item": "Backup", "Qty": "2", "Rate": "5"}
    _, book = _import(_workbook(), _csv(tmp_path, "september.csv", [row]), period="2026-09")
    _, book = _import(book, _csv(tmp_path, "october.csv", [row, {**row, "Item": "Mail"}]), period="2026-10")
    assert _column(book, "Billed Lines", "Billing Month") == ["2026-09", "2026-10", "2026-10"]


def test_a_corrected_psa_export_under_a_new_name_never_doubles_the_bill(tmp_path: Path) -> None:
    """The same customer and product of a month from another file is refused, or replaces that source."""
    row = {**PSA, "Rate": "5"}
    _, book = _import(_workbook(), _csv(tmp_path, "psa.csv", [row, {**row, "Item": "Mail"}]))
    path = _csv(tmp_path, "psa_v2.csv", [{**row, "Company": "CONTOSO ", "Qty": "3"}, {**row, "Item": "Phone"}])
    with pytest.raises(ConflictError) as caught:
        _import(book, path)
    assert caught.value.found == (
        "rows that are in Billed Lines already: 1 of 2 rows of the file for the same customer, product and month "
        "(row 2, such as CONTOSO / Backup); there: psa.csv, source S001 with 2 rows"
    )
    result, after = _import(book, path, replace=True)
    assert result.messages[-1] == (
        "psa_v2.csv: the file replaces 2 rows (psa.csv, source S001 with 2 rows); others stay."
    )
    assert _column(after, "Billed Lines", "Product") == ["Backup", "Phone"]
    assert _column(after, "Sources", "File") == ["psa_v2.csv"]
    november = [{**row, "Billing Period": "11/2026"}]
    result, after = _import(book, _csv(tmp_path, "november.csv", november))
    assert result.files[0]["status"] == "part"
    with pytest.raises(ConflictError):
        _import(
            _workbook(), _csv(tmp_path, "a.csv", [row]), _csv(tmp_path, "b.csv", [{**row, "Qty": "9"}]), replace=True
        )


def test_billed_lines_pasted_by_hand_are_told_and_stay(tmp_path: Path) -> None:
    """They are the user's own: a warning, no refusal."""
    width = len(table("Billed Lines").columns)
    pasted: list[Cell] = [None] * width
    names = table("Billed Lines").column_names
    for name, value in {
        "Customer": "Contoso",
        "Product": "Backup",
        "Quantity": "1",
        "Billing Month": "2026-10",
    }.items():
        pasted[names.index(name)] = value
    book = _workbook(BilledLines=[pasted])
    result, after = _import(book, _csv(tmp_path, "psa.csv", [{**PSA, "Rate": "5"}]))
    assert any("1 rows pasted by hand into Billed Lines are for the same customer" in m for m in result.messages)
    assert len(after.tables["Billed Lines"].rows) == 2


def test_a_corrected_count_under_a_new_name_is_refused_then_replaced(tmp_path: Path) -> None:
    """Other devices of the same customer are a part; the same tool, date, customer and product is not."""
    row = {"Tool": "RMM", "Client": "Contoso", "Product": "Agent", "Count": "7", "As Of": "10/31/2026"}
    _, book = _import(_workbook(), _csv(tmp_path, "rmm.csv", [row]))
    path = _csv(tmp_path, "rmm2.csv", [{**row, "Count": "8"}])
    with pytest.raises(ConflictError):
        _import(book, path)
    _, after = _import(book, path, replace=True)
    assert [Decimal(8)] == _column(after, "Counts", "Count")
    first, second = ([{**row, "Count": "1", "Device": device}] for device in ("PC-1", "PC-2"))
    _, after = _import(_workbook(), _csv(tmp_path, "a.csv", first), _csv(tmp_path, "b.csv", second))
    assert _column(after, "Counts", "Dedupe Key") == ["PC-1", "PC-2"]


def test_sheets_of_one_workbook_may_bill_the_same_and_load_again(tmp_path: Path) -> None:
    """Licences and adjustments of one PSA export are not each other's correction."""
    book = Workbook()
    first = book.active
    assert first is not None
    for sheet, quantity in ((first, 2), (book.create_sheet("Adjustments"), -1)):
        sheet.append(["Client", "Item", "Qty", "Price", "Month"])
        sheet.append(["Contoso", "Backup", quantity, 5, "Oct-26"])
    book.save(tmp_path / "psa.xlsx")
    with pytest.raises(InputError) as asked:
        _import(_workbook(), tmp_path / "psa.xlsx")
    assert asked.value.found == "2 sheets that fit Billed Lines: Sheet, Adjustments"
    _, after = _import(_workbook(), tmp_path / "psa.xlsx", sheet="*")
    assert [Decimal(2), Decimal(-1)] == _column(after, "Billed Lines", "Quantity")
    _, again = _import(after, tmp_path / "psa.xlsx", replace=True, sheet="*")
    assert [Decimal(2), Decimal(-1)] == _column(again, "Billed Lines", "Quantity")
    assert _column(again, "Sources", "Source") == ["S001", "S002"]


def test_counts_and_daily_usage_are_sources_of_their_own(tmp_path: Path) -> None:
    """Counts stand at their latest date; daily usage sums the billing pre-tax total and has no invoice row."""
    counts = [
        {"Tool": "RMM", "Client": "Contoso", "Product": "Agent", "Count": "7", "As Of": f"10/{day}/2026"}
        for day in (30, 31)
    ]
    usage = {
        "CustomerId": "1f0e", "InvoiceNumber": "G0001", "SubscriptionId": "plan", "EntitlementId": "azure-1",
        "MeterId": "m", "UsageDate": "10/5/2026", "Quantity": "24", "BillingPreTaxTotal": "30.7197334080551",
        "BillingCurrency": "USD",
    }  # fmt: skip
    _, book = _import(_workbook(), _csv(tmp_path, "rmm.csv", counts), _csv(tmp_path, "daily.csv", [usage]))
    assert _column(book, "Sources", "Table") == ["Counts", "Daily Usage"]
    assert [date(2026, 10, 31), date(2026, 10, 5)] == _column(book, "Sources", "As Of")
    assert [None, Decimal("30.7197334080551")] == _column(book, "Sources", "Net")
    assert _column(book, "Sources", "Invoice") == [None, None]
    assert _column(book, "Daily Usage", "Period") == ["2026-10"]


def test_mapping_rows_are_added_filled_and_left_but_never_overwritten(tmp_path: Path) -> None:
    """New keys are added, blanks are filled, equal values are left, other values are refused and listed."""
    book = _workbook(Customers=[["Contoso", "C1", None, None, None, "UK"], ["Fabrikam", "F1"]])
    good = [
        {"Customer": "contoso ", "Code": "C1", "Currency": "GBP", "Tax Region": ""},
        {"Customer": "Litware", "Code": "L1", "Currency": "USD", "Tax Region": "US"},
        {"Customer": "Fabrikam", "Code": "", "Currency": "", "Tax Region": ""},
    ]
    result, after = _import(book, _csv(tmp_path, "customers.csv", good))
    entry = result.files[0]
    assert (entry["status"], entry["inserted"], entry["updated"], entry["unchanged"]) == ("updated", 1, 1, 1)
    assert _column(after, "Customers", "Customer") == ["Contoso", "Fabrikam", "Litware"]
    assert _column(after, "Customers", "Currency") == ["GBP", None, "USD"]
    assert _column(after, "Customers", "Tax Region") == ["UK", None, "US"]
    bad = [
        {"Customer": "Contoso", "Code": "C9", "Currency": "EUR"},
        {"Customer": "Fabrikam", "Code": "F9", "Currency": ""},
    ]
    path = _csv(tmp_path, "other.csv", bad)
    with pytest.raises(ConflictError) as caught:
        _import(after, path)
    assert "Contoso > Code: C1 -> C9; Contoso > Currency: GBP -> EUR; Fabrikam > Code: F1 -> F9" in caught.value.found
    _, replaced = _import(after, path, replace=True)
    assert _column(replaced, "Customers", "Code") == ["C9", "F9", "L1"]


def test_only_twenty_differences_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    """A message stays readable."""
    book = _workbook(Customers=[[f"Customer {number}", "old"] for number in range(25)])
    rows = [{"Customer": f"Customer {number}", "Code": "new"} for number in range(25)]
    with pytest.raises(ConflictError) as caught:
        _import(book, _csv(tmp_path, "customers.csv", rows))
    assert "Customer 19 > Code: old -> new; and 5 more" in caught.value.found


def test_two_rows_of_one_file_that_contradict_each_other_are_refused_even_when_replacing(tmp_path: Path) -> None:
    """Which of them is right would be a guess."""
    path = _csv(tmp_path, "customers.csv", [{"Customer": "Contoso", "Code": "A"}, {"Customer": "Contoso", "Code": "B"}])
    with pytest.raises(ConflictError) as caught:
        _import(_workbook(), path, replace=True)
    assert "Contoso > Code: A -> B (rows 2 and 3)" in caught.value.found


def test_users_own_columns_are_never_touched(tmp_path: Path) -> None:
    """An update names contract columns only, by sheet row."""
    raw = RawTable("Customers", "Customers", ("Notes", "Customer", "Code"), ((6, ["mine", "Contoso", None]),))
    book = Snapshot("b.xlsx", {**_workbook().tables, "Customers": raw}, ())
    path = _csv(tmp_path, "customers.csv", [{"Customer": "Contoso", "Code": "C1", "Currency": "GBP"}])
    result, after = _import(book, path)
    edit = result.changeset.changes[0]
    assert isinstance(edit, EditRows)
    assert edit.update == {6: {"Code": "C1"}}
    assert after.tables["Customers"].rows == ((6, ["mine", "Contoso", "C1"]),)
    assert result.messages == ["customers.csv: Customers has no column Currency; not imported."]


def test_a_bad_cell_refuses_its_mapping_row_only(tmp_path: Path) -> None:
    """A price that cannot be read is no price; the other rows go on."""
    rows = [
        {"Billing Product": name, "Currency": "USD", "Price": price}
        for name, price in (("A", "1.5"), ("B", "?"), ("C", ""))
    ]
    result, book = _import(_workbook(), _csv(tmp_path, "prices.csv", rows))
    assert _column(book, "Sell Prices", "Billing Product") == ["A"]
    assert [problem.where for problem in result.problems] == [
        "prices.csv > row 3 > Price",
        "prices.csv > row 4 > Price",
    ]
    assert result.messages == ["prices.csv: 2 rows with cells that cannot be read were not imported."]


def test_choices_and_flags_take_their_declared_spelling(tmp_path: Path) -> None:
    """Drop-down lists accept what an import wrote."""
    products = [{"Billing Product": "Backup", "Quantity Source": "COUNT", "Price Basis": "As Billed"}]
    customers = [{"Customer": "Contoso", "Exempt": "y"}]
    _, book = _import(_workbook(), _csv(tmp_path, "p.csv", products), _csv(tmp_path, "c.csv", customers))
    assert (
        _column(book, "Products", "Quantity Source"),
        _column(book, "Products", "Price Basis"),
    ) == (["count"], ["as billed"])
    assert book.tables["Customers"].rows[0][1][table("Customers").column_names.index("Exempt")] == "Yes"


def test_settings_take_known_names_and_usable_values_only(tmp_path: Path) -> None:
    """A mistyped setting is refused with the nearest name; a value that cannot be used is a problem."""
    book = _workbook(Settings=[["Period"], ["Margin Floor"], ["Base Currency", "USD"]])
    rows = [
        {"Setting": "period", "Value": "Oct 2026"},
        {"Setting": "Margin Floor", "Value": "9.5%"},
        {"Setting": "Draft Tabs", "Value": ""},
    ]
    _, after = _import(book, _csv(tmp_path, "settings.csv", rows))
    names, values = (_column(after, "Settings", name) for name in ("Setting", "Value"))
    read = Settings.from_values({str(name): str(value) for name, value in zip(names, values, strict=True) if value})
    assert ("2026-10", Decimal("9.5")) == (read.period, read.margin_floor)
    with pytest.raises(InputError) as caught:
        _import(book, _csv(tmp_path, "typo.csv", [{"Setting": "Base Curency", "Value": "EUR"}]))
    assert caught.value.todo == "Did you mean Base Currency?"
    result, after = _import(book, _csv(tmp_path, "bad.csv", [{"Setting": "Sell Rounding", "Value": "sometimes"}]))
    assert [problem.where for problem in result.problems] == ["bad.csv > row 2 > Value"]
    assert len(after.tables["Settings"].rows) == 3


def test_a_mapping_file_is_registered_and_known_again(tmp_path: Path) -> None:
    """Mapping tables carry no source id, but the file stands on Sources once."""
    path = _csv(tmp_path, "customers.csv", [{"Customer": "Contoso", "Code": "C1"}])
    _, book = _import(_workbook(), path)
    assert _column(book, "Sources", "File") == ["customers.csv"]
    again, _ = _import(book, path)
    assert again.changeset.is_empty
    _, book = _import(book, _csv(tmp_path, "customers.csv", [{"Customer": "Litware", "Code": "L1"}]))
    assert _column(book, "Sources", "Source") == ["S001"]


def test_a_workbook_with_a_sheet_a_table_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    """Each sheet goes where its headers say; one that fits nowhere is named; cells have A1 addresses."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Clients"
    for row in (
        ["Our customers"],
        ["Customer", "Certificate Expiry"],
        ["Contoso", datetime(2026, 12, 31)],
        ["Litware", "soon"],
    ):
        sheet.append(row)
    fees, counts = book.create_sheet("Fees"), book.create_sheet("RMM")
    fees.append(["Colour", "Size"])
    fees.append(["red", 5])
    counts.append(["Tool", "Client", "Product", "Seats", "As Of"])
    counts.append(["RMM", "Contoso", "Agent", 7, datetime(2026, 10, 31)])
    book.save(tmp_path / "book.xlsx")
    result, after = _import(_workbook(), tmp_path / "book.xlsx")
    assert [(entry["table"], entry["sheet"]) for entry in result.files] == [("Customers", "Clients"), ("Counts", "RMM")]
    assert [problem.where for problem in result.problems] == ["book.xlsx > Clients > B4"]
    assert [Decimal(7)] == _column(after, "Counts", "Count")
    assert any(message.startswith("book.xlsx > Fees: not imported") for message in result.messages)
    assert _column(after, "Sources", "File") == ["book.xlsx > Clients", "book.xlsx > RMM"]


def test_a_workbook_without_the_table_says_so(tmp_path: Path) -> None:
    """No table, no import: the message names the tab."""
    tables = {name: raw for name, raw in _workbook().tables.items() if name != "Vendor Lines"}
    with pytest.raises(ContractError) as caught:
        _import(Snapshot("mine.xlsx", tables, ()), _csv(tmp_path, "recon.csv", [SEATS]))
    assert (caught.value.where, caught.value.found) == ("mine.xlsx", "no table Vendor Lines")


def test_text_that_acts_stays_text(tmp_path: Path) -> None:
    """Names that look like formulas, errors or numbers are kept letter by letter."""
    names = ["=1+1", "@SUM(A1)", "TRUE", "null", "MAR1", "007", "<img onerror=x>", "\u202e gnp.exe"]
    rows = [{**SEATS, "CustomerName": name, "SubscriptionId": str(place)} for place, name in enumerate(names)]
    _, book = _import(_workbook(), _csv(tmp_path, "recon.csv", rows))
    assert names == _column(book, "Vendor Lines", "Customer Name")


_LINES = st.lists(
    st.fixed_dictionaries(
        {
            "InvoiceNumber": st.sampled_from(["G0001", "G0002"]),
            "Currency": st.sampled_from(["USD", "EUR"]),
            "Subtotal": st.decimals(-1000, 1000, places=2).map(str),
            "SubscriptionId": st.integers(0, 99).map(str),
            "CustomerName": st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
        }
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_LINES)
def test_no_line_is_lost_and_a_second_import_changes_nothing(tmp_path: Path, lines: list[dict[str, str]]) -> None:
    """Rows and sums of the file are the rows and sums of the workbook, per invoice and currency."""
    path = _csv(tmp_path, "recon.csv", [{**SEATS, **line} for line in lines])
    result, book = _import(_workbook(), path)
    assert len(lines) == len(book.tables["Vendor Lines"].rows)
    expected: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        key = (line["InvoiceNumber"], line["Currency"])
        expected[key] = expected.get(key, Decimal(0)) + Decimal(line["Subtotal"])
    columns = (_column(book, "Sources", name) for name in ("Invoice", "Currency", "Net"))
    assert expected == {(invoice, currency): net for invoice, currency, net in zip(*columns, strict=True)}
    again, _ = _import(book, path)
    assert again.changeset.is_empty
    path.write_bytes(path.read_bytes() + b"\r\n")
    with pytest.raises(ReconError):
        _import(book, path)
    _, replaced = _import(book, path, replace=True)
    assert sorted(map(str, _column(book, "Vendor Lines", "Subtotal"))) == sorted(
        map(str, _column(replaced, "Vendor Lines", "Subtotal"))
    )
    assert not result.problems
