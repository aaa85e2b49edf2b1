"""Run: reconciles the month and writes what it found."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.commands.journaling import run_deed
from recon_xl.commands.model import Call, Command, Group, Lazily, Reply
from recon_xl.commands.reading import RUN_READS, WRITES
from recon_xl.commands.reconcile import run
from recon_xl.report.json_report import result_json
from recon_xl.report.words import headline, is_doubtful

_SHOWN = 5
"""Conflicts that a message box has room for."""


def execute(call: Call) -> Reply:
    """Result tabs, drafts and Start as a change set; a warning where the month does not tie out. ReconError where it cannot run."""
    outcome = run(call.snapshot, call.clock, call.progress)
    result = outcome.result
    lines = [
        *headline(result),
        *_told(result.conflicts),
        "Press Next exception to go through them." if result.exceptions else "Check Tie-out next.",
    ]
    data = Lazily(lambda: result_json(result))
    return Reply(outcome.changeset, "\n".join(lines), is_doubtful(result), data, run_deed(result))


def _told(conflicts: Sequence[str]) -> list[str]:
    """The first of what the user did to the results that this run could not simply carry on."""
    more = [f"and {len(conflicts) - _SHOWN} more; recon-xl run lists them all."] if len(conflicts) > _SHOWN else []
    return [*(f"{one}." for one in conflicts[:_SHOWN]), *more]


COMMAND = Command(
    id="run",
    label="Run",
    group=Group.RECONCILE,
    key_tip="R",
    screentip="Reconcile the month",
    supertip="Compares vendor invoices, counts and your planned bill, and writes exceptions, tie-out and drafts into this "
    "workbook. Your dispositions, notes and own columns stay.",
    icon="CalculateNow",
    execute=execute,
    reads=RUN_READS,
    writes=WRITES,
    is_large=True,
    position=2,
)
