"""Help: the month in three steps, the version, and where to read on."""

from __future__ import annotations

from recon_xl import __version__
from recon_xl.commands.model import Call, Command, Enabled, Group, Reply
from recon_xl.contract.catalogue import START_SHEET
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.terminal import typed

GUIDE = "docs/user-guide.md"
"""In the repository that recon-xl was installed from; it is not installed with the program."""
STEPS = (
    "Import files: vendor invoices, the bill that your PSA plans, counts. Then fill what Mapping gaps shows.",
    "Run: reconciles the month and writes Exceptions, Tie-out and drafts. Preview says first what would change.",
    "Next exception: goes from gap to gap; Explain says why, Show source rows goes to the rows behind it. Set Disposition, run again.",
)


def execute(call: Call) -> Reply:
    """Show Start where there is one, and say how a month goes."""
    doctor = typed("addin doctor")
    lines = [f"recon-xl {__version__}", "", "The month in three steps:"]
    lines += [f"  {number}. {step}" for number, step in enumerate(STEPS, 1)]
    lines += [
        "",
        "The tab Start lists every tab and what its colours mean.",
        f"The guide is {GUIDE} in the repository that recon-xl was installed from.",
        f"If a button does nothing, type in a terminal: {doctor}",
    ]
    changes = ChangeSet(active_sheet=START_SHEET, select="A1") if START_SHEET in call.snapshot.sheets else ChangeSet()
    data = {"version": __version__, "guide": GUIDE, "doctor": doctor, "steps": list(STEPS)}
    return Reply(changes, "\n".join(lines), data=data)


COMMAND = Command(
    id="help",
    label="Help",
    group=Group.CLOSE,
    key_tip="H",
    screentip="The month in three steps",
    supertip="Says how a month goes, which version this is and where the guide is, and shows Start.",
    icon="Help",
    execute=execute,
    enabled=Enabled.ALWAYS,
    position=2,
)
