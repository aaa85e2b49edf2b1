"""What the button does beside tables: it stops on Esc, speaks in Excel's own dialogs, and goes where the command leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from excel.live import OPENED, model_of
from workbook.calls import call
from workbook.small import small_book

from hosts.worlds import LIVE
from recon_xl.commands.model import Call, Clock
from recon_xl.commands.reading import RUN_READS, WRITES
from recon_xl.commands.reconcile import run
from recon_xl.commands.registry import command, commands
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.errors import Cancelled, WorkbookError
from recon_xl.core.snapshot import Selection
from recon_xl.hosts.excel import ExcelHost

CLOCK = Clock(datetime(2026, 11, 3, 9, 1), "tester", lambda: 0.0)  # noqa: DTZ001 - UTC without saying so


@pytest.fixture(scope="module")
def reconciled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small month after a run."""
    book = small_book(tmp_path_factory.mktemp("live"))
    assert 1 == call("run", book).code
    return book


@pytest.fixture(params=LIVE)
def book(request: pytest.FixtureRequest, reconciled: Path) -> Iterator[xw.Book]:
    """It, open in Excel."""
    with OPENED[str(request.param)](reconciled) as opened:
        yield opened


def test_esc_between_two_steps_stops_the_run(book: xw.Book) -> None:
    """The third step finds Esc held: nothing was written, and the message says that the workbook is as it was."""
    asked: list[int] = []

    def held() -> bool:
        asked.append(1)
        return len(asked) > 3

    host = ExcelHost(book, wants_to_stop=held)
    snapshot = host.read(RUN_READS, WRITES)
    with pytest.raises(Cancelled, match="The workbook is as it was"):
        run(snapshot, CLOCK, host.progress)


def test_progress_stands_on_the_status_bar_and_is_given_back(book: xw.Book) -> None:
    """Excel's own words return with None."""
    host = ExcelHost(book)
    host.progress("Checking the rules")
    assert "Checking the rules" in str(book.app.status_bar)
    host.progress(None)
    assert book.app.status_bar is False


def test_the_message_is_excels_own_dialog(book: xw.Book) -> None:
    """One box, with our name on it; a warning looks like one."""
    ExcelHost(book).tell("3 of 17 open", is_warning=True)
    [box] = model_of(book).app.alerts
    assert ("3 of 17 open", "recon-xl") == (box["prompt"], box["title"])


def test_the_active_workbook_is_found(book: xw.Book) -> None:
    """By the window that was clicked, or the one in front."""
    found = ExcelHost.active().read(("Settings",))
    assert "october.xlsx" == found.book


def test_files_are_chosen_in_excels_own_dialog(reconciled: Path) -> None:
    """Windows: several at once; Cancel gives none."""
    with OPENED["com"](reconciled) as book:
        app = model_of(book).app
        app.files_chosen += [("C:\\month\\recon.csv", "C:\\month\\billed.csv"), False]
        host = ExcelHost(book)
        assert ["C:\\month\\recon.csv", "C:\\month\\billed.csv"] == [str(path) for path in host.choose_files()]
        assert () == host.choose_files()


def test_the_user_is_where_the_selection_is(book: xw.Book) -> None:
    """The tab, row and column of the first selected cell."""
    book.sheets["Products"].activate()
    book.sheets["Products"].range("C7:D9").select()
    assert Selection("Products", 7, 3) == ExcelHost(book).selection()


WITH_STORIES_OF_THEIR_OWN = {"import_files", "redo", "run", "undo"}


@pytest.mark.parametrize("name", [one.id for one in commands() if one.id not in WITH_STORIES_OF_THEIR_OWN])
def test_every_button_answers_and_goes_where_it_says(book: xw.Book, name: str) -> None:
    """Each command reads what it declares, tells something, and leaves the user on a cell that is there."""
    found = command(f"recon_{name}")
    book.sheets["Exceptions"].activate()
    book.sheets["Exceptions"].range("A6").select()
    host = ExcelHost(book)
    snapshot = _with(host.read(found.reads, found.writes), host.selection())
    reply = found.execute(Call(snapshot, CLOCK, host.progress))
    host.apply(reply.changeset, snapshot)
    assert reply.message
    if reply.changeset.active_sheet:
        assert reply.changeset.active_sheet == book.sheets.active.name
        assert reply.changeset.select == book.app.selection.get_address(False, False)


def test_source_rows_and_back(book: xw.Book) -> None:
    """From the exception to its vendor line, its billed line, and back to the exception."""
    book.sheets["Exceptions"].activate()
    book.sheets["Exceptions"].range("A6").select()
    found = command("recon_show_source_rows")
    visited = []
    for _ in range(3):
        host = ExcelHost(book)
        snapshot = _with(host.read(found.reads, found.writes), host.selection())
        host.apply(found.execute(Call(snapshot, CLOCK)).changeset, snapshot)
        visited.append(book.sheets.active.name)
    assert ["Vendor Lines", "Billed Lines", "Exceptions"] == visited


def test_a_snapshot_of_another_reading_is_not_written(book: xw.Book) -> None:
    """What is applied was read by this host."""
    snapshot = ExcelHost(book).read(("Settings",))
    with pytest.raises(WorkbookError, match="read first"):
        ExcelHost(book).apply(ChangeSet(), snapshot)


def _with(snapshot: Any, selection: Selection | None) -> Any:
    return replace(snapshot, selection=selection)
