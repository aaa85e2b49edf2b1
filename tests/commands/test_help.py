"""Help: works everywhere, also without a month-end workbook."""

from __future__ import annotations

from commands.press import place, press
from recon_xl import __version__
from recon_xl.commands.help import COMMAND
from recon_xl.core.snapshot import Snapshot
from recon_xl.core.terminal import typed


def test_the_month_in_three_steps(blank_book: Snapshot) -> None:
    """Version, steps, guide, the doctor, and Start."""
    reply = press(COMMAND, blank_book)
    lines = reply.message.splitlines()
    assert f"recon-xl {__version__}" == lines[0]
    assert ["  1.", "  2.", "  3."] == [line[:4] for line in lines if line[:3] in ("  1", "  2", "  3")]
    assert "The tab Start lists every tab and what its colours mean." in lines
    assert "docs/user-guide.md in the repository" in reply.message  # no such file is installed
    assert f"type in a terminal: {typed('addin doctor')}" in reply.message
    assert "Start!A1" == place(reply)


def test_in_any_other_workbook() -> None:
    """There is no Start to go to."""
    assert press(COMMAND, Snapshot("Book1", {}, ("Sheet1",))).changeset.active_sheet is None
