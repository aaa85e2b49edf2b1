"""What a run reads from cells as users, Excel and other programs leave them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from workbook.books import at, edit_part, opened, records, sheet_parts, table_parts, type_cells
from workbook.calls import CLEAN, FINDINGS, call
from workbook.demo import Demo
from workbook.small import BILLED, PERIOD, VENDOR, small_book, write_csv, write_files

from recon_xl.commands.reading import read_inputs
from recon_xl.contract import EVERY_TABLE, table
from recon_xl.contract.layout import DRAFT
from recon_xl.core.cells import ErrorText, NumberText, PercentText
from recon_xl.core.errors import WorkbookError
from recon_xl.hosts.file import FileHost


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The small month: 120.00 expected, 96.00 billed."""
    return small_book(tmp_path)


def raw_cell(book: Path, tab: str, address: str, inner: str) -> None:
    """Put XML of our choosing into a cell, style kept."""

    def changed(text: str) -> str:
        return re.sub(
            rf'<c r="{address}"((?: s="[0-9]+")?)[^>]*?(?:/>|>.*?</c>)',
            rf'<c r="{address}"\1 {inner}</c>',
            text,
            count=1,
        )

    edit_part(book, sheet_parts(book)[tab], changed)


def run_json(book: Path) -> dict[str, Any]:
    return call("run", book, "--dry-run", "--json").json


def test_every_table_of_the_template_is_read() -> None:
    """Names, tabs and columns are the contract's, and nothing is in them but the settings."""
    snapshot = FileHost(Path(__file__).parents[2] / "workbook_templates" / "month_end.xlsx").read()
    assert [one.name for one in EVERY_TABLE] == list(snapshot.tables)
    for one in EVERY_TABLE:
        raw = snapshot.tables[one.name]
        assert (one.sheet, one.column_names) == (raw.sheet, raw.columns)
        assert ("Settings" == one.name) == bool(raw.rows)
    assert (False, "month_end.xlsx", 64) == (snapshot.date1904, snapshot.book, len(snapshot.digest))


def test_cells_keep_their_text_and_address(book: Path) -> None:
    """Numbers are exact text, percentages are marked, rows know their number."""
    snapshot = FileHost(book).read()
    raw = snapshot.tables["Billed Lines"]
    [(row, cells)] = raw.rows
    assert 6 == row
    amount = cells[raw.columns.index("Amount")]
    assert (NumberText, "96.00") == (type(amount), str(amount))
    assert "Billed Lines > row 6 > Amount" == raw.address(row, "Amount")
    rules = snapshot.tables["Price Rules"]
    markup = rules.rows[0][1][rules.columns.index("Markup")]
    assert (PercentText, "0.2") == (type(markup), str(markup))


def test_no_such_file(tmp_path: Path) -> None:
    """The host refuses at once."""
    with pytest.raises(WorkbookError, match="no such file"):
        FileHost(tmp_path / "nosuch.xlsx")


@pytest.mark.parametrize(
    ("value", "number_format"), [(0.025, "0.0%"), (0.025, "0.00 %"), (2.5, "General"), ("2.5", "@"), ("2.5 %", "@")]
)
def test_a_percentage_is_read_as_it_is_shown(book: Path, value: object, number_format: str) -> None:
    """0.025 in a percent cell, 2.5 in a plain one and the text 2.5 % are 2.5 per cent: 10.00 becomes 10.25."""
    workbook = load_workbook(book)
    cell = workbook["Price Rules"][at("Price Rules", "Markup")]
    cell.value, cell.number_format = value, number_format
    workbook.save(book)
    assert [Decimal("2.5")] == read_inputs(FileHost(book).read()).column("Price Rules", "Markup")
    [draft] = run_json(book)["drafts"]
    assert "102.50" == draft["net"]


def test_percentages_are_written_back_as_fractions(demo: Demo) -> None:
    """Import and run write 20 % as 0.2 into a percent cell: on mapping, result and draft tabs."""
    for name, column in (
        ("Price Rules", "Markup"),
        ("Tax", "Rate"),
        ("Margin", "Markup %"),
        ("Draft Lines", "Tax Rate"),
    ):
        sheet = demo.values[name]
        cells = [sheet[at(name, column, row)] for row in range(6, 6 + len(records(demo.values, name)))]
        assert {True} == {"%" in cell.number_format for cell in cells if cell.value is not None}
        assert all(abs(cell.value) < 5 for cell in cells if cell.value is not None), name
    typed = {row["Confidence"] for row in records(demo.values, "Exceptions")}
    assert typed <= {place / 100 for place in range(101)}


def test_a_1904_workbook(tmp_path: Path) -> None:
    """Dates go in and come out four years and a day apart from their numbers, and the month is the same month."""
    plain = small_book(tmp_path / "plain")
    book = tmp_path / "mac.xlsx"
    assert call("new", book, "--period", PERIOD).code == CLEAN
    edit_part(book, "xl/workbook.xml", lambda text: text.replace("<workbookPr", '<workbookPr date1904="1"', 1))
    assert call("import", book, *write_files(tmp_path / "files")).code == CLEAN
    expected, actual = call("run", plain, "--json").json, call("run", book, "--json").json
    for name in ("findings", "drafts", "tie_out", "totals", "coverage"):
        assert expected[name] == actual[name]
    assert FileHost(book).read().date1904
    dates = {}
    for path in (plain, book):
        [line] = records(path, "Vendor Lines")
        [draft] = records(path, "Drafts")
        tab = opened(path, values=True)["Draft Contoso"]
        dates[path] = [line["Charge Start Date"], draft["Date"], draft["Due"], tab[DRAFT.date].value]
    assert dates[plain] == dates[book]
    assert [datetime(2026, 10, 3)] == dates[book][:1]  # noqa: DTZ001 - a date of a cell


def test_numbers_stored_as_text(book: Path) -> None:
    """A green triangle in Excel changes no figure, whatever spaces and separators are in the text."""
    expected = run_json(book)
    cells = {"Quantity": " 8 ", "Unit Price": "12.00\u00a0", "Amount": "96.00"}
    type_cells(book, "Billed Lines", {at("Billed Lines", name): value for name, value in cells.items()})
    cells = {
        "Subtotal": "100.00",
        "Billable Quantity": "10",
        "Effective Unit Price": "10",
        "Charge Start Date": "2026-10-03",
    }
    type_cells(book, "Vendor Lines", {at("Vendor Lines", name): value for name, value in cells.items()})
    assert {str} == {type(records(book, "Billed Lines")[0][name]) for name in ("Quantity", "Unit Price", "Amount")}
    actual = run_json(book)
    for name in ("findings", "drafts", "totals"):
        assert expected[name] == actual[name]


@pytest.mark.parametrize("code", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?"])
def test_an_error_in_a_billed_amount_is_a_finding(book: Path, code: str) -> None:
    """It is never read as 0.00 or blank: the cell is named, its key is not compared, and the run is not clean."""
    raw_cell(book, "Billed Lines", at("Billed Lines", "Amount"), f't="e"><v>{code}</v>')
    raw = FileHost(book).read().tables["Billed Lines"]
    assert ErrorText is type(raw.rows[0][1][raw.columns.index("Amount")])
    answer = call("run", book, "--json")
    [finding] = answer.json["findings"]
    assert (FINDINGS, "unreadable-cell", "Contoso", "review") == (
        answer.code,
        finding["rule"],
        finding["customer"],
        finding["direction"],
    )
    assert finding["why"].startswith("Billed Lines > row 6 > Amount")
    assert f"found the Excel error {code}" in finding["why"]
    assert 0 == answer.json["coverage"]["checked_keys"]


@pytest.mark.parametrize(
    ("column", "inner", "found"),
    [
        ("Subtotal", 't="e"><v>#N/A</v>', "the Excel error #N/A"),
        ("Billable Quantity", 't="e"><f>1/0</f><v>#DIV/0!</v>', "the Excel error #DIV/0!"),
        ("Subtotal", "><f>SUM(A1:A2)</f>", "a formula that was never calculated"),
        ("Subtotal", 't="inlineStr"><is><t>n/a</t></is>', "'n/a'"),
        ("Effective Unit Price", 't="b"><v>1</v>', "TRUE"),
        ("Charge Start Date", 't="inlineStr"><is><t>soon</t></is>', "'soon'"),
    ],
)
def test_a_vendor_cell_that_cannot_be_read_is_a_finding(book: Path, column: str, inner: str, found: str) -> None:
    """The vendor's row is held, not drafted at nothing, and the invoice's control does not turn green."""
    raw_cell(book, "Vendor Lines", at("Vendor Lines", column), inner)
    answer = call("run", book, "--json")
    assert FINDINGS == answer.code
    reasons = [finding["why"] for finding in answer.json["findings"] if finding["rule"] == "unreadable-cell"]
    assert [True] == [reason.startswith(f"Vendor Lines > row 6 > {column}") for reason in reasons]
    assert [True] == [f"found {found}" in reason for reason in reasons]
    assert {"unreadable-cell"} == {finding["rule"] for finding in answer.json["findings"] if finding["primary"]}
    assert [] == [line for draft in answer.json["drafts"] for line in draft["lines"]]


def pasted(book: Path) -> None:
    """The vendor's line as if it had been pasted into the tab: what an import adds is blank."""
    blank = {at("Vendor Lines", name): None for name in ("Line", "Source", "Source Row", "Period")}
    type_cells(book, "Vendor Lines", blank)


def test_vendor_rows_pasted_by_hand(book: Path) -> None:
    """They count as this month's, and are named by their row."""
    expected = run_json(book)
    pasted(book)
    actual = run_json(book)
    assert expected["totals"] == actual["totals"] | {"controls": expected["totals"]["controls"]}
    [before], [after] = expected["findings"], actual["findings"]
    assert {**before, "source_rows": []} == {**after, "source_rows": []}
    assert "Vendor Lines row 6" in after["source_rows"]
    written = call("run", book, "--json").json
    assert FINDINGS == written["exit_code"]
    [line] = records(book, "Draft Lines")
    assert ("Vendor Lines row 6", "Vendor Lines row 6") == (line["Source Rows"], line["Link"])
    link = opened(book)["Draft Lines"][at("Draft Lines", "Link")].value
    assert '=HYPERLINK("#\'Vendor Lines\'!A6","Vendor Lines row 6")' == link


def test_billed_rows_pasted_by_hand(book: Path) -> None:
    """Likewise."""
    expected = run_json(book)
    type_cells(book, "Billed Lines", {at("Billed Lines", name): None for name in ("Line", "Source", "Source Row")})
    actual = run_json(book)
    assert expected["totals"] == actual["totals"]
    assert "Billed Lines row 6" in actual["findings"][0]["source_rows"]


def move_column(workbook_path: Path) -> None:
    """Exchange Quantity and Unit Price on Billed Lines, headers and all."""
    workbook = load_workbook(workbook_path)
    sheet = workbook["Billed Lines"]
    one, two = (table("Billed Lines").column_names.index(name) + 1 for name in ("Quantity", "Unit Price"))
    for row in (5, 6):
        left, right = sheet.cell(row, one), sheet.cell(row, two)
        left.value, right.value = right.value, left.value
    columns = sheet.tables["BilledLines"].tableColumns
    columns[one - 1].name, columns[two - 1].name = columns[two - 1].name, columns[one - 1].name
    workbook.save(workbook_path)


def rename_header(workbook_path: Path) -> None:
    """Call Quantity by one of its aliases."""
    workbook = load_workbook(workbook_path)
    sheet = workbook["Billed Lines"]
    sheet[at("Billed Lines", "Quantity", 5)] = "Qty"
    sheet.tables["BilledLines"].tableColumns[table("Billed Lines").column_names.index("Quantity")].name = "Qty"
    workbook.save(workbook_path)


def another_case(workbook_path: Path) -> None:
    """Call the table and a header by another letter case."""
    part = table_parts(workbook_path)["BilledLines"]
    edit_part(
        workbook_path, part, lambda text: text.replace('"BilledLines"', '"BILLEDLINES"').replace('"Amount"', '"AMOUNT"')
    )
    type_cells(workbook_path, "Billed Lines", {at("Billed Lines", "Amount", 5): "AMOUNT"})


@pytest.mark.parametrize("change", [move_column, rename_header, another_case], ids=lambda change: change.__name__)
def test_columns_are_found_by_name(book: Path, change: Callable[[Path], None]) -> None:
    """Order, alias and letter case of headers do not matter, for run and for import."""
    expected = run_json(book)
    change(book)
    actual = run_json(book)
    assert expected["findings"] == actual["findings"]
    more = write_csv(book.with_name("more.csv"), [{**BILLED, "Product": "Business Premium", "Quantity": "3"}])
    assert call("import", book, more).code == CLEAN
    assert [8, 3] == [row["Qty" if change is rename_header else "Quantity"] for row in records(book, "Billed Lines")]


def test_a_table_that_moved_down(book: Path) -> None:
    """The user wrote three lines above Vendor Lines: they stay, and links lead to the row where the line is now."""
    workbook = load_workbook(book)
    sheet = workbook["Vendor Lines"]
    sheet.move_range("A1:AY6", rows=3)
    for row in (1, 2, 3):
        sheet.cell(row, 2, f"my line {row}")
    excel = sheet.tables["VendorLines"]
    excel.ref = excel.autoFilter.ref = "A8:AY9"
    workbook.save(book)
    assert FINDINGS == call("run", book).code
    assert ["my line 1", "my line 2", "my line 3"] == [
        opened(book)["Vendor Lines"].cell(row, 2).value for row in (1, 2, 3)
    ]
    link = opened(book)["Draft Lines"][at("Draft Lines", "Link")].value
    assert "MATCH(" in link
    assert "+5," not in link


def test_lines_with_ids_of_the_psa_are_linked(tmp_path: Path) -> None:
    """An invoice line known by its own number is a link like any other."""
    stray = {**BILLED, "Product": "Fax", "Line": "INV-77"}
    book = small_book(tmp_path, billed=[{**BILLED, "Line": "INV-76"}, stray])
    assert FINDINGS == call("run", book).code
    row, [found] = next(
        (row, [record]) for row, record in enumerate(records(book, "Exceptions"), 6) if "INV-77" in str(record["Links"])
    )
    assert "INV-77" == found["Links"]
    link = opened(book)["Exceptions"][at("Exceptions", "Links", row)].value
    assert "HYPERLINK" in link
    assert "BilledLines[Line]" in link


def test_a_renamed_tab_goes_on_working(book: Path) -> None:
    """A result tab that the user renamed goes on working: tables are found by their own name."""
    edit_part(book, "xl/workbook.xml", lambda text: text.replace('name="Coverage"', 'name="My coverage"'))
    assert call("run", book).code in {CLEAN, FINDINGS}
    assert opened(book)["My coverage"].tables["Coverage"].ref != "A5:G7"


def test_ids_that_look_like_numbers_stay_text(tmp_path: Path) -> None:
    """A stored number 1 and the text 0001 are not the same SKU; a damaged id is a finding, not a guess."""
    book = small_book(tmp_path, recon=[{**VENDOR, "SubscriptionId": "000123"}])
    assert "000123" == records(book, "Vendor Lines")[0]["Subscription Id"]
    type_cells(book, "Vendor Lines", {at("Vendor Lines", "Subscription Id"): "1.23457E+17"})
    reasons = [finding["why"] for finding in run_json(book)["findings"] if finding["rule"] == "unreadable-cell"]
    assert [True] == ["Excel has shortened it" in reason for reason in reasons]


def test_dates_of_the_table_are_dates(book: Path) -> None:
    """A date cell, an ISO text and a date in the workbook's locale are one date."""
    for value in (date(2026, 10, 31), "2026-10-31", "10/31/2026"):
        type_cells(book, "Counts", {at("Counts", "As Of"): value})
        found = read_inputs(FileHost(book).read()).column("Counts", "As Of")
        assert [date(2026, 10, 31)] == found


def test_blank_rows_are_no_rows(tmp_path: Path) -> None:
    """A table that was emptied by hand has no rows, and its checks say so."""
    book = small_book(tmp_path)
    blank = {at("Billed Lines", name): None for name in table("Billed Lines").column_names}
    type_cells(book, "Billed Lines", blank)
    assert 0 == run_json(book)["totals"]["rows_read"]["Billed Lines"]
    assert "NOT RECONCILABLE" == run_json(book)["status"]
