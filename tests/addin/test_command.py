"""`recon-xl addin`, as a person on a system without desktop Excel meets it, and the build."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from recon_xl.cli import main
from recon_xl.ooxml.lint import lint

from .conftest import TEMPLATES

NO_EXCEL = "a system without desktop Excel"


@pytest.fixture(autouse=True)
def _without_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this computer is."""
    from recon_xl.addin.places import places  # noqa: PLC0415 - the real one

    monkeypatch.setattr("recon_xl.cli.addin.places", lambda: places("linux", {}))


def test_doctor_says_that_there_is_no_excel(capsys: pytest.CaptureFixture[str]) -> None:
    """As a problem, with what to do instead."""
    assert 1 == main(["addin", "doctor"])
    printed = capsys.readouterr().out
    assert NO_EXCEL in printed
    assert "recon-xl run does what the ribbon does" in printed
    assert printed.endswith("1 problem.\n")


def test_doctor_speaks_json(capsys: pytest.CaptureFixture[str]) -> None:
    """One object with every check."""
    assert 1 == main(["addin", "doctor", "--json"])
    data = json.loads(capsys.readouterr().out)
    assert data["ready"] is False
    assert [{"name", "status", "found", "todo"}] == [set(check) for check in data["checks"]]


@pytest.mark.parametrize("action", ["install", "uninstall"])
def test_install_and_uninstall_refuse(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Could not run."""
    assert 2 == main(["addin", action])
    assert NO_EXCEL in capsys.readouterr().err


def test_build_writes_what_is_committed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On any system."""
    assert 0 == main(["addin", "build", "--out", str(tmp_path / "new")])
    assert {"recon-xl.xlam", "month_end.xlsm"} == {path.name for path in (tmp_path / "new").iterdir()}
    for path in (tmp_path / "new").iterdir():
        assert (TEMPLATES / path.name).read_bytes() == path.read_bytes()
    assert "recon-xl.xlam" in capsys.readouterr().out


def test_an_unknown_action_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the ones there are."""
    assert 2 == main(["addin", "explode"])
    assert "doctor" in capsys.readouterr().err


def test_a_macro_book_is_made_and_run_like_any_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its VBA and ribbon survive every write, byte for byte."""
    book = tmp_path / "october.xlsm"
    assert 0 == main(["new", str(book), "--sample"])
    assert 1 == main(["run", str(book)])
    capsys.readouterr()
    with zipfile.ZipFile(TEMPLATES / "month_end.xlsm") as before, zipfile.ZipFile(book) as after:
        for part in ("xl/vbaProject.bin", "customUI/customUI.xml", "customUI/customUI14.xml"):
            assert before.read(part) == after.read(part)
    assert [] == lint(book)
