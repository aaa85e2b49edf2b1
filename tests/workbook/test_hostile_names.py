"""Names that try to act stay names: as text, whole, on tabs that Excel accepts, and counted right by every formula."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from recon_xl.contract import EVERY_TABLE
from recon_xl.contract.layout import DRAFT, START
from recon_xl.hosts.file import FileHost
from recon_xl.ooxml import lint
from workbook.calls import call
from workbook.hostile import COMPANY, NAMES, TAX_CODES, hostile_book
from workbook.office import sdk_errors
from workbook.small import CUSTOMER, small_book, write_csv
from workbook.test_office import differences

ACTING = re.compile(r"[=+\-@]")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile month, imported and run."""
    return hostile_book(tmp_path_factory.mktemp("hostile"))


def column(book: Path, table: str, name: str) -> list[str]:
    """A column of a table as the product reads it."""
    raw = FileHost(book).read().tables[table]
    place = raw.columns.index(name)
    return [str(cells[place]) for _, cells in raw.rows if cells[place] is not None]


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("Customers", "Customer"), ("Products", "Billing Product"), ("Vendor Lines", "Customer Name"),
        ("Vendor Lines", "Price Adjustment Description"), ("Billed Lines", "Customer"), ("Billed Lines", "Description"),
        ("Client Summary", "Customer"), ("Margin", "Product"), ("Drafts", "Customer"), ("Draft Lines", "Customer"),
        ("Draft Lines", "Product"),
    ],
)  # fmt: skip
def test_names_come_out_whole(book: Path, table: str, name: str) -> None:
    """Each name stands there as it was handed in."""
    assert sorted(NAMES) == sorted(set(column(book, table, name)))


def test_every_exact_name_is_matched(book: Path) -> None:
    """A billed customer whose name is that of Customers, letter by letter, is that customer: each is 24.00 short."""
    findings = call("run", book, "--dry-run", "--json").json["findings"]
    assert sorted(("underbilled", name, name, "24.00") for name in NAMES) == sorted(
        (finding["rule"], finding["customer"], finding["product"], finding["at_stake"]) for finding in findings
    )


def test_names_are_text_cells(book: Path) -> None:
    """No formula, error, number, date or hyperlink was made from a name, and what could act is marked as text."""
    opened = load_workbook(book)
    seen = 0
    for sheet in opened:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.replace("_x005F_", "_") in NAMES:
                    seen += 1
                    where = (sheet.title, cell.coordinate)
                    assert ("s", None) == (cell.data_type, cell.hyperlink), where
                    assert not ACTING.match(cell.value) or cell.quotePrefix, where
                assert cell.data_type != "e", (sheet.title, cell.coordinate)
    assert seen > 10 * len(NAMES)


def test_formulas_hold_no_names_but_in_quotes(book: Path) -> None:
    """Outside its string literals, each formula is made of our own words only."""
    tables = {table.excel_name for table in EVERY_TABLE}
    words = (
        tables
        | {"MasterCheck", "Period", "Row", "This", "Headers", "All", "TRUE", "_xlfn"}
        | {word for table in EVERY_TABLE for word in re.findall(r"\w+", table.sheet)}
        | {word for table in EVERY_TABLE for name in table.column_names for word in re.findall(r"\w+", name)}
    )
    for sheet in load_workbook(book):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    bare = re.sub(r'"(?:[^"]|"")*"', "", cell.value)
                    found = set(re.findall(r"(?<![\w$])[A-Za-z_]\w*(?!\w|\()", bare))
                    unknown = {word for word in found - words if not re.fullmatch(r"\$?[A-Z]{1,2}\$?\d+", word)}
                    assert set() == unknown, (sheet.title, cell.coordinate, cell.value)


def test_tab_names_are_legal_and_unique(book: Path) -> None:
    """31 characters, none that Excel forbids, different in more than case, and listed on Drafts."""
    names = FileHost(book).read().sheets
    assert len(names) == len({name.casefold() for name in names})
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31, name
        assert not re.search(r"[\[\]:*?/\\]", name), name
        assert not name.startswith("'"), name
        assert not name.endswith("'"), name
        assert name.strip() == name
        assert name.casefold() != "history"
    assert set(column(book, "Drafts", "Tab")) < set(names)
    assert len(NAMES) == len(column(book, "Drafts", "Tab"))


def test_draft_tabs_bear_the_customer(book: Path) -> None:
    """Customer and company stand on each tab as text."""
    opened = load_workbook(book)
    customers = column(book, "Drafts", "Customer")
    for customer, tab in zip(customers, column(book, "Drafts", "Tab"), strict=True):
        sheet = opened[tab.replace("_x0041_", "_x005F_x0041_")] if tab not in opened.sheetnames else opened[tab]
        shown = sheet[DRAFT.customer].value.replace("_x005F_", "_")
        assert (customer, COMPANY) == (shown, sheet[DRAFT.company].value)
        assert ("s", "s") == (sheet[DRAFT.customer].data_type, sheet[DRAFT.company].data_type)
    assert (COMPANY, "s") == (opened["Start"][START.company].value, opened["Start"][START.company].data_type)


def test_tax_codes_are_text_too(book: Path) -> None:
    """10 % of 120.00 is 12.00 on every tab, whatever the code; no code ends the string that it stands in."""
    assert sorted(TAX_CODES) == sorted(set(column(book, "Draft Lines", "Tax Code")))
    opened, values = load_workbook(book), load_workbook(book, data_only=True)
    for sheet in opened:
        if sheet.title.startswith("Draft ") and sheet.sheet_state == "visible" and sheet.title != "Draft Lines":
            total, formula = values[sheet.title]["E17"].value, sheet["E17"].value
            assert Decimal(12) == Decimal(str(total))
            assert 0 == formula.count('"') % 2, formula
            assert "+1+" not in re.sub(r'"(?:[^"]|"")*"', "", formula), formula


@pytest.mark.office
def test_every_formula_counts_right(book: Path, tmp_path: Path) -> None:
    """LibreOffice's figures are ours: no name is taken for a wildcard, an operator or a number."""
    assert [] == differences(book, tmp_path)


@pytest.mark.node
def test_the_book_is_valid(book: Path) -> None:
    """For Microsoft's validator and our linter."""
    assert ([], []) == (lint(book), sdk_errors(book))


def test_customers_that_differ_in_case_only(tmp_path: Path) -> None:
    """One of them is refused at import, by name: which is meant would be a guess."""
    book = small_book(tmp_path)
    rows = [{**CUSTOMER, "Customer": "CONTOSO", "Code": "CO2", "Vendor Customer Ids": "other"}]
    answer = call("import", book, write_csv(tmp_path / "customers2.csv", rows), "--json")
    assert "CONTOSO > Code: CON -> CO2" in answer.error["found"]
