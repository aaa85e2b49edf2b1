"""Undo: whatever the last step changed stands as it did before; what you did elsewhere stays."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from journal.whole import cells, differing
from workbook.books import add_column, at, opened, records, type_cells, type_setting
from workbook.calls import CLEAN, COULD_NOT_RUN, FINDINGS, call, refused
from workbook.small import BILLED, CUSTOMER, PRODUCT, small_book, write_csv

from recon_xl.contract.layout import DRAFT
from recon_xl.ooxml import WorkbookEditor, save

UNDONE = "Undone: "


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """The small month, imported and not run: 120.00 expected, 96.00 billed."""
    return small_book(tmp_path)


def test_a_first_run(tmp_path: Path) -> None:
    """Tables, Start and the master checks are as before, and the draft tab is gone."""
    book = small_book(tmp_path)
    before = cells(book)
    assert FINDINGS == call("run", book).code
    assert before != cells(book)
    told = call("undo", book)
    assert (CLEAN, True) == (told.code, told.out.startswith(f"{UNDONE}J00002 (run R2"))
    assert {} == differing(before, cells(book))


def test_a_second_run_with_changes(tmp_path: Path) -> None:
    """Rows that went come back with their formulas, the draft as it was drawn; your changed bill stays."""
    book = small_book(tmp_path)
    call("run", book)
    type_cells(book, "Billed Lines", {at("Billed Lines", "Quantity"): 10, at("Billed Lines", "Amount"): 120})
    type_setting(book, "Company", "Northwind Services")
    before = cells(book)
    assert CLEAN == call("run", book).code
    assert [] == records(book, "Exceptions") or records(book, "Exceptions")[0]["Severity"] == "Resolved"
    assert CLEAN == call("undo", book).code
    assert {} == differing(before, cells(book))


def test_an_import(tmp_path: Path) -> None:
    """Rows that came in go, and the source with them; what was there stays."""
    book = small_book(tmp_path)
    before = cells(book)
    other = write_csv(
        tmp_path / "customers2.csv", [{**CUSTOMER, "Customer": "Fabrikam", "Code": "FAB", "Vendor Customer Ids": "2f"}]
    )
    bill = write_csv(tmp_path / "bill2.csv", [{**BILLED, "Product": "Server Care", "Amount": "7.00", "Quantity": "1"}])
    assert CLEAN == call("import", book, other, bill).code
    assert 2 == len(records(book, "Billed Lines")) == len(records(book, "Customers"))
    assert call("undo", book).out.startswith(f"{UNDONE}J00002 (import customers2.csv, bill2.csv, ")
    assert {} == differing(before, cells(book))


def test_an_import_that_replaced(tmp_path: Path) -> None:
    """Cells that it changed and rows that it took away come back."""
    book = small_book(tmp_path)
    before = cells(book)
    products = write_csv(tmp_path / "products.csv", [{**PRODUCT, "Price Basis": "rrp"}])
    bill = write_csv(tmp_path / "files" / "billed.csv", [{**BILLED, "Quantity": "9", "Amount": "108.00"}])
    done = call("import", book, products, bill, "--replace")
    assert CLEAN == done.code, done.err
    assert before != cells(book)
    assert CLEAN == call("undo", book).code
    assert {} == differing(before, cells(book))


def test_an_import_and_a_run_are_one_step(tmp_path: Path) -> None:
    """Both are taken back together."""
    book = small_book(tmp_path)
    call("run", book)
    before = cells(book)
    bill = write_csv(tmp_path / "bill2.csv", [{**BILLED, "Product": "Server Care", "Amount": "24.00", "Quantity": "2"}])
    assert call("run", book, "--import", bill).code in (CLEAN, FINDINGS)
    assert {} != differing(before, cells(book))
    assert CLEAN == call("undo", book).code
    assert {} == differing(before, cells(book))


def test_what_you_wrote_beside_results_stays(tmp_path: Path) -> None:
    """Your disposition, note and own column of a finding that both runs have are not touched."""
    book = small_book(tmp_path)
    call("run", book)
    call("run", book)
    add_column(book, "Exceptions", "Ticket", ["T-17"])
    typed = {"Note": "asked the client", "Disposition": "Follow-up", "Owner": "Kim"}
    type_cells(book, "Exceptions", {at("Exceptions", name): word for name, word in typed.items()})
    type_cells(book, "Customers", {at("Customers", "Contact"): "Sam"})
    assert CLEAN == call("undo", book).code
    [finding] = records(book, "Exceptions")
    assert typed == {name: finding[name] for name in typed}
    assert "T-17" in {cell.value for cell in opened(book)["Exceptions"][6]}
    assert "Sam" == records(book, "Customers")[0]["Contact"]


@pytest.mark.parametrize(
    ("tab", "cell", "named"),
    [
        ("Client Summary", at("Client Summary", "Expected"), "Client Summary > row 6 > Expected"),
        ("Exceptions", at("Exceptions", "Why"), "Exceptions > row 6 > Why"),
        ("Draft Contoso", f"B{DRAFT.first_row}", f"Draft Contoso > B{DRAFT.first_row}"),
        ("Start", "B10", "Start > B10"),
        ("Exceptions", at("Exceptions", "Note"), "Exceptions > row 6 > Note"),
    ],
)
def test_what_you_changed_since_stands_against_it(month: Path, tab: str, cell: str, named: str) -> None:
    """The cell is named, also a note on a row that would go; no byte is changed."""
    call("run", month)
    type_cells(month, tab, {cell: "my own"})
    told = refused(month, "undo", month)
    assert named in told.error["found"]


def test_an_imported_row_that_you_changed(month: Path, tmp_path: Path) -> None:
    """It is named by its row; so is one beside which you wrote something."""
    rows = [{**BILLED, "Product": f"Service {number}", "Amount": "7.00", "Quantity": "1"} for number in range(3)]
    call("import", month, write_csv(tmp_path / "bill2.csv", rows))
    copy = Path(shutil.copyfile(month, tmp_path / "copy.xlsx"))
    type_cells(month, "Billed Lines", {at("Billed Lines", "Amount", 8): 9})
    assert "Billed Lines > row 8 > Amount" in refused(month, "undo", month).error["found"]
    beside = next(name for name, value in records(copy, "Billed Lines")[-1].items() if value is None)
    type_cells(copy, "Billed Lines", {at("Billed Lines", beside, 9): "X"})
    assert f"Billed Lines > row 9 > {beside}" in refused(copy, "undo", copy).error["found"]


def test_step_by_step_back(month: Path) -> None:
    """Five steps are kept; the sixth from the end is in the log, and cannot be undone."""
    states = []
    for company in ("A", "B", "C", "D", "E", "F"):
        type_setting(month, "Company", company)
        states.append(cells(month))
        call("run", month)
    for number, before in enumerate(reversed(states[1:])):
        assert CLEAN == call("undo", month).code, number
        assert {"Settings"} >= {tab for tab, _ in differing(before, cells(month))}, number
    told = refused(month, "undo", month)
    assert "only the last 5 steps are kept" in told.error["found"]
    assert 12 == len(call("log", month, "--json").json["steps"])


def test_nothing_to_undo(tmp_path: Path) -> None:
    """A blank workbook says so, and one of an earlier version says how to get the journal."""
    book = tmp_path / "new.xlsx"
    call("new", book, "--period", "2026-10")
    assert "nothing to undo" == refused(book, "undo", book).error["found"]
    assert COULD_NOT_RUN == call("redo", book).code


def test_your_column_comes_back_with_its_row(month: Path) -> None:
    """A draft line that a run took away had a word of yours beside it: it stays for the word, and comes back as a line."""
    call("run", month)
    add_column(month, "Draft Lines", "Checked", ["by Kim"])
    before = cells(month)
    type_cells(month, "Vendor Lines", {at("Vendor Lines", "Product Id"): "OTHER"})
    call("run", month)
    [kept] = [
        [cell.value for cell in row] for row in opened(month)["Draft Lines"].iter_rows() if row[-1].value == "by Kim"
    ]
    assert "Resolved" in kept
    assert CLEAN == call("undo", month).code
    assert {"Vendor Lines"} >= {tab for tab, _ in differing(before, cells(month))}


def test_a_step_that_is_too_large(month: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so at once; it is in the log, and cannot be undone."""
    call("run", month)
    type_cells(month, "Billed Lines", {at("Billed Lines", "Amount"): 7})
    monkeypatch.setattr("recon_xl.journal.record.MOST_CHARACTERS", 100)
    ran = call("run", month, "--json").json["journal"]
    assert ("J00003", False, "J00003 cannot be undone: it was too large to keep. It is in the log.") == tuple(
        ran.values()
    )
    assert "it was too large to keep" in refused(month, "undo", month).error["found"]
    assert CLEAN == call("verify", month).code


def test_a_workbook_of_an_earlier_version(month: Path) -> None:
    """Without a Journal sheet a run works, and says that it cannot be undone and what to do."""
    editor = WorkbookEditor(month)
    editor.remove_sheet("Journal", ignore=("Layout",))
    save(editor, month, expected_hash=editor.source_hash, source=month)
    told = call("run", month)
    assert (FINDINGS, True) == (told.code, "upgrade" in told.out)
    assert "1 run; the last: R2" == call("log", month).out[:19]
    assert "earlier version" in refused(month, "undo", month).error["found"]


def test_what_an_import_writes_again_is_no_difference(tmp_path: Path) -> None:
    """The same file with --replace: diff shows the time of its import, as a time, and the file's name not at all."""
    book = small_book(tmp_path)
    billed = write_csv(tmp_path / "files" / "billed.csv", [BILLED])
    assert CLEAN == call("import", book, billed, "--replace").code
    told = call("diff", book, "--step", "J00002").out
    assert "File" not in told
    assert re.search(r"> Imported: 2026-\d\d-\d\d \d\d:\d\d:\d\d -> 2026-\d\d-\d\d \d\d:\d\d:\d\d", told), told
