"""Every hostile workbook is read right or refused in plain words, within 5 seconds and 300 MB, and stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from soak._workers import workers
from workbook.calls import COULD_NOT_RUN, call

from hostile import all_cases
from hostile.model import RIGHT, Case
from hostile.watch import watched

CASES = all_cases()
SECONDS, MIB = 5.0, 300.0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_workbook_does_no_harm(case: Case, tmp_path: Path) -> None:
    """No traceback, no hang, no swelling, no guess."""
    path = tmp_path / "october.xlsx"
    path.write_bytes(case.content())
    seen = watched(workers(), path)
    assert "" == seen.fault
    assert seen.is_unchanged
    if seen.seconds >= SECONDS:  # once more, in case the machine was busy with something else
        seen = watched(workers(), path)
    assert seen.seconds < SECONDS
    assert seen.mib < MIB
    if case.words is None or (case.words == "" and not seen.said):
        assert "" == seen.said
        assert case.words == "" or RIGHT == seen.rows[0]
    else:
        assert case.words in seen.said
        assert "october.xlsx" in seen.said
    assert not seen.said or not seen.rows


@pytest.mark.parametrize("name", ["twin", "name-up", "encrypted", "entity-sheet-file", "overlapping", "cut-end_0_0"])
def test_the_command_line_refuses_it(name: str, tmp_path: Path) -> None:
    """Whichever command is given it: exit code 2, four sentences, no traceback, and not one byte is changed."""
    [case] = [case for case in CASES if case.name == name]
    path, month = tmp_path / "october.xlsx", tmp_path / "month.xlsx"
    path.write_bytes(case.content())
    call("new", month, "--period", "2026-10")
    before = (path.read_bytes(), month.read_bytes())
    for arguments in (
        ("inspect", path),
        ("import", month, path),
        ("run", path),
        ("sources", path),
        ("import", path, month),
    ):
        answer = call(*arguments)
        assert COULD_NOT_RUN == answer.code, arguments
        assert "Traceback" not in answer.out + answer.err
        assert "a fault of its own" not in answer.out + answer.err
        assert (case.words or "") in answer.out + answer.err
    assert before == (path.read_bytes(), month.read_bytes())
    assert {path, month} == set(tmp_path.iterdir())
