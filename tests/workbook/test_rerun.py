"""A second run: nothing changes but the stamp, and nothing of the user's is lost."""

from __future__ import annotations

import shutil
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import TableColumn

from recon_xl.commands.model import Clock
from recon_xl.commands.reconcile import run
from recon_xl.contract import table
from recon_xl.contract.layout import DRAFT, START, letter_of
from recon_xl.core.cells import Formula, Value
from recon_xl.hosts.file import FileHost
from recon_xl.ooxml import WorkbookEditor, lint, save
from recon_xl.report.json_report import result_json
from workbook.books import (
    add_column,
    add_sheet,
    at,
    cell_xml,
    changed_parts,
    opened,
    parts,
    records,
    sheet_parts,
    table_parts,
    type_cells,
    type_setting,
)
from workbook.calls import CLEAN, FINDINGS, call
from workbook.small import BILLED, CUSTOMER, PERIOD, PRODUCT, VENDOR, small_book, write_csv

STAMP_CELLS = {START.run_id, START.run_time}


def reconciled(book: Path, minute: int = 0) -> dict[str, Any]:
    """Run at a time of our choosing, as the command does."""
    host = FileHost(book)
    snapshot = host.read()
    now = datetime(2026, 11, 3, 9, minute)  # noqa: DTZ001 - times of the product are UTC without a zone
    outcome = run(snapshot, Clock(now, "tester", lambda: 0.0))
    host.apply(outcome.changeset, snapshot)
    return result_json(outcome.result)


def two_clients(folder: Path) -> Path:
    """Contoso is 24.00 short, Fabrikam 48.00; neither is a tie, so that the order is known."""
    tenant = {"CustomerId": "2f0e", "CustomerName": "Fabrikam", "SubscriptionId": "sub-2"}
    return small_book(
        folder,
        customers=[CUSTOMER, {**CUSTOMER, "Customer": "Fabrikam", "Code": "FAB", "Vendor Customer Ids": "2f0e"}],
        recon=[VENDOR, {**VENDOR, **tenant}],
        billed=[BILLED, {**BILLED, "Customer": "Fabrikam", "Quantity": "6", "Amount": "72.00"}],
    )


def billed(book: Path, row: int, quantity: int) -> None:
    """Change what is billed, as the user types it."""
    cells = {at("Billed Lines", "Quantity", row): quantity, at("Billed Lines", "Amount", row): quantity * 12}
    type_cells(book, "Billed Lines", cells)


def test_a_second_run_changes_only_the_stamp(demo_copy: Path) -> None:
    """All other parts are the same bytes: sheets, tables, styles, names, draft tabs."""
    first = demo_copy.with_name("first.xlsx")
    reconciled(demo_copy, 1)
    shutil.copyfile(demo_copy, first)
    reconciled(demo_copy, 2)
    sheets = sheet_parts(demo_copy)
    logged = {sheets["Run Log"], table_parts(demo_copy)["RunLog"], sheets["Layout"]}
    assert logged | {sheets["Start"]} == changed_parts(first, demo_copy)
    assert STAMP_CELLS == differing(first, demo_copy, "Start")
    before, after = records(first, "Run Log"), records(demo_copy, "Run Log")
    assert before == after[1:]
    assert {"Run", "Started"} == {name for name, value in after[0].items() if value != before[0][name]}


def test_a_run_at_the_same_second_is_one_row(tmp_path: Path) -> None:
    """The log keeps one row a run."""
    book = small_book(tmp_path)
    reconciled(book, 1)
    reconciled(book, 1)
    reconciled(book, 2)
    assert ["R20261103-090200", "R20261103-090100"] == [row["Run"] for row in records(book, "Run Log")]


def add_user_columns(book: Path) -> None:
    """What a user adds to Exceptions: verdicts, a column of words, and a column with a formula."""
    customers = [row["Customer"] for row in records(book, "Exceptions")]
    stake = letter_of(table("Exceptions"), "At Stake")
    for row, customer in enumerate(customers, 6):
        typed = {at("Exceptions", name, row): value for name, value in verdicts(customer).items()}
        type_cells(book, "Exceptions", typed)
    add_column(book, "Exceptions", "My Words", [f"about {customer}" for customer in customers])
    add_column(book, "Exceptions", "Twice", [Formula(f"{stake}{row}*2", 1) for row in range(6, 6 + len(customers))])


def verdicts(customer: str) -> dict[str, Value]:
    """The user's words about a customer, different for each."""
    return {
        "Disposition": "Accepted" if customer == "Contoso" else "Billing issue",
        "Owner": f"Ada of {customer}",
        "Due": datetime(2026, 11, 15 if customer == "Contoso" else 16),  # noqa: DTZ001 - a date of a cell
        "Note": f"=asked {customer}" if customer == "Contoso" else f"asked {customer}",
    }


def users_words(row: dict[str, Any]) -> dict[str, object]:
    return {name: row[name] for name in ("Disposition", "Owner", "Due", "Note", "My Words")}


def expected_words(customer: str) -> dict[str, object]:
    return {**verdicts(customer), "My Words": f"about {customer}"}


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    """Two findings, Fabrikam's above Contoso's, each with the user's words."""
    book = two_clients(tmp_path)
    reconciled(book, 1)
    assert ["Fabrikam", "Contoso"] == [row["Customer"] for row in records(book, "Exceptions")]
    add_user_columns(book)
    return book


def test_the_users_words_survive_a_run(annotated: Path) -> None:
    """Verdict, owner, due date, note, an own column and an own formula stay with their finding."""
    reconciled(annotated, 2)
    rows = records(annotated, "Exceptions")
    assert [expected_words(name) for name in ("Fabrikam", "Contoso")] == [users_words(row) for row in rows]
    shown = opened(annotated)["Exceptions"]
    stake = letter_of(table("Exceptions"), "At Stake")
    assert [f"={stake}6*2", f"={stake}7*2"] == [shown["AD6"].value, shown["AD7"].value]
    assert [] == lint(annotated)


def test_the_users_words_follow_their_finding(annotated: Path) -> None:
    """When the order changes, words and formulas move with the key, each formula to its own row."""
    billed(annotated, 6, 2)
    reconciled(annotated, 2)
    rows = records(annotated, "Exceptions")
    assert ["Contoso", "Fabrikam"] == [row["Customer"] for row in rows]
    assert [expected_words(name) for name in ("Contoso", "Fabrikam")] == [users_words(row) for row in rows]
    shown = opened(annotated)["Exceptions"]
    stake = letter_of(table("Exceptions"), "At Stake")
    assert [f"={stake}6*2", f"={stake}7*2"] == [shown["AD6"].value, shown["AD7"].value]


def test_a_finding_that_is_gone_stays_for_its_notes(annotated: Path) -> None:
    """It is Resolved without money, and gets its severity back when the finding returns, with its words."""
    billed(annotated, 6, 10)
    data = reconciled(annotated, 2)
    assert ["Fabrikam"] == [finding["customer"] for finding in data["findings"]]
    rows = {row["Customer"]: row for row in records(annotated, "Exceptions")}
    assert ("Resolved", None, None) == tuple(rows["Contoso"][name] for name in ("Severity", "At Stake", "Variance"))
    assert expected_words("Contoso") == users_words(rows["Contoso"])
    shown = [opened(annotated, values=True)["Start"][START.at_stake.cell(0, place)].value for place in (2, 3)]
    assert [1, 48] == shown
    reconciled(annotated, 3)
    assert expected_words("Contoso") == users_words(
        {r["Customer"]: r for r in records(annotated, "Exceptions")}["Contoso"]
    )
    billed(annotated, 6, 8)
    reconciled(annotated, 4)
    rows = {row["Customer"]: row for row in records(annotated, "Exceptions")}
    assert ("High", 24, -24) == tuple(rows["Contoso"][name] for name in ("Severity", "At Stake", "Variance"))
    assert expected_words("Contoso") == users_words(rows["Contoso"])
    assert [] == lint(annotated)


def test_a_finding_without_words_just_goes(tmp_path: Path) -> None:
    """Nothing piles up that nobody wrote on."""
    book = two_clients(tmp_path)
    reconciled(book, 1)
    billed(book, 6, 10)
    reconciled(book, 2)
    assert ["Fabrikam"] == [row["Customer"] for row in records(book, "Exceptions")]


def test_a_formula_column_alone_keeps_no_finding(tmp_path: Path) -> None:
    """A column that Excel fills by itself is not the user's word about one finding."""
    book = two_clients(tmp_path)
    reconciled(book, 1)
    twice = "Exceptions[[#This Row],[At Stake]]*2"
    add_column(book, "Exceptions", "Twice", [Formula(twice, 96), Formula(twice, 48)], twice)
    billed_by_import(book)
    reconciled(book, 2)
    assert ["Fabrikam"] == [row["Customer"] for row in records(book, "Exceptions")]


def billed_by_import(book: Path) -> None:
    """Contoso's bill is corrected in the PSA, and imported anew."""
    rows = [
        {**BILLED, "Quantity": "10", "Amount": "120.00"},
        {**BILLED, "Customer": "Fabrikam", "Quantity": "6", "Amount": "72.00"},
    ]
    answer = call("import", book, write_csv(book.parent / "files" / "billed.csv", rows), "--replace")
    assert answer.code == CLEAN, answer


def test_first_seen_and_age_count_months(tmp_path: Path) -> None:
    """The same gap a month later keeps its key, its words and the month in which it was first seen."""
    book = small_book(tmp_path)
    reconciled(book, 1)
    type_cells(book, "Exceptions", {at("Exceptions", "Note"): "asked"})
    [before] = records(book, "Exceptions")
    vendor = {
        **VENDOR, "InvoiceNumber": "G0002", "OrderDate": "11/3/2026", "ChargeStartDate": "11/3/2026",
        "ChargeEndDate": "12/2/2026",
    }  # fmt: skip
    files = [
        write_csv(tmp_path / "november.csv", [vendor]),
        write_csv(tmp_path / "billed11.csv", [{**BILLED, "Billing Month": "2026-11"}]),
    ]
    type_setting(book, "Period", "2026-11")
    assert call("import", book, *files).code == CLEAN
    reconciled(book, 2)
    [after] = records(book, "Exceptions")
    assert before["Key"] == after["Key"]
    assert (PERIOD, "2026-11", PERIOD, 1, PERIOD, "asked") == (
        before["Period"],
        after["Period"],
        after["First Seen"],
        after["Age"],
        after["Carried From"],
        after["Note"],
    )


def add_users_things(book: Path) -> None:
    """A sheet with formulas and colours, a name, a comment on an input tab, a column on Customers, a print area."""
    workbook = load_workbook(book)
    mine = workbook.create_sheet("My sheet", 3)
    mine["A1"] = "mine"
    mine["B2"] = "=SUM(Exceptions[At Stake])"
    mine["B3"] = "='Billed Lines'!G6"
    mine["C3"].fill = copy(workbook["Start"]["A1"].fill)
    mine.print_area = "A1:C3"
    workbook.create_sheet("Draft notes")["A1"] = "my own notes, no draft"
    workbook.defined_names["MyRate"] = DefinedName("MyRate", attr_text="'My sheet'!$B$2")
    workbook["Customers"]["A6"].comment = Comment("Call them first", "Ada")
    workbook["Customers"].cell(5, 19, "Account Manager")
    workbook["Customers"].cell(6, 19, "Ada")
    workbook["Customers"]["U1"] = "beside the table"
    excel = workbook["Customers"].tables["Customers"]
    excel.tableColumns.append(TableColumn(id=90, name="Account Manager"))
    excel.ref = excel.autoFilter.ref = excel.ref.replace(":R", ":S")
    workbook.save(book)


def test_everything_of_the_users_survives_import_and_run(tmp_path: Path) -> None:
    """Only the parts of tables that were written differ; sheet, name, comment and all others are the same bytes."""
    book = small_book(tmp_path)
    add_users_things(book)
    before = Path(shutil.copyfile(book, tmp_path / "before.xlsx"))
    rows = [{**CUSTOMER, "Customer": "Fabrikam", "Code": "FAB", "Vendor Customer Ids": "2f0e"}]
    more = [write_csv(tmp_path / "more.csv", rows), write_csv(tmp_path / "b.csv", [{**BILLED, "Customer": "Fabrikam"}])]
    assert call("import", book, *more).code == CLEAN
    tables, sheets = table_parts(book), sheet_parts(book)
    written = {"Customers": "Customers", "Billed Lines": "BilledLines", "Sources": "Sources"}
    expected = {sheets[name] for name in written} | {tables[name] for name in written.values()} | {"xl/workbook.xml"}
    assert expected | {sheets["Layout"], sheets["Journal"], tables["Journal"]} >= changed_parts(before, book)
    between = Path(shutil.copyfile(book, tmp_path / "between.xlsx"))
    reconciled(book, 1)
    run_owned = {one.sheet for one in map(table, WRITTEN)} | {"Start"}
    masters = {name for name in sheets if name not in {"My sheet", "Draft notes"}}
    may_change = {sheets[name] for name in masters} | {tables[table(name).excel_name] for name in WRITTEN}
    may_change |= {
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "docProps/app.xml",
        "xl/styles.xml",
    }
    new = {part for part in parts(book) if part not in parts(between)}
    assert set() == changed_parts(between, book) - may_change - new
    assert run_owned <= masters
    for sheet in ("My sheet", "Draft notes"):
        assert parts(before)[sheets[sheet]] == parts(book)[sheets[sheet]]
    shown = opened(book)
    assert "'My sheet'!$B$2" == shown.defined_names["MyRate"].attr_text
    assert ("Call them first", "Ada") == (shown["Customers"]["A6"].comment.text, shown["Customers"]["S6"].value)
    assert "beside the table" == shown["Customers"]["U1"].value
    assert "'My sheet'!$A$1:$C$3" == shown["My sheet"].print_area
    assert [] == lint(book)


WRITTEN = (
    "Exceptions", "Tie-out", "Coverage", "Mapping Gaps", "Client Summary", "Margin", "Run Log", "Drafts", "Draft Lines",
)  # fmt: skip


def test_input_tabs_change_in_the_check_alone(demo_copy: Path) -> None:
    """A run after an import touches an input tab in one cell: the cached value of the master check."""
    type_setting(demo_copy, "Draft Tabs", "all")
    before = Path(shutil.copyfile(demo_copy, demo_copy.with_name("before.xlsx")))
    reconciled(demo_copy, 1)
    for name in ("Customers", "Products", "Vendor Lines", "Billed Lines", "Counts", "Sources"):
        assert {"B3"} >= differing(before, demo_copy, name)


def differing(before: Path, after: Path, tab: str) -> set[str]:
    """The addresses of the cells of a tab that differ in anything."""
    one, two = cell_xml(before, tab), cell_xml(after, tab)
    return {address for address in one.keys() | two.keys() if one.get(address) != two.get(address)}


def test_a_draft_that_disappears_takes_its_tab_along(tmp_path: Path) -> None:
    """And its print names; the others stay, and the draft comes back under the same name."""
    book = two_clients(tmp_path)
    reconciled(book, 1)
    type_setting(book, "Draft Tabs", "selected")
    type_cells(book, "Customers", {at("Customers", "Draft Tab", 7): "Yes"})
    reconciled(book, 2)
    assert ["Draft Fabrikam"] == [
        name for name in opened(book).sheetnames if name in ("Draft Contoso", "Draft Fabrikam")
    ]
    assert [None, "Draft Fabrikam"] == [row["Tab"] for row in records(book, "Drafts")]
    assert [] == lint(book)
    type_setting(book, "Draft Tabs", "all")
    reconciled(book, 3)
    assert ["Draft Contoso", "Draft Fabrikam"] == [row["Tab"] for row in records(book, "Drafts")]
    assert [] == lint(book)


def test_a_draft_tab_that_the_user_points_at_is_not_removed(tmp_path: Path) -> None:
    """Their formula goes on working: the tab is marked void, stays void, and is the draft's again when it returns."""
    book = two_clients(tmp_path)
    reconciled(book, 1)
    add_sheet(book, "My sheet", "<c r=\"A1\"><f>'Draft Contoso'!E16</f><v>120</v></c>")
    type_setting(book, "Draft Tabs", "none")
    reconciled(book, 2)
    reconciled(book, 3)
    shown = opened(book)
    assert ["Draft Contoso"] == [name for name in shown.sheetnames if name in ("Draft Contoso", "Draft Fabrikam")]
    assert ("VOID", "Void") == (shown["Draft Contoso"][DRAFT.heading].value, shown["Draft Contoso"][DRAFT.status].value)
    assert "='Draft Contoso'!E16" == shown["My sheet"]["A1"].value
    type_setting(book, "Draft Tabs", "all")
    reconciled(book, 4)
    assert ["Draft Contoso", "Draft Fabrikam"] == [row["Tab"] for row in records(book, "Drafts")]
    assert "DRAFT INVOICE" == opened(book)["Draft Contoso"][DRAFT.heading].value


def test_a_users_sheet_named_like_a_draft_is_never_touched(tmp_path: Path) -> None:
    """The draft gets another name; the sheet is the same bytes after several runs, and when drafts go."""
    book = small_book(tmp_path)
    for name in ("draft CONTOSO", "Draft Fabrikam"):
        add_sheet(book, name, '<c r="A1" t="inlineStr"><is><t>mine</t></is></c>')
    mine = {name: parts(book)[sheet_parts(book)[name]] for name in ("draft CONTOSO", "Draft Fabrikam")}
    for minute, tabs in enumerate(("all", "all", "none", "all")):
        set_setting_by_import(book, tabs)
        reconciled(book, minute)
        assert mine == {name: parts(book)[sheet_parts(book)[name]] for name in mine}
        assert ["Draft Contoso (2)" if tabs == "all" else None] == [row["Tab"] for row in records(book, "Drafts")]


def set_setting_by_import(book: Path, tabs: str) -> None:
    """Through the product, so that the user's sheets stay the bytes they are."""
    file = write_csv(book.parent / "settings.csv", [{"Setting": "Draft Tabs", "Value": tabs}])
    assert call("import", book, file, "--replace").code == CLEAN


def test_a_draft_tab_that_the_user_replaced_is_theirs(tmp_path: Path) -> None:
    """They deleted our tab and made a sheet of that name: it is not overwritten."""
    book = small_book(tmp_path)
    reconciled(book, 1)
    editor = WorkbookEditor(book)
    editor.remove_sheet("Draft Contoso", ignore=[sheet.name for sheet in editor.sheets])
    save(editor, book, expected_hash=editor.source_hash, source=book)
    add_sheet(book, "Draft Contoso", '<c r="A1" t="inlineStr"><is><t>my own calculation</t></is></c>')
    reconciled(book, 2)
    assert "my own calculation" == opened(book)["Draft Contoso"]["A1"].value


def test_input_total_is_what_the_run_found(tmp_path: Path) -> None:
    """After a run both figures on Start agree, and the banner is blank."""
    book = small_book(tmp_path)
    assert FINDINGS == call("run", book).code
    start = opened(book, values=True)["Start"]
    assert start[START.input_total].value == start[START.input_total_now].value
    assert start[START.banner].value in {None, ""}


def test_a_row_inserted_or_sorted_by_the_user_is_read(tmp_path: Path) -> None:
    """Blank rows inside a table and another order of rows change no figure."""
    book = two_clients(tmp_path)
    expected = reconciled(book, 1)
    workbook = load_workbook(book)
    sheet = workbook["Billed Lines"]
    first, second = ([cell.value for cell in sheet[row]] for row in (6, 7))
    for values, row in ((second, 6), ([None] * len(first), 7), (first, 8)):
        for place, value in enumerate(values, 1):
            sheet.cell(row, place).value = value
    excel = sheet.tables["BilledLines"]
    excel.ref = excel.autoFilter.ref = excel.ref.replace("7", "8")
    workbook.save(book)
    actual = reconciled(book, 2)
    assert [f["key"] for f in expected["findings"]] == [f["key"] for f in actual["findings"]]
    assert expected["totals"] == actual["totals"]


def test_a_customer_renamed_keeps_no_stale_tab(tmp_path: Path) -> None:
    """The tab of the old name goes, the new one comes."""
    book = small_book(tmp_path)
    reconciled(book, 1)
    type_cells(
        book, "Customers", {at("Customers", "Customer"): "Contoso Europe", at("Customers", "Aliases"): "Contoso"}
    )
    reconciled(book, 2)
    assert ["Draft Contoso Europe"] == [row["Tab"] for row in records(book, "Drafts")]
    assert "Draft Contoso" not in opened(book).sheetnames
    assert PRODUCT["Billing Product"] == records(book, "Draft Lines")[0]["Product"]


def test_a_book_without_cached_values_keeps_its_draft_tabs(tmp_path: Path) -> None:
    """A script saved the book and dropped what its formulas showed: no second set of tabs appears, none is stuck."""
    book = two_clients(tmp_path)
    reconciled(book, 1)
    load_workbook(book).save(book)
    reconciled(book, 2)
    assert ["Draft Contoso", "Draft Fabrikam"] == [row["Tab"] for row in records(book, "Drafts")]
    assert [] == [name for name in opened(book).sheetnames if name.endswith("(2)")]
