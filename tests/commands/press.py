"""Presses a button without Excel: the command sees what it declares, and what it wants written is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from recon_xl.commands.model import Call, Clock, Command, Reply
from recon_xl.core.snapshot import Selection, Snapshot
from recon_xl.ooxml.address import parse_cell

CLOCK = Clock(datetime(2026, 11, 9, 9, 0), "tester", lambda: 0.0)  # noqa: DTZ001 - times of the product are UTC


def press(
    command: Command,
    snapshot: Snapshot,
    at: str = "",
    files: tuple[Path, ...] = (),
    progress: Callable[[str], None] = lambda step: None,
) -> Reply:
    """What the command answers; `at` is the selected cell, such as `Exceptions!A7`.

    As the host of the open workbook does it: tables that are only written are there with their headers alone.
    """
    headers = {name: replace(snapshot.tables[name], rows=()) for name in command.writes}
    tables = {**headers, **{name: snapshot.tables[name] for name in command.reads}}
    seen = replace(snapshot, tables=tables, selection=standing(at) if at else None)
    return command.execute(Call(seen, CLOCK, progress, files))


def standing(at: str) -> Selection:
    """The cell that a text names."""
    sheet, _, cell = at.rpartition("!")
    found = parse_cell(cell)
    assert found is not None, at
    return Selection(sheet, *found)


def place(reply: Reply) -> str:
    """Where the command leads: `Exceptions!A7:X7`; such a reply writes nothing."""
    assert reply.changeset.is_empty
    return f"{reply.changeset.active_sheet}!{reply.changeset.select or ''}"


def walk(command: Command, snapshot: Snapshot, start: str, steps: int) -> list[str]:
    """The places that pressing again and again leads to."""
    places = [start]
    for _ in range(steps):
        places.append(place(press(command, snapshot, places[-1].split(":", maxsplit=1)[0])))
    return places[1:]
