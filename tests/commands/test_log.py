"""Log: the newest run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scenarios.harness import Books

from commands.press import place, press
from recon_xl.commands.log import COMMAND
from recon_xl.core.errors import ContractError
from recon_xl.core.snapshot import Snapshot


def test_the_newest_run(reviewed: Snapshot) -> None:
    """By its id, wherever the table is sorted to."""
    raw = reviewed.tables["Run Log"]
    [(number, cells)] = raw.rows
    older = (number, ["R20261001-080000", *cells[1:]])
    sorted_up = replace(raw, rows=(older, (number + 1, cells)))
    reply = press(COMMAND, replace(reviewed, tables={**reviewed.tables, "Run Log": sorted_up}))
    assert "Run Log!A7:M7" == place(reply)
    assert (
        "2 runs; the last: R20261109-083000 by tester, 2026-10, FINDINGS, 3 exceptions, 2 drafts, controls 5 of 6 hold."
    ) == reply.message
    assert (2, "R20261109-083000") == (reply.data["runs"], reply.data["run"]["id"])


def test_before_the_first_run(month: Books) -> None:
    """It says how to make one."""
    with pytest.raises(ContractError, match="Press Run"):
        press(COMMAND, month.snapshot())
