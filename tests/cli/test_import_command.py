"""`import` on a workbook on disk: what is added, refused, replaced, and when not a byte changes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from workbook.books import records
from workbook.calls import CLEAN, call, refused
from workbook.small import BILLED, CUSTOMER, PERIOD, PRODUCT, VENDOR, small_book, write_csv


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The small month."""
    return small_book(tmp_path)


def test_the_same_files_again_change_nothing(book: Path) -> None:
    """They are known by their content: no byte changes, and it says so for each file."""
    files = sorted((book.parent / "files").iterdir())
    before = book.read_bytes()
    answer = call("import", book, *files, "--json")
    assert (CLEAN, before) == (answer.code, book.read_bytes())
    assert ["unchanged"] * len(files) == [file["status"] for file in answer.json["files"]]
    for file in files:
        assert any(file.name in message and "nothing changed" in message for message in answer.json["messages"])
        assert f"{file.name}: already imported" in call("import", book, file).out
    assert before == book.read_bytes()


def test_the_same_content_under_another_name_changes_nothing(book: Path) -> None:
    """A copy is the same file."""
    before = book.read_bytes()
    copy = book.parent / "recon (1).csv"
    copy.write_bytes((book.parent / "files" / "recon.csv").read_bytes())
    assert CLEAN == call("import", book, copy).code
    assert before == book.read_bytes()


def test_the_same_import_into_two_books_is_the_same_book(tmp_path: Path) -> None:
    """But for the time of the import on Sources."""
    one, two = small_book(tmp_path / "1"), small_book(tmp_path / "2")
    for name in ("Customers", "Products", "Vendor Lines", "Billed Lines"):
        assert records(one, name) == records(two, name)


def test_other_content_of_an_invoice_is_refused_then_replaced(book: Path) -> None:
    """Overlap is refused by invoice and row; --replace exchanges that source only, control total kept."""
    control = call("import", book, book.parent / "files" / "recon.csv", "--control", "G0001=100.00")
    assert CLEAN == control.code
    changed = write_csv(book.parent / "corrected.csv", [VENDOR, {**VENDOR, "SubscriptionId": "sub-2"}])
    error = refused(book, "import", book, changed).error
    assert "corrected.csv" == error["where"]
    assert "invoice G0001 USD (row 2)" in error["found"]
    assert "--replace" in error["todo"]
    answer = call("import", book, changed, "--replace", "--json")
    assert (CLEAN, ["replaced"]) == (answer.code, [file["status"] for file in answer.json["files"]])
    assert ["sub-1", "sub-2"] == [row["Subscription Id"] for row in records(book, "Vendor Lines")]
    [source] = [row for row in records(book, "Sources") if row["Invoice"]]
    assert ("corrected.csv", 2, 200, 100) == tuple(source[name] for name in ("File", "Rows", "Net", "Control Total"))


def test_a_second_part_of_an_invoice_is_added(book: Path) -> None:
    """Rows that are new stand beside the first part as a source of their own."""
    part = write_csv(book.parent / "part2.csv", [{**VENDOR, "SubscriptionId": "sub-2"}])
    answer = call("import", book, part, "--json")
    assert (CLEAN, "part") == (answer.code, answer.json["files"][0]["status"])
    sources = [row["Source"] for row in records(book, "Sources") if row["Invoice"] == "G0001"]
    assert sources == [row["Source"] for row in records(book, "Vendor Lines")]
    assert 2 == len(set(sources))


def test_mapping_conflicts_are_listed_and_nothing_is_written(book: Path) -> None:
    """New keys go in, equal ones are a no-op, other values are refused by key and column with old and new."""
    rows = [{**CUSTOMER, "Code": "CTS", "Tax Region": "EU"}, {**CUSTOMER, "Customer": "Fabrikam", "Code": "FAB"}]
    changed = write_csv(book.parent / "customers2.csv", rows)
    error = refused(book, "import", book, changed).error
    assert "Contoso > Code: CON -> CTS" in error["found"]
    assert "Contoso > Tax Region: US -> EU" in error["found"]
    assert "--replace" in error["todo"]
    answer = call("import", book, changed, "--replace", "--json")
    assert (CLEAN, 1, 1) == (answer.code, answer.json["files"][0]["inserted"], answer.json["files"][0]["updated"])
    assert [("Contoso", "CTS"), ("Fabrikam", "FAB")] == [
        (row["Customer"], row["Code"]) for row in records(book, "Customers")
    ]


def test_conflicts_of_several_files_are_one_message(book: Path) -> None:
    """All files succeed, or nothing is written and every refusal is listed."""
    customers = write_csv(book.parent / "c.csv", [{**CUSTOMER, "Code": "CTS"}])
    products = write_csv(book.parent / "p.csv", [{**PRODUCT, "Price Basis": "list"}])
    fine = write_csv(book.parent / "fine.csv", [{**BILLED, "Customer": "Fabrikam"}])
    error = refused(book, "import", book, fine, customers, products).error
    assert "c.csv" == error["where"]
    assert "p.csv" in error["found"]


def test_a_dry_import_changes_nothing(book: Path) -> None:
    """It says what would come in."""
    before = book.read_bytes()
    more = write_csv(book.parent / "more.csv", [{**BILLED, "Customer": "Fabrikam"}])
    answer = call("import", book, more, "--dry-run", "--json")
    assert (CLEAN, 1, before) == (answer.code, answer.json["files"][0]["inserted"], book.read_bytes())


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("picture.csv", b"\x89PNG\r\n\x1a\n", "picture"),
        ("page.csv", b"<!DOCTYPE html><html></html>", "web page"),
        ("old.xls.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old .xls"),
        ("empty.csv", b"", "empty"),
        ("header.csv", b"Customer,Product,Quantity\r\n", "no rows"),
        ("strange.csv", b"Alpha,Beta\r\n1,2\r\n", ""),
        ("broken.xlsx", b"PK\x03\x04broken", "damaged"),
    ],
)
def test_files_that_are_nothing_we_know(book: Path, name: str, content: bytes, word: str) -> None:
    """Each is named for what it is; the workbook stays."""
    file = book.parent / name
    file.write_bytes(content)
    error = refused(book, "import", book, file).error
    assert name in error["where"]
    assert word in error["found"]


def test_a_file_that_is_not_there(book: Path) -> None:
    """A mistyped name is refused before anything is written."""
    assert "nosuch.csv" == refused(book, "import", book, book.parent / "nosuch.csv").error["where"]


@pytest.mark.parametrize(
    ("options", "where"),
    [
        (("--as", "Nonsense"), "--as"),
        (("--period", "2026-13"), "--period"),
        (("--locale", "xx"), "--locale"),
        (("--control", "G0001"), "--control"),
        (("--control", "G9999=1.00"), "--control"),
        (("--control", "G0001=many"), "--control"),
    ],
)
def test_options_that_cannot_be_used(book: Path, options: tuple[str, str], where: str) -> None:
    """Each is refused under the name that the user typed."""
    more = write_csv(book.parent / "more.csv", [{**BILLED, "Customer": "Fabrikam"}])
    assert where == refused(book, "import", book, more, *options).error["where"].split()[0]


def test_a_forced_table(book: Path) -> None:
    """`--as` decides where headers would fit several tables."""
    rows = [{"Customer": "Fabrikam", "Product": "Business Basic", "Qty": "1", "Price": "12.00"}]
    file = write_csv(book.parent / "any.csv", rows)
    answer = call("import", book, file, "--as", "Billed Lines", "--json")
    assert (CLEAN, "Billed Lines") == (answer.code, answer.json["files"][0]["table"])
    assert [PERIOD, None] == [row["Billing Month"] for row in records(book, "Billed Lines")]


def test_sources_registers_each_file(book: Path) -> None:
    """Name, kind, hash, rows, totals, as-of and period of each file; lines carry its id."""
    by_file = {row["File"]: row for row in records(book, "Sources")}
    assert {"customers.csv", "products.csv", "price_rules.csv", "tax.csv", "recon.csv", "billed.csv"} == set(by_file)
    recon = by_file["recon.csv"]
    assert ("Vendor Lines", "partner_center_nce", "Synced", "G0001", "USD", PERIOD, 1, 100, 0, 100) == tuple(
        recon[name]
        for name in ("Table", "Format", "Status", "Invoice", "Currency", "Period", "Rows", "Net", "Tax", "Total")
    )
    assert 64 == len(recon["Hash"])
    assert [recon["Source"]] == [row["Source"] for row in records(book, "Vendor Lines")]


def test_exact_numbers_survive_the_workbook(tmp_path: Path) -> None:
    """A price with 22 digits and an id with leading zeros read back as printed."""
    price = "0.1999968000511991808131"
    book = small_book(tmp_path, recon=[{**VENDOR, "EffectiveUnitPrice": price, "Subtotal": "2.00", "Total": "2.00"}])
    [row] = records(book, "Vendor Lines")
    assert ("0001", Decimal(price)) == (row["Sku Id"], Decimal(row["Effective Unit Price"]))
