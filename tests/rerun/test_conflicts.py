"""What the user did to a result that a run cannot simply carry on is told, with its place and its text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from workbook.books import add_column, at, records, type_cells
from workbook.calls import call
from workbook.test_rerun import billed, reconciled, two_clients

from recon_xl.ooxml import lint
from rerun.acts import Open


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fabrikam's 48.00 in row 6, Contoso's 24.00 in row 7."""
    book = two_clients(tmp_path_factory.mktemp("first"))
    reconciled(book, 1)
    return book


@pytest.fixture
def book(first_run: Path, tmp_path: Path) -> Path:
    """A copy of its own."""
    return Path(shutil.copyfile(first_run, tmp_path / "october.xlsx"))


def test_a_run_without_conflicts_says_nothing(book: Path) -> None:
    """Decisions, notes and columns of the user's are no conflict, and neither is what the product wrote itself."""
    type_cells(book, "Exceptions", {at("Exceptions", "Disposition"): "Accepted", at("Exceptions", "Note"): "fine"})
    add_column(book, "Margin", "Mine", ["a", "b"])
    assert [] == reconciled(book, 2)["warnings"]


def test_a_cell_typed_over_is_told(book: Path) -> None:
    """With its address, what was typed, and what stands there now: in a text, a number, and a formula of ours."""
    with Open(book) as excel:
        excel.type("Exceptions", at("Exceptions", "Title", 7), "my own title")
        excel.type("Exceptions", at("Exceptions", "Variance", 7), 5)
        excel.type("Client Summary", at("Client Summary", "Expected", 6), 7)
    warnings = reconciled(book, 2)["warnings"]
    assert [
        "Exceptions row 7, Title: what was typed, 'my own title', is now 'Billed too little'",
        "Exceptions row 7, Variance: what was typed, '5', is now '-24'",
        "Client Summary row 6, Expected: what was typed, '7', is now '120'",
    ] == warnings
    assert [f"{warning}." for warning in warnings] == str(records(book, "Run Log")[0]["Messages"]).split("\n")
    assert [] == reconciled(book, 3)["warnings"]
    assert [None, 3] == [
        said and len(str(said).split("\n")) for said in (row["Messages"] for row in records(book, "Run Log")[:2])
    ]


def test_a_copied_row_keeps_its_words(book: Path) -> None:
    """A copy with other words stays at the end under a key of its own; one that says the same goes; no finding doubles."""
    type_cells(book, "Exceptions", {at("Exceptions", "Note", 7): "asked"})
    with Open(book) as excel:
        new = excel.copy_row("Exceptions", 7)
        excel.type("Exceptions", at("Exceptions", "Note", new), "asked again")
        excel.copy_row("Exceptions", 6)
    warnings = reconciled(book, 2)["warnings"]
    assert [
        "Exceptions row 9 was a copy of row 6: it said nothing else and is gone",
        "Exceptions row 8 was a copy of row 7: it is kept at the end of the table",
    ] == warnings
    first = records(book, "Exceptions")
    key = next(row["Key"] for row in first if row["Note"] == "asked")
    assert [("High", "asked"), ("Resolved", "asked again")] == [
        (row["Severity"], row["Note"]) for row in first if str(row["Key"]).startswith(key)
    ]
    assert len(first) == len({row["Key"] for row in first})
    reconciled(book, 3)
    assert first == records(book, "Exceptions")
    assert [] == lint(book)


def test_a_row_of_the_users_own_stays(book: Path) -> None:
    """A row that no run made is kept at the end as it is, formula and all, also when the table is sorted into it."""
    with Open(book) as excel:
        new = excel.copy_row("Exceptions", 7)
        for name in excel.columns("Exceptions"):
            excel.type("Exceptions", at("Exceptions", name, new), "")
        excel.type("Exceptions", at("Exceptions", "Title", new), "my own point", formula='"my own "&"point"')
        excel.type("Exceptions", at("Exceptions", "Owner", new), "Ada")
    warnings = reconciled(book, 2)["warnings"]
    assert ["Exceptions row 8 is no row of a run: it is kept at the end of the table"] == warnings
    assert ("my own point", "Ada") == tuple(records(book, "Exceptions")[-1][name] for name in ("Title", "Owner"))
    with Open(book) as excel:
        assert excel.cell("Exceptions", at("Exceptions", "Title", 8))[0].text == '"my own "&"point"'


def test_a_decision_about_another_amount(book: Path) -> None:
    """It stays, and is told: what was accepted was 24.00."""
    type_cells(book, "Exceptions", {at("Exceptions", "Disposition", 7): "Accepted"})
    billed(book, 6, 2)
    spoken = call("run", book).out
    expected = "Exceptions: 'Contoso · Business Basic' is marked Accepted at 24 USD, now 96: look again."
    assert expected in spoken
    assert ("Accepted", 96) == tuple(records(book, "Exceptions")[0][name] for name in ("Disposition", "At Stake"))
