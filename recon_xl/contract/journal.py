"""The hidden Journal: what every step changed, how to undo it, and a log that shows when it was altered."""

from __future__ import annotations

from recon_xl.contract.model import Column, Group, Kind, Owner, Table, column


def _text(name: str, help_text: str, kind: Kind = Kind.ID, width: int = 14) -> Column:
    return column(name, kind, help_text, owner=Owner.RUN, width=width)


JOURNAL = Table(
    name="Journal",
    excel_name="Journal",
    group=Group.TECHNICAL,
    purpose="Every step that recon-xl wrote, chained by hashes, and what it takes to undo the last ones. Leave it as it is.",
    key=("Entry", "Part"),
    columns=(
        _text("Entry", "Number of the step, from J00001 on.", width=10),
        _text("Part", "ENTRY, or UNDO or MARKS and a number: one piece of what belongs to the step.", width=12),
        _text("Command", "What was done: import, run, undo, redo.", width=12),
        _text("About", "Run, files, or the step that was undone.", Kind.TEXT, width=30),
        _text("Written", "When, UTC.", width=22),
        _text("User", "Who did it.", Kind.TEXT, width=16),
        _text("Version", "Version of recon-xl.", width=10),
        _text("Inputs", "Hash of everything that the step read.", width=20),
        _text("Totals", "What came of it, in words.", Kind.TEXT, width=40),
        _text("Before", "Hash of the entry before.", width=20),
        _text("Hash", "Hash of this entry and of the hash before.", width=20),
        _text("Text", "What the step changed, or a piece of packed data.", Kind.TEXT, width=40),
    ),
)
