"""Undo and redo bring rows back in the order in which they stood, shown or hidden, whatever was typed since the sorting."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbook.calls import call
from workbook.test_rerun import billed, reconciled, two_clients

from rerun.acts import Open

TAB = "Exceptions"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two findings, run once: a row each for Fabrikam and Contoso."""
    made = two_clients(tmp_path)
    reconciled(made, 1)
    return made


def looks(book: Path) -> list[tuple[str, str, str]]:
    """Customer, note and whether hidden, row by row."""
    return [(row["Customer"], row["Note"], row["#hidden"]) for row in Open(book).rows(TAB)]


def notes(book: Path, *texts: str) -> None:
    """Typed from the top."""
    with Open(book) as excel:
        for row, text in zip(excel.rows(TAB), texts, strict=True):
            excel.type(TAB, f"{excel.column(TAB, 'Note')}{row['#']}", text)


def there_and_back(book: Path) -> tuple[list[tuple[str, str, str]], ...]:
    """Before a run, after it, after undo, after redo."""
    seen = [looks(book)]
    for word in ("run", "undo", "redo"):
        assert call(word, book).code < 2
        seen.append(looks(book))
    return tuple(seen)


def test_words_typed_into_the_sorted_column(book: Path) -> None:
    """The run sorts by the new words; undo brings the old order, redo the new one."""
    notes(book, "a", "b")
    with Open(book) as excel:
        excel.sort(TAB, "Note")
    notes(book, "z", "b")
    before, after, undone, redone = there_and_back(book)
    assert [note for _, note, _ in before] == ["z", "b"]
    assert [note for _, note, _ in after] == ["b", "z"]
    assert (before, after) == (undone, redone)


def test_words_typed_into_the_filtered_column(book: Path) -> None:
    """A row that no longer passes the filter is hidden by the run, and shown again by undo."""
    notes(book, "show", "other")
    with Open(book) as excel:
        excel.filter(TAB, "Note", ["show"])
    notes(book, "gone", "other")
    before, after, undone, redone = there_and_back(book)
    assert [hidden for *_, hidden in before] == ["0", "1"]
    assert [hidden for *_, hidden in after] == ["1", "1"]
    assert (before, after) == (undone, redone)


def test_rows_sorted_since_stay_sorted(book: Path) -> None:
    """A sort made after the run is the user's latest word: undo keeps to it."""
    notes(book, "a", "b")
    assert call("run", book).code < 2
    with Open(book) as excel:
        excel.sort(TAB, "Note", descending=True)
    assert call("undo", book).code == 0
    assert [note for _, note, _ in looks(book)] == ["b", "a"]


def test_a_row_that_was_only_hidden(book: Path) -> None:
    """It goes with its finding; undo brings it back hidden, and the other as it was, shown."""
    with Open(book) as excel:
        gone = next(row for row in excel.rows(TAB) if row["Customer"] == "Contoso")
        excel.hide(TAB, int(gone["#"]))
    billed(book, 6, 10)
    before, after, undone, redone = there_and_back(book)
    assert sorted(before) == [("Contoso", "", "1"), ("Fabrikam", "", "0")]
    assert after == [("Fabrikam", "", "0")]
    assert (before, after) == (undone, redone)


def test_a_copy_of_a_row_that_was_typed_over(book: Path) -> None:
    """The copy has its own words and its colour; it is not taken for the row that the run puts right."""
    with Open(book) as excel:
        first, *_ = excel.rows(TAB)
        excel.colour(TAB, f"{excel.column(TAB, 'Title')}{first['#']}", "FFFFFF00")
        excel.copy_row(TAB, int(first["#"]))
    notes(book, "", "b", "copied")
    with Open(book) as excel:
        excel.type(TAB, f"{excel.column(TAB, 'Suggested Action')}{first['#']}", "mine")
    before, after, undone, redone = there_and_back(book)
    assert [note for _, note, _ in before] == ["", "b", "copied"]
    assert (before, after) == (undone, redone)
