"""The resident program: what goes to and comes from a cell, as COM carries it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from recon_xl.addin import server
from recon_xl.addin.places import places
from recon_xl.addin.versions import PROTOCOL
from recon_xl.core.cells import ErrorText

NA = "\ue000#N/A"


@pytest.fixture
def grid(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SimpleNamespace:
    """A grid that hands back `answer` and keeps what it was called with; standing where the functions are."""
    made = SimpleNamespace(answer=None, called=None)

    def call(name: str, arguments: list[object]) -> object:
        made.called = (name, arguments)
        if isinstance(made.answer, Exception):
            raise made.answer
        return made.answer

    monkeypatch.setattr(server, "call", call)
    own = places("win32", {"APPDATA": str(tmp_path), "LOCALAPPDATA": str(tmp_path)})
    monkeypatch.setattr(server, "places", lambda: own)
    return made


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (Decimal("12.345678"), 12.345678),
        (date(2026, 10, 31), datetime(2026, 10, 31)),  # noqa: DTZ001 - Excel knows no time zones
        (2**40, float(2**40)),
        (True, True),
        (None, None),
        ("text", "text"),
        (ErrorText("#DIV/0!"), "\ue000#DIV/0!"),
        ([[Decimal("1.5"), ErrorText("#N/A")], ["x", None]], ((1.5, NA), ("x", None))),
    ],
)
def test_an_answer_is_what_com_can_carry(grid: SimpleNamespace, answer: object, wanted: object) -> None:
    """No Decimal, which would come out as Currency with four decimals; errors marked."""
    grid.answer = answer
    found = server.calculate("RECON_SELL", (1.0,), PROTOCOL)
    assert (wanted, type(wanted)) == (found, type(found))


def test_errors_of_the_grid_arrive_as_errors(grid: SimpleNamespace) -> None:
    """In a single value and in rows."""
    grid.answer = 1.0
    server.calculate("RECON_SELL", (NA, ((1.0, NA),), "plain", None), PROTOCOL)
    name, arguments = grid.called
    assert "RECON_SELL" == name
    assert [ErrorText("#N/A"), ((1.0, ErrorText("#N/A")),), "plain", None] == arguments
    assert isinstance(arguments[0], ErrorText)
    assert isinstance(arguments[1][0][1], ErrorText)


@pytest.mark.parametrize("answer", [ZeroDivisionError("by zero"), object(), [[object()]]])
def test_a_fault_is_an_error_and_never_a_text(grid: SimpleNamespace, tmp_path: Path, answer: object) -> None:
    """A sum would skip a text. The details are in the log."""
    grid.answer = answer
    assert "\ue000#VALUE!" == server.calculate("RECON_SELL", (), PROTOCOL)
    assert "worksheet function RECON_SELL" in (tmp_path / "recon-xl" / "log.txt").read_text(encoding="utf-8")


def test_an_add_in_that_does_not_fit_gets_not_available(grid: SimpleNamespace) -> None:
    """Nothing is calculated by a program that the add-in was not made for; #N/A would read as no finding."""
    assert "\ue000#NAME?" == server.calculate("RECON_SELL", (), "0")
    assert grid.called is None


def test_the_server_starts_only_as_the_add_in_starts_it() -> None:
    """Isolated, with one class id."""
    assert 2 == server.main(["{506e67c3-55b5-48c3-a035-eed5deea7d6d}"])
    assert 2 == server.main([])
