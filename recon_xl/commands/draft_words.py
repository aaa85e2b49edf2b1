"""A draft and a draft line in words."""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.commands.rows import Row
from recon_xl.commands.standing import Subject
from recon_xl.report.draft_tables import DRAFTED

_MOST = 12
"""Lines that are listed one by one; a message that does not fit on the screen is not read."""


def draft_line(about: Subject) -> str:
    """A draft line in a few words."""
    row = about.row
    return " · ".join([f"Draft line {row.text('Line')}", row.text("Customer"), row.text("Product"), row.money("Net")])


def draft(about: Subject) -> str:
    """A draft as a whole: its number, its customer and its total."""
    row = about.row
    return " · ".join([f"Draft {row.text('Number')}", row.text("Customer"), row.money("Total")])


def explained(about: Subject) -> Iterator[str]:
    """What a draft is made of; the reason of one line stands on that line."""
    row = about.row
    drafted = [line for line in about.lines if line.text("Status") == DRAFTED]
    held = [line for line in about.lines if line.text("Status") != DRAFTED]
    yield draft(about)
    yield ""
    yield f"Net {row.money('Net')}, tax {row.money('Tax')}, total {row.money('Total')} ({row.text('Status')})."
    if row.text("Hold Reason"):
        yield f"Why it is held: {row.text('Hold Reason')}"
    yield from _listed("in the net", drafted)
    yield from _listed("held, outside the net", held)
    yield "For the reason of one line, select it on Draft Lines."


def _listed(where: str, lines: list[Row]) -> Iterator[str]:
    if not lines:
        return
    yield f"{len(lines)} line{'s' if len(lines) > 1 else ''} {where}:"
    width = max(len(line.money("Net")) for line in lines[:_MOST])
    for line in lines[:_MOST]:
        reason = f": {line.text('Hold Reason')}" if line.text("Hold Reason") else ""
        yield f"  {line.money('Net'):>{width}}  {line.text('Line')} · {line.text('Product')}{reason}"
    if lines[_MOST:]:
        yield f"  and {len(lines) - _MOST} more"
