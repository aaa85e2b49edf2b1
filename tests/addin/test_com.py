"""The way of a press on Windows from xlwings' own COM server class on, through our program, to the live host.

Real: `XLPython` of xlwings' com_server, our server and click, ExcelHost, xlwings' Windows classes. Standing in: pywin32 and Excel.
"""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from excel.fake_com import opened
from excel.live import model_of
from excel.pywin32_stubs import HWND

from recon_xl.addin import click, server
from recon_xl.addin.places import places
from recon_xl.addin.versions import PROTOCOL
from recon_xl.commands.model import Asks, Call, Group, Reply
from recon_xl.commands.new_book import set_period
from recon_xl.commands.registry import commands as registered

from .conftest import TEMPLATES
from .registries import command

NAME = "xlwings.com_server"


@pytest.fixture
def com(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The COM object that VBA holds, with a month-end workbook open in Excel."""
    book = tmp_path / "october.xlsx"
    shutil.copyfile(TEMPLATES / "month_end.xlsx", book)
    stubs = _server_stubs()
    with (
        opened(book) as live,
        patch.dict(sys.modules, stubs),
        patch.object(sys.modules["win32com"], "server", stubs["win32com.server"], create=True),
        patch.multiple(sys.modules["pythoncom"], create=True, TypeIIDs={0: object}, IID_IDispatch=0),
    ):
        made = importlib.import_module(NAME)
        try:
            yield SimpleNamespace(object=made.XLPython(), live=live)
        finally:
            made.loop.close()
            for name in (NAME, "xlwings.udfs"):
                sys.modules.pop(name, None)


def _server_stubs() -> dict[str, ModuleType]:
    """What the server asks of pywin32 beside the client: a wrapped object is the object itself."""

    def unwrap(found: Any) -> Any:
        if not hasattr(found, "obj"):
            raise TypeError(found)
        return found

    names = ("win32event", "win32com.server", "win32com.server.dispatcher", "win32com.server.policy")
    made = {name: ModuleType(name) for name in names}
    made["win32com.server.util"] = ModuleType("win32com.server.util")
    vars(made["win32com.server.util"]).update(wrap=lambda one, **_: one, unwrap=unwrap)
    vars(made["win32com.server"]).update(util=made["win32com.server.util"])
    return made


def called(com: SimpleNamespace, name: str, *arguments: object) -> Any:
    """As ReconServer.bas and ReconGrid.bas call it."""
    xlwings = com.object
    return xlwings.Var(xlwings.Call(xlwings.Module("recon_xl.addin.server"), name, xlwings.TupleFromArray(arguments)))


@pytest.fixture
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = places("win32", {"APPDATA": str(tmp_path), "LOCALAPPDATA": str(tmp_path)})
    monkeypatch.setattr(server, "places", lambda: own)


@pytest.mark.usefixtures("_own_places")
def test_a_press_changes_the_workbook_in_that_window(com: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read, changed, told in a dialog of Excel's; nothing is left for VBA to say."""

    def execute(call: Call) -> Reply:
        return Reply(set_period(call.snapshot, "2026-10"), "October it is.")

    pressed = replace(
        command("compare", Group.RECONCILE, "R"), execute=execute, reads=("Settings",), writes=("Settings",)
    )
    monkeypatch.setattr(click, "registered", {pressed.control_id: pressed}.__getitem__)
    monkeypatch.setattr(click, "keep_lean", lambda: None)  # the tests have loaded pandas long ago
    assert "" == called(com, "click", "recon_compare", HWND, PROTOCOL)
    cells = {row[0]: row[1] for row in com.live.sheets["Settings"].range("A6:B30").value}
    assert "2026-10" == cells["Period"]


@pytest.mark.usefixtures("_own_places")
def test_every_registered_button_answers_in_the_workbook(com: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a blank month: a message in Excel each, none left for VBA, and no fault of ours."""
    monkeypatch.setattr(click, "keep_lean", lambda: None)
    model = model_of(com.live)
    for one in registered():
        before = len(model.app.alerts)
        assert "" == called(com, "click", one.control_id, HWND, PROTOCOL), one.id
        told = [alert["prompt"] for alert in model.app.alerts[before:]]
        assert one.asks is Asks.FILES or 1 == len(told), one.id
        assert not [words for words in told if "fault of the program" in words], told


@pytest.mark.usefixtures("_own_places")
def test_what_python_cannot_tell_goes_back_to_vba(com: SimpleNamespace) -> None:
    """Another protocol, a button that is none."""
    assert called(com, "click", "recon_compare", HWND, "0.0.1").startswith(
        "The buttons speak protocol 0.0.1, the program"
    )
    assert click.NO_SUCH_BUTTON == called(com, "click", "recon_nothing", HWND, PROTOCOL)


@pytest.mark.usefixtures("_own_places")
def test_the_answer_of_a_function_comes_back_as_rows(com: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """COM takes the first element of a tuple for the answer, so rows come wrapped in one more."""
    monkeypatch.setattr(server, "call", lambda name, arguments: [[1.5, arguments[0]]])
    assert (((1.5, "x"),),) == called(com, "calculate", "RECON_ADDUP", ("x",), PROTOCOL)
