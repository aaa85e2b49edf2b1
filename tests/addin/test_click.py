"""One press of a button, with a host that only records: what is read, written and said, also when something fails."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from recon_xl import __version__
from recon_xl.addin import click as module
from recon_xl.addin.click import NO_SUCH_BUTTON, click
from recon_xl.addin.places import Places, places
from recon_xl.addin.protocol import LiveHost
from recon_xl.addin.versions import PROTOCOL
from recon_xl.commands.model import Asks, Call, Command, Group, Reply
from recon_xl.core.changeset import ChangeSet, EditRows
from recon_xl.core.errors import Cancelled, InputError
from recon_xl.core.snapshot import Snapshot
from recon_xl.core.terminal import typed
from recon_xl.hosts.excel import ExcelHost
from recon_xl.journal.look import Look
from recon_xl.journal.record import NO_JOURNAL

from .registries import command as declared

SNAPSHOT = Snapshot("october.xlsx", {}, ("Start",))
CHANGES = ChangeSet((EditRows("Settings", update={6: {"Value": "2026-10"}}),), "Start")
REFUSAL = InputError(where="October > B7", found="a word", expected="a number", todo="Type a number.")


class Recorder:
    """A workbook that remembers what was asked of it, standing where Excel would."""

    def __init__(self, files: tuple[Path, ...] = ()) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.files = files

    def read(self, tables: Collection[str], writes: Collection[str] = ()) -> Snapshot:
        """Always the same workbook."""
        self.calls.append(("read", *tables, *writes))
        return SNAPSHOT

    def look(self) -> AbstractContextManager[Look]:
        """Nothing to look at: the workbook has no journal."""
        raise NotImplementedError

    def apply(self, changeset: ChangeSet, snapshot: Snapshot) -> None:
        """Nothing is written."""
        self.calls.append(("apply", changeset, snapshot))

    def progress(self, words: str | None) -> None:
        """No status bar."""
        self.calls.append(("progress", words))

    def tell(self, message: str, is_warning: bool = False) -> None:
        """No dialog."""
        self.calls.append(("tell", message, is_warning))

    def choose_files(self) -> tuple[Path, ...]:
        """What the user would pick."""
        self.calls.append(("choose",))
        return self.files


@pytest.fixture
def own(tmp_path: Path) -> Places:
    """A user of Windows."""
    return places("win32", {"APPDATA": str(tmp_path / "roaming"), "LOCALAPPDATA": str(tmp_path / "local")})


def press(own: Places, host: Recorder | Exception, pressed: Command, monkeypatch: pytest.MonkeyPatch) -> str:
    """Press the button of a command that is in the registry for this press."""

    def factory(window: int | None) -> LiveHost:
        if isinstance(host, Exception):
            raise host
        host.calls.append(("window", window))
        return host

    known = {pressed.control_id: pressed}
    monkeypatch.setattr(module, "registered", known.__getitem__)
    return click(pressed.control_id, 4711, PROTOCOL, own, factory)


def button(reply: Reply | Exception, asks: Asks = Asks.NOTHING) -> Command:
    """A command that answers so."""

    def execute(call: Call) -> Reply:
        call.progress("Working")
        if isinstance(reply, Exception):
            raise reply
        return replace(reply, data={"files": call.files})

    made = declared("compare", Group.RECONCILE, "R")
    return replace(made, execute=execute, reads=("Settings",), writes=("Exceptions",), asks=asks)


def test_a_press_reads_executes_applies_and_tells(own: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this order, on the workbook of that window, with the status bar given back before the message."""
    host = Recorder()
    assert "" == press(own, host, button(Reply(CHANGES, "12 exceptions.", True)), monkeypatch)
    assert [
        ("window", 4711),
        ("read", "Settings", "Journal", "Exceptions"),
        ("progress", "Working"),
        ("progress", "Writing the workbook"),
        ("apply", CHANGES, SNAPSHOT),
        ("progress", None),
        ("tell", f"12 exceptions.\n{NO_JOURNAL}", True),
    ] == host.calls


def test_a_reply_without_changes_writes_nothing(own: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Going to a place is a change to apply, an empty one is none."""
    host = Recorder()
    press(own, host, button(Reply()), monkeypatch)
    assert {"window", "read", "progress"} == {call[0] for call in host.calls}
    press(own, host, button(Reply(ChangeSet((), "Exceptions"))), monkeypatch)
    assert "apply" in {call[0] for call in host.calls}


def test_files_are_chosen_before_anything_is_read(own: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """And where the dialog is cancelled nothing happens."""
    cancelled = Recorder()
    assert "" == press(own, cancelled, button(Reply(CHANGES), Asks.FILES), monkeypatch)
    assert [("window", 4711), ("choose",)] == cancelled.calls
    chosen = Recorder((Path("vendor.csv"),))
    press(own, chosen, button(Reply(CHANGES), Asks.FILES), monkeypatch)
    assert ["window", "choose", "read", "progress", "progress", "apply", "progress"] == [
        call[0] for call in chosen.calls
    ]


def test_what_cannot_go_on_is_said_once(own: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where, what, expected and what to do; nothing is written, nothing is logged."""
    host = Recorder()
    assert "" == press(own, host, button(REFUSAL), monkeypatch)
    words = "October > B7\n\nFound: a word.\nExpected: a number.\n\nType a number."
    assert [("progress", None), ("tell", words, True)] == host.calls[-2:]
    assert not own.log.exists()


def test_a_press_that_was_cancelled_ends_quietly(own: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, no list of what was found."""
    host = Recorder()
    assert "" == press(own, host, button(Cancelled("Pricing")), monkeypatch)
    words = "The workbook is as it was. Press the button again when you are ready."
    assert [("progress", None), ("tell", words, False)] == host.calls[-2:]


def test_a_fault_of_ours_is_logged_and_said_plainly(own: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """The traceback goes to the user's log, not onto the screen."""
    host = Recorder()
    assert "" == press(own, host, button(ZeroDivisionError("by zero")), monkeypatch)
    assert "Compare stopped at a fault of the program (ZeroDivisionError)" in host.calls[-1][1]
    assert "Traceback" not in host.calls[-1][1]
    assert "ZeroDivisionError: by zero" in own.log.read_text(encoding="utf-8")


def test_without_excel_the_caller_gets_the_words(own: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """VBA shows them then."""
    assert press(own, REFUSAL, button(Reply()), monkeypatch).startswith("October > B7")
    assert "fault of the program (OSError)" in press(own, OSError("gone"), button(Reply()), monkeypatch)


def test_another_protocol_or_an_unknown_button_runs_nothing(own: Places) -> None:
    """Checked before Excel is looked for."""

    def never(window: int | None) -> LiveHost:
        raise AssertionError(window)

    told = click("recon_reconcile", 1, "0", own, never)
    assert told.startswith(f"The buttons speak protocol 0, the program {__version__} speaks {PROTOCOL}. ")
    assert f"For the add-in run {typed('addin install')}, then start Excel again." in told
    assert told.endswith("In a workbook with its own code use the add-in, or move to a new workbook.")
    for control in ("recon_no_such_thing", "recon_model", "recon_../evil", "os", "recon_reconcile;calc", ""):
        assert NO_SUCH_BUTTON == click(control, 1, PROTOCOL, own, never)


@pytest.mark.parametrize(
    "arguments", [[], ["recon_run"], ["recon_run", "x", "0.1.0"], ["recon_run", "1", "0.1.0", "more"]]
)
def test_the_cold_way_in_takes_three_words(own: Places, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    """Anything else is left as a message that VBA shows, in its own encoding."""
    monkeypatch.setattr(module, "places", lambda: own)
    monkeypatch.setattr(module, "_ISOLATED", NO_SUCH_BUTTON)
    assert 1 == module.main(arguments)
    assert NO_SUCH_BUTTON == own.message.read_text(encoding="utf-16-le")


def test_the_real_host_is_what_a_click_expects() -> None:
    """Same methods, same parameters."""
    for name in ("read", "apply", "progress", "tell", "choose_files"):
        wanted, found = (list(inspect.signature(getattr(one, name)).parameters) for one in (LiveHost, ExcelHost))
        assert wanted == found, name
    assert ["hwnd"] == list(inspect.signature(ExcelHost.active).parameters)


def test_a_click_does_not_stand_in_a_folder_that_uninstall_removes(
    own: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not remove the current folder of a program; the program's own folder stays."""
    stood: list[str] = []
    monkeypatch.setattr(module.os, "chdir", stood.append)
    monkeypatch.setattr(module, "click", lambda *words: "")
    assert "" == module._clicked(["recon_run", "1", PROTOCOL], own)
    assert [sys.prefix] == stood
    assert not own.message.parent.exists()
