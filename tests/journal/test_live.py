"""Undo and Redo in the open workbook, and across a save: the journal is the same as the file's."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hosts.worlds import LIVE, opened
from openpyxl import load_workbook
from workbook.books import records
from workbook.calls import CLEAN, call
from workbook.small import small_book

from recon_xl.commands import redo, run, undo
from recon_xl.commands.journaling import JOURNAL, Book, step
from recon_xl.commands.model import Call, Clock, Command
from recon_xl.core.errors import WorkbookError

CLOCK = Clock(datetime(2026, 11, 3, 9, 1), "tester", lambda: 0.0)  # noqa: DTZ001 - UTC without saying so
TABLES = ("Exceptions", "Tie-out", "Client Summary", "Margin", "Drafts", "Draft Lines", "Run Log")


@pytest.fixture(params=LIVE)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """The small month, open in Excel."""
    with opened(str(request.param), small_book(tmp_path)) as one:
        yield one


def press(world: Any, command: Command) -> str:
    """One press of a button, as the add-in does it; what it says."""
    host = world.host()
    snapshot = host.read(tuple(dict.fromkeys((*command.reads, *JOURNAL))), command.writes)
    reply = command.execute(Call(snapshot, CLOCK, look=host.look))
    done = step(Book(snapshot, host.look), reply.changeset, command.id, CLOCK, reply.deed)
    host.apply(done.changeset, snapshot)
    assert not done.note
    return reply.message


def shown(world: Any) -> dict[str, Any]:
    """Tabs, and the result tables with their formulas."""
    saved = load_workbook(world.save())
    return {"tabs": sorted(world.tabs()), **{name: records(saved, name) for name in TABLES}}


def test_a_run_is_undone_and_done_again(world: Any) -> None:
    """Every result table and draft tab is as it was before; then as it was after."""
    before = shown(world)
    press(world, run.COMMAND)
    after = shown(world)
    assert before != after
    assert press(world, undo.COMMAND).startswith("Undone: J00002 (run ")
    assert before == shown(world)
    assert press(world, redo.COMMAND).startswith("Done again: J00002 (run ")
    assert after == shown(world)


def test_what_you_typed_stands_against_it(world: Any) -> None:
    """A result cell typed over after the run is named, and nothing is changed."""
    press(world, run.COMMAND)
    sheet = world.book.sheets["Client Summary"]
    sheet.range("E6").value = 99
    before = shown(world)
    with pytest.raises(WorkbookError, match="Client Summary > row 6 > Billed Quantity"):
        press(world, undo.COMMAND)
    assert before == shown(world)


def test_undone_after_saving(world: Any, tmp_path: Path) -> None:
    """The button's run is undone by the command line in the saved workbook."""
    press(world, run.COMMAND)
    saved = Path(shutil.copyfile(world.save(), tmp_path / "later.xlsx"))
    intact = call("verify", saved, "--json")
    assert (CLEAN, []) == (intact.code, intact.json["altered"])
    assert CLEAN == call("undo", saved).code
    assert "R2026" not in call("log", saved).out.splitlines()[0]
