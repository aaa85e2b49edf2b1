"""Redo: the step that was undone stands as it did."""

from __future__ import annotations

from pathlib import Path

import pytest
from journal.whole import cells, differing
from workbook.books import at, type_cells, type_setting
from workbook.calls import CLEAN, FINDINGS, call, refused
from workbook.small import small_book


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """The small month, imported and not run: 120.00 expected, 96.00 billed."""
    return small_book(tmp_path)


def test_back_and_forth(month: Path) -> None:
    """As often as you like, two steps deep."""
    states = [cells(month)]
    for company in ("Northwind", "Tailspin"):
        assert FINDINGS == call("run", month).code
        states.append(cells(month))
        if company == "Northwind":
            type_setting(month, "Company", company)
    for _ in range(2):
        for undo in (1, 0):
            assert CLEAN == call("undo", month).code
            assert {"Settings"} >= {tab for tab, _ in differing(states[undo], cells(month))}
        for _ in range(2):
            assert CLEAN == call("redo", month).code
        assert {} == differing(states[2], cells(month))


def test_a_new_step_ends_it(month: Path) -> None:
    """What was undone before a new run cannot be done again."""
    call("run", month)
    call("undo", month)
    call("run", month)
    assert "nothing to do again" == refused(month, "redo", month).error["found"]


def test_what_you_changed_since_stands_against_it(month: Path) -> None:
    """A cell that the undoing put back and you changed is named."""
    call("run", month)
    type_cells(month, "Billed Lines", {at("Billed Lines", "Amount"): 100})
    call("run", month)
    call("undo", month)
    type_cells(month, "Client Summary", {at("Client Summary", "Billed"): 1})
    assert "Client Summary > row 6 > Billed" in refused(month, "redo", month).error["found"]
