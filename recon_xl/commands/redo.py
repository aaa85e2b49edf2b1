"""Redo: does again what Undo took back."""

from __future__ import annotations

from recon_xl.commands.model import Call, Command, Group, Reply
from recon_xl.commands.stepping import EVERY, step_back
from recon_xl.journal.entries import REDONE


def execute(call: Call) -> Reply:
    """The step that was undone last, as it was. WorkbookError where there is none, or where you changed cells since."""
    return step_back(call, REDONE)


COMMAND = Command(
    id="redo",
    label="Redo",
    group=Group.RECONCILE,
    key_tip="Y",
    screentip="Do again what Undo took back",
    supertip="Writes the step that was undone last as it was, without reading files or reckoning again. A new run or import "
    "ends what can be done again.",
    icon="Redo",
    execute=execute,
    reads=("Journal",),
    writes=EVERY,
    position=4,
)
