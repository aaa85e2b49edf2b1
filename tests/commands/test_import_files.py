"""Import files: the button takes files as the command line does, and says what happened to each."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbook.small import BILLED, CUSTOMER, write_csv

from commands.press import press
from recon_xl.commands.import_files import COMMAND
from recon_xl.core.changeset import EditRows
from recon_xl.core.errors import Cancelled, InputError
from recon_xl.core.snapshot import Snapshot
from recon_xl.intake.apply import apply_edits


def test_two_files_of_different_kinds(blank_book: Snapshot, tmp_path: Path) -> None:
    """Each goes to its own tab, with a row on Sources; only declared tables are written."""
    files = (write_csv(tmp_path / "customers.csv", [CUSTOMER]), write_csv(tmp_path / "billed.csv", [BILLED]))
    reply = press(COMMAND, blank_book, files=files)
    tables = {change.table for change in reply.changeset.changes if isinstance(change, EditRows)}
    assert {"Customers", "Billed Lines", "Sources"} == tables
    assert tables <= set(COMMAND.writes)
    assert [
        "customers.csv -> Customers: added, 1 row read (1 new)",
        "billed.csv -> Billed Lines: added, 1 row read (1 new)",
    ] == reply.message.splitlines()[:2]
    assert ["Customers", "Billed Lines"] == [file["table"] for file in reply.data["files"]]


def test_the_same_file_again_changes_nothing(blank_book: Snapshot, tmp_path: Path) -> None:
    """Neither rows nor Sources."""
    file = write_csv(tmp_path / "customers.csv", [CUSTOMER])
    first = press(COMMAND, blank_book, files=(file,))
    again = press(COMMAND, apply_edits(blank_book, first.changeset), files=(file,))
    assert (True, False) == (again.changeset.is_empty, again.is_warning)
    assert "unchanged" in again.message


def test_cells_that_cannot_be_read_are_a_warning(blank_book: Snapshot, tmp_path: Path) -> None:
    """The row is in, and the message names the cell."""
    file = write_csv(tmp_path / "billed.csv", [{**BILLED, "Quantity": "ten"}])
    reply = press(COMMAND, blank_book, files=(file,))
    assert (True, False) == (reply.is_warning, reply.changeset.is_empty)
    assert "Problem: billed.csv > row 2 > Quantity: found 'ten'" in reply.message


def test_no_file_was_chosen(blank_book: Snapshot) -> None:
    """The dialog was closed without a choice."""
    with pytest.raises(InputError, match="found no file"):
        press(COMMAND, blank_book)


def test_it_can_be_cancelled_between_two_files(blank_book: Snapshot, tmp_path: Path) -> None:
    """Each file is a step; nothing of the first is kept."""
    files = (write_csv(tmp_path / "customers.csv", [CUSTOMER]), write_csv(tmp_path / "billed.csv", [BILLED]))
    told: list[str] = []

    def second_thoughts(step: str) -> None:
        told.append(step)
        if len(told) == 2:
            raise Cancelled(step)

    with pytest.raises(Cancelled, match="The workbook is as it was"):
        press(COMMAND, blank_book, files=files, progress=second_thoughts)
    assert ["Reading customers.csv", "Reading billed.csv"] == told
