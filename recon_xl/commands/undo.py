"""Undo: takes the last step back, whoever closed and opened the workbook since."""

from __future__ import annotations

from recon_xl.commands.model import Call, Command, Group, Reply
from recon_xl.commands.stepping import EVERY, step_back
from recon_xl.journal.entries import UNDONE


def execute(call: Call) -> Reply:
    """What the last step changed as it stood before. WorkbookError where there is none, or where you changed its cells since."""
    return step_back(call, UNDONE)


COMMAND = Command(
    id="undo",
    label="Undo",
    group=Group.RECONCILE,
    key_tip="U",
    screentip="Take the last step of recon-xl back",
    supertip="Puts back what the last run or import changed, also after the workbook was saved and opened again. "
    "What you did elsewhere stays; where you changed what the step wrote, it refuses and lists the cells.",
    icon="Undo",
    execute=execute,
    reads=("Journal",),
    writes=EVERY,
    is_large=False,
    position=3,
)
