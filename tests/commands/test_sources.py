"""Sources: what is in the workbook, and what the month still lacks."""

from __future__ import annotations

from scenarios.harness import Books, OpenBooks, Row

from commands.press import place, press
from recon_xl.commands.sources import COMMAND

VENDOR: Row = {
    "Source": "S001", "File": "recon.csv", "Table": "Vendor Lines", "Status": "Synced", "Invoice": "G001",
    "Currency": "USD", "Period": "2026-10", "Rows": "227", "Control Total": "26253.85",
}  # fmt: skip
BILLED: Row = {
    "Source": "S002", "File": "billed.csv", "Table": "Billed Lines", "Status": "Synced", "Period": "2026-10", "Rows": "144",
}  # fmt: skip
COUNTS: Row = {"Source": "S003", "File": "counts.csv", "Table": "Counts", "Status": "Synced", "Rows": "1"}
CUSTOMERS: Row = {"Source": "S004", "File": "customers.csv", "Table": "Customers", "Status": "Synced", "Rows": "17"}


def with_sources(books: OpenBooks, *sources: Row) -> Books:
    """A month with these rows on Sources."""
    return books("2026-10").add("Sources", *sources)


def test_a_month_that_has_everything(books: OpenBooks) -> None:
    """A line a file, mapping files in one, nothing missing, and the tab."""
    reply = press(COMMAND, with_sources(books, VENDOR, BILLED, COUNTS, CUSTOMERS).snapshot())
    assert [
        "4 files, closing 2026-10.",
        "  recon.csv -> Vendor Lines: Synced, 227 rows, invoice G001, 2026-10",
        "  billed.csv -> Billed Lines: Synced, 144 rows, 2026-10",
        "  counts.csv -> Counts: Synced, 1 row",
        "  and 1 file of mapping tabs",
    ] == reply.message.splitlines()
    assert ("Sources!A6", False, []) == (place(reply), reply.is_warning, reply.data["missing"])
    assert ["S001", "S002", "S003", "S004"] == [source["id"] for source in reply.data["sources"]]


def test_a_vendor_invoice_of_another_month_is_not_this_one(books: OpenBooks) -> None:
    """September's invoice does not close October."""
    reply = press(COMMAND, with_sources(books, {**VENDOR, "Period": "2026-09"}, BILLED, COUNTS).snapshot())
    assert ("Missing: a vendor invoice of the month.", True) == (reply.message.splitlines()[-1], reply.is_warning)


def test_an_empty_month(books: OpenBooks) -> None:
    """All three kinds are named."""
    reply = press(COMMAND, books("2026-10").snapshot())
    assert 3 == len(reply.data["missing"])
    assert "Missing: the bill that your PSA plans for the month." in reply.message


def test_a_file_that_failed_and_an_invoice_without_its_total(books: OpenBooks) -> None:
    """The first is a warning; the second is asked for, because the proof needs it."""
    failed = with_sources(books, VENDOR, {**BILLED, "Status": "Failed"}, COUNTS)
    assert press(COMMAND, failed.snapshot()).is_warning
    unproved = with_sources(books, {key: VENDOR[key] for key in VENDOR if key != "Control Total"}, BILLED, COUNTS)
    reply = press(COMMAND, unproved.snapshot())
    assert ("Type the vendor's total into Control Total for G001.", False) == (
        reply.message.splitlines()[-1],
        reply.is_warning,
    )


def test_a_month_that_was_not_named(books: OpenBooks) -> None:
    """Without Period there is nothing to compare months with."""
    reply = press(
        COMMAND,
        books(
            "",
        )
        .add("Sources", VENDOR, BILLED, COUNTS)
        .snapshot(),
    )
    assert "Type the month into Period on Settings." == reply.message.splitlines()[-1]
    assert reply.is_warning


def test_many_files(books: OpenBooks) -> None:
    """The message stays short enough for a dialog."""
    many = [{**VENDOR, "Source": f"S{number:03d}", "File": f"recon{number}.csv"} for number in range(1, 31)]
    lines = press(COMMAND, with_sources(books, *many).snapshot()).message.splitlines()
    assert "  and 15 more, on the tab" in lines
    assert 20 > len(lines)
