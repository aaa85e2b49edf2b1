"""Whatever the user put on a result goes with its row through the next runs, by its key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from workbook.books import add_column, at, changed_parts, parts, records, sheet_parts, type_cells
from workbook.calls import FINDINGS, call
from workbook.office import sdk_errors
from workbook.test_rerun import billed, reconciled, two_clients

from recon_xl.contract import table
from recon_xl.core.cells import Formula
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import WorkbookEditor, lint, save
from rerun.acts import Open

YELLOW, RED = "FFFFFF00", "FFFF0000"


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two findings: Fabrikam's 48.00 in row 6 above Contoso's 24.00 in row 7."""
    book = two_clients(tmp_path_factory.mktemp("first"))
    reconciled(book, 1)
    return book


@pytest.fixture
def book(first_run: Path, tmp_path: Path) -> Path:
    """A copy of its own."""
    return Path(shutil.copyfile(first_run, tmp_path / "october.xlsx"))


@pytest.fixture(autouse=True)
def valid(book: Path) -> Iterator[None]:
    """Whatever was done, the linter finds nothing."""
    yield
    assert [] == lint(book)


def turned(book: Path, minute: int = 2) -> dict[str, Any]:
    """Run with another bill: Contoso's finding is now the larger one and comes first."""
    billed(book, 6, 2)
    return reconciled(book, minute)


def row_of(book: Path, name: str, tab: str = "Exceptions") -> int:
    """The row of a customer."""
    sheet = load_workbook(book)[tab]
    column = table(tab).column_names.index("Customer") + 1
    return next(row for row in range(6, sheet.max_row + 1) if sheet.cell(row, column).value == name)


def test_colours_follow_their_row(book: Path) -> None:
    """A coloured cell of ours, and one of the user's, keep their colour; the cells that stood there before get none."""
    with Open(book) as excel:
        excel.colour("Exceptions", at("Exceptions", "Title", 7), YELLOW)
        excel.colour("Exceptions", at("Exceptions", "Note", 7), RED)
    turned(book)
    sheet = load_workbook(book)["Exceptions"]
    row = row_of(book, "Contoso")
    assert 6 == row
    assert (YELLOW, RED) == tuple(sheet[at("Exceptions", name, 6)].fill.fgColor.rgb for name in ("Title", "Note"))
    assert sheet[at("Exceptions", "Title", 7)].fill.fill_type is None
    assert sheet[at("Exceptions", "Note", 7)].fill.fill_type is None


def test_the_command_keeps_them_on_every_result(book: Path) -> None:
    """`recon-xl run` looks at all results, not at those alone that it carries over: comment, colour and word stay on their row."""
    add_column(book, "Margin", "Mine", ["first", "second"])
    with Open(book) as excel:
        for tab in ("Margin", "Client Summary", "Tie-out"):
            excel.comment(tab, f"A{row_of_last(book, tab)}", f"ask about {tab}", thread=False)
    before = {tab: Open(book).notes(tab) for tab in ("Margin", "Client Summary", "Tie-out")}
    assert FINDINGS == call("run", book).code
    assert before == {tab: Open(book).notes(tab) for tab in before}
    assert ["first", "second"] == [row["Mine"] for row in Open(book).rows("Margin")]


def row_of_last(book: Path, tab: str) -> int:
    """The last row of a result."""
    return max(int(row["#"]) for row in Open(book).rows(tab))


def test_notes_and_conversations_follow_their_row(book: Path) -> None:
    """The comment, its shape, and the thread all stand on the row's new place."""
    with Open(book) as excel:
        excel.comment("Exceptions", at("Exceptions", "At Stake", 7), "ask Contoso")
        excel.comment("Exceptions", at("Exceptions", "Why", 6), "ask Fabrikam", thread=True)
    turned(book)
    sheet = load_workbook(book)["Exceptions"]
    assert "ask Contoso" in sheet[at("Exceptions", "At Stake", 6)].comment.text
    assert "ask Fabrikam" in sheet[at("Exceptions", "Why", 7)].comment.text
    assert sheet[at("Exceptions", "At Stake", 7)].comment is None
    found = {name: data.decode() for name, data in parts(book).items() if "omment" in name or "vml" in name}
    thread = next(text for name, text in found.items() if "threaded" in name)
    drawing = next(text for name, text in found.items() if name.endswith(".vml"))
    assert f'ref="{at("Exceptions", "Why", 7)}"' in thread
    assert ["5", "6"] == sorted(text.partition("<")[0] for text in drawing.split("<x:Row>")[1:])


def test_a_vanished_finding_keeps_comment_and_colour(book: Path) -> None:
    """It stays as Resolved for a comment or a colour alone, and is the finding again when it returns."""
    with Open(book) as excel:
        excel.comment("Exceptions", at("Exceptions", "Title", 7), "ask Contoso")
        excel.colour("Exceptions", at("Exceptions", "Title", 6), YELLOW)
    billed(book, 6, 10)
    billed(book, 7, 10)
    reconciled(book, 2)
    assert ["Resolved", "Resolved"] == [row["Severity"] for row in records(book, "Exceptions")]
    billed(book, 6, 8)
    reconciled(book, 3)
    rows = records(book, "Exceptions")
    assert [("Contoso", "High"), ("Fabrikam", "Resolved")] == [(row["Customer"], row["Severity"]) for row in rows]
    sheet = load_workbook(book)["Exceptions"]
    title = table("Exceptions").column_names.index("Title") + 1
    assert "ask Contoso" in sheet.cell(6, title).comment.text
    assert YELLOW == sheet.cell(7, title).fill.fgColor.rgb


def test_hidden_rows_heights_and_widths(book: Path) -> None:
    """A row that the user hid or stretched is hidden or stretched by its key; a hidden column stays hidden."""
    with Open(book) as excel:
        excel.hide("Exceptions", 7)
        excel.row("Exceptions", 6).set("ht", "77")
        excel.row("Exceptions", 6).set("customHeight", "1")
        for column in excel.tree(excel.sheet("Exceptions")).iter():
            if column.tag.endswith("}col") and column.get("min") == "3":
                column.set("hidden", "1")
    turned(book)
    rows = load_workbook(book)["Exceptions"].row_dimensions
    assert (True, False) == (rows[6].hidden, rows[7].hidden)
    assert 77 == rows[7].height
    assert load_workbook(book)["Exceptions"].column_dimensions["C"].hidden


def test_columns_may_be_moved(book: Path) -> None:
    """Our columns in the user's order; everything stands under its header."""
    with Open(book) as excel:
        excel.move_column("Exceptions", "Customer", 0)
        excel.move_column("Exceptions", "Note", 2)
        excel.type("Exceptions", f"{excel.column('Exceptions', 'Note')}7", "asked")
    turned(book)
    rows = records(book, "Exceptions")
    assert ["Customer", "Key", "Note"] == list(rows[0])[:3]
    assert [("Contoso", "asked", 96), ("Fabrikam", None, 48)] == [
        (row["Customer"], row["Note"], row["At Stake"]) for row in rows
    ]


def test_the_users_order_stays(book: Path) -> None:
    """Sorted by customer, and then by another column from Z to A, the rows of the next run stand in that order."""
    with Open(book) as excel:
        excel.sort("Exceptions", "Customer")
    reconciled(book, 2)
    assert ["Contoso", "Fabrikam"] == [row["Customer"] for row in records(book, "Exceptions")]
    with Open(book) as excel:
        excel.sort("Exceptions", "Customer", descending=True)
    turned(book, 3)
    assert ["Fabrikam", "Contoso"] == [row["Customer"] for row in records(book, "Exceptions")]
    again = book.with_name("again.xlsx")
    shutil.copyfile(book, again)
    reconciled(again, 4)
    assert sheet_parts(book)["Exceptions"] not in changed_parts(book, again)


def test_a_sort_that_cannot_be_repeated_is_taken_off(book: Path) -> None:
    """By colour: the rows come in our order, and the table does not claim another."""
    with Open(book) as excel:
        excel.sort("Exceptions", "Customer")
        for one in excel.table("Exceptions").iter():
            if one.tag.endswith("sortCondition"):
                one.set("sortBy", "cellColor")
                one.set("dxfId", "0")
    reconciled(book, 2)
    assert ["Fabrikam", "Contoso"] == [row["Customer"] for row in records(book, "Exceptions")]
    with Open(book) as excel:
        assert not [one for one in excel.table("Exceptions").iter() if "sort" in one.tag]


def test_a_filter_goes_on_filtering(book: Path) -> None:
    """Rows that do not pass are hidden, wherever they are now; a filter by number is taken off, and all is shown."""
    with Open(book) as excel:
        excel.filter("Exceptions", "Customer", ["Contoso"])
    turned(book)
    rows = load_workbook(book)["Exceptions"].row_dimensions
    assert (False, True) == (rows[6].hidden, rows[7].hidden)
    with Open(book) as excel:
        excel.filter("Exceptions", "At Stake", ["48"])
    reconciled(book, 3)
    rows = load_workbook(book)["Exceptions"].row_dimensions
    assert (False, False) == (rows[6].hidden, rows[7].hidden)
    with Open(book) as excel:
        assert not [one for one in excel.table("Exceptions").iter() if "filterColumn" in one.tag]


def test_rules_of_the_users_cover_the_column(book: Path) -> None:
    """A conditional format over the rows of a column reaches to its last row again; one beside the table stays."""
    with Open(book) as excel:
        excel.rule("Exceptions", "C6:D7")
        excel.rule("Exceptions", "AX1:AX9")
    billed(book, 6, 10)
    reconciled(book, 2)
    rules = [str(one.sqref) for one in load_workbook(book)["Exceptions"].conditional_formatting]
    assert {"C6:D6", "AX1:AX9"} <= set(rules)
    billed(book, 6, 8)
    reconciled(book, 3)
    rules = [str(one.sqref) for one in load_workbook(book)["Exceptions"].conditional_formatting]
    assert {"C6:D7", "AX1:AX9"} <= set(rules)


def test_a_link_follows_its_row(book: Path) -> None:
    """A link that the user put on a cell leads from the same finding."""
    with Open(book) as excel:
        excel.hyperlink("Exceptions", at("Exceptions", "Note", 7), "'Start'!A1")
    turned(book)
    assert load_workbook(book)["Exceptions"][at("Exceptions", "Note", 6)].hyperlink.location == "'Start'!A1"


def test_other_results_have_a_key_too(book: Path) -> None:
    """Words of the user's stay with their row on every tab, though its place among the others changes."""
    tabs = ("Client Summary", "Margin", "Coverage", "Tie-out", "Drafts")
    expected = {}
    for tab in tabs:
        before = records(book, tab)
        add_column(book, tab, "Mine", [f"about {number}" for number in range(len(before))])
        keys = (tuple(row[name] for name in table(tab).key) for row in before)
        expected[tab] = {key: f"about {number}" for number, key in enumerate(keys)}
    name, alias = at("Customers", "Customer", 7), at("Customers", "Aliases", 7)
    type_cells(book, "Customers", {name: "Aardvark", alias: "Fabrikam"})
    reconciled(book, 2)
    for tab in tabs:
        after = records(book, tab)
        found = {tuple(row[name] for name in table(tab).key): row["Mine"] for row in after if row["Mine"]}
        assert expected[tab] == found
        kept = [row for row in after if "resolved" in {str(value).casefold() for value in row.values()}]
        assert {"Fabrikam"} >= {row["Customer"] for row in kept if "Customer" in row}
        assert [row for row in kept if not row["Mine"]] == []


def test_a_kept_control_fails_no_check(book: Path) -> None:
    """A control that only stands there for a note is not counted by the master check."""
    add_column(book, "Tie-out", "Mine", ["seen" for _ in records(book, "Tie-out")])
    first = load_workbook(book, data_only=True)["Start"]["B9"].value
    type_cells(book, "Tie-out", {at("Tie-out", "Invoice", 6): "G9999"})
    reconciled(book, 2)
    kept = [row for row in records(book, "Tie-out") if row["Check"] == "RESOLVED"]
    assert [("G9999", "seen")] == [(row["Invoice"], row["Mine"]) for row in kept]
    assert first == load_workbook(book, data_only=True)["Start"]["B9"].value


def test_an_array_formula_moves(book: Path) -> None:
    """A formula of one cell that calculates over ranges goes with its row."""
    add_column(book, "Exceptions", "Mine", ["", Formula("SUM(N6:N7*1)", 1)])
    with Open(book) as excel:
        cell = excel.cell("Exceptions", f"{excel.column('Exceptions', 'Mine')}7")
        cell[0].set("t", "array")
        cell[0].set("ref", cell.get("r"))
    turned(book)
    mine = load_workbook(book)["Exceptions"]["AC6"]
    assert ("AC6", "=SUM(N6:N6*1)") == (mine.value.ref, mine.value.text)


def test_a_formula_in_a_note_stays_one(book: Path) -> None:
    """What the user calculates in a column that is theirs is not turned into its value."""
    with Open(book) as excel:
        excel.type("Exceptions", at("Exceptions", "Note", 7), "24 short", formula='N7&" short"')
    turned(book)
    assert '=N6&" short"' == load_workbook(book)["Exceptions"][at("Exceptions", "Note", 6)].value


def test_comments_on_an_input_follow_a_deleted_row(book: Path) -> None:
    """A row above goes: comment, link and rule come up with theirs; a row with a comment is not deleted."""
    with Open(book) as excel:
        excel.comment("Customers", "A7", "ask Fabrikam")
        excel.hyperlink("Customers", "B7", "'Start'!A1")
        excel.rule("Customers", "A6:A7")
    editor = WorkbookEditor(book)
    with pytest.raises(WorkbookError, match="your comment in row 7"):
        editor.edit_rows("Customers", delete=[7])
    editor.edit_rows("Customers", delete=[6])
    save(editor, book, expected_hash=editor.source_hash, source=book)
    sheet = load_workbook(book)["Customers"]
    assert "ask Fabrikam" in sheet["A6"].comment.text
    assert "'Start'!A1" == sheet["B6"].hyperlink.location
    assert "A6" in {str(one.sqref) for one in sheet.conditional_formatting}


@pytest.mark.node
def test_a_marked_up_book_stays_valid(book: Path) -> None:
    """Microsoft's validator finds nothing after the run that it did not find in what the user had made."""
    with Open(book) as excel:
        excel.comment("Exceptions", at("Exceptions", "Title", 7), "a note")
        excel.comment("Exceptions", at("Exceptions", "Why", 6), "a conversation", thread=True)
        excel.colour("Exceptions", at("Exceptions", "Title", 7), YELLOW)
        excel.rule("Exceptions", "C6:D7")
        excel.hyperlink("Exceptions", at("Exceptions", "Note", 7), "'Start'!A1")
        excel.sort("Exceptions", "Customer")
        excel.filter("Exceptions", "Customer", ["Contoso"])
        excel.hide("Margin", 6)
    before = sdk_errors(book)
    turned(book)
    billed(book, 6, 10)
    reconciled(book, 3)
    assert before == sdk_errors(book)
