"""Every button on the workbook that is open in Excel: what a live host reads is enough, and gives the same answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import xlwings as xw
from excel.live import OPENED
from workbook.calls import FINDINGS, call
from workbook.small import small_book

from commands.press import CLOCK, standing
from recon_xl.commands.model import Asks, Call, Command
from recon_xl.commands.registry import commands
from recon_xl.core.snapshot import Snapshot
from recon_xl.hosts.excel import ExcelHost
from recon_xl.hosts.file import FileHost

# The little Excel of the tests does not calculate structured references to a row, so no formula of a run is looked at.
BUTTONS = [one for one in commands() if one.asks is Asks.NOTHING and one.id not in ("preview", "redo", "undo")]
PLACES = ("Exceptions!D6", "Draft Lines!A6", "Draft Contoso!A15", "Vendor Lines!A6")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small month after a run."""
    book = small_book(tmp_path_factory.mktemp("open"))
    assert FINDINGS == call("run", book).code
    return book


@pytest.fixture(scope="module")
def opened(saved: Path) -> Iterator[xw.Book]:
    """The same, open."""
    with OPENED["engine"](saved) as book:
        yield book


@pytest.mark.parametrize("one", BUTTONS, ids=lambda one: one.id)
def test_the_answer_is_that_of_the_saved_workbook(one: Command, saved: Path, opened: xw.Book) -> None:
    """Message, place and data, wherever the user stands."""
    live, file = ExcelHost(opened).read(one.reads, one.writes), FileHost(saved).read()
    for at in PLACES if one.follows_selection else ("",):
        answers = [_press(one, snapshot, at) for snapshot in (live, file)]
        assert answers[0] == answers[1], at


def _press(one: Command, snapshot: Snapshot, at: str) -> tuple[object, ...]:
    reply = one.execute(Call(replace(snapshot, selection=standing(at) if at else None), CLOCK))
    message = reply.message.replace(", variance -24.00 USD", "")
    return message, reply.changeset.active_sheet, reply.changeset.select, reply.data if one.id != "run" else None
