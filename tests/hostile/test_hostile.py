"""Every hostile workbook is read right or refused in plain words, within 5 seconds and 300 MB, and stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from soak._workers import workers

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
    assert seen.seconds < SECONDS
    assert seen.mib < MIB
    if case.words is None or (case.words == "" and not seen.said):
        assert "" == seen.said
        assert case.words == "" or RIGHT == seen.rows[0]
    else:
        assert case.words in seen.said
        assert "october.xlsx" in seen.said
    assert not seen.said or not seen.rows
