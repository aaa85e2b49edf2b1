"""One step into the journal: its ChangeSet comes back with the journal's own rows, to be written together or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from recon_xl import __version__
from recon_xl.core.cells import Value
from recon_xl.core.changeset import ChangeSet, EditRows
from recon_xl.core.snapshot import Snapshot
from recon_xl.journal.differences import packed, whole
from recon_xl.journal.entries import FIELDS, MARKS, NAME, STEP, UNDO, Entry, Journal, data_rows
from recon_xl.journal.kept import Keeper, Kept
from recon_xl.journal.look import Look
from recon_xl.journal.packing import digest, pack
from recon_xl.journal.truth import TABS, TRUTH, Truth, must, truth_put_back

_NUMBERED = re.compile(r"J[0-9]{5,9}").fullmatch
STEPS = 5
"""How many of the last steps can be undone."""
MOST_CHARACTERS = 4_000_000
"""Packed data of one step that the workbook carries at most, some 3 MB of the file."""
MOST_CELLS = 3_000_000
"""Cells that stood there before, beyond which a step is not even packed."""
UPGRADE = "Add the Journal with: recon-xl upgrade BOOK"
NO_JOURNAL = f"This step cannot be undone: the workbook is of an earlier version and has no Journal. {UPGRADE}"
TOO_LARGE = "it was too large to keep"


@dataclass(frozen=True, slots=True)
class Deed:
    """What the log says of a step. `refers` is the entry that is undone or done again."""

    about: str = ""
    inputs: str = ""
    totals: str = ""
    kind: str = STEP
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A deed, and who did it with which command, when."""

    command: str
    now: datetime
    user: str
    deed: Deed = field(default_factory=Deed)


@dataclass(frozen=True, slots=True)
class Journaled:
    """The change set with its journal, the number of the entry, and what the user must know: blank where it can be undone."""

    changeset: ChangeSet
    entry: str = ""
    note: str = ""


def journaled(changeset: ChangeSet, snapshot: Snapshot, look: Look, act: Act) -> Journaled:
    """The same changes and the rows that journal them; the snapshot has the Journal."""
    journal = Journal.of(snapshot.tables[NAME])
    kept = Keeper(look, Truth(journal, latest(journal)), date1904=snapshot.date1904).keep(changeset.changes)
    entry, undo, marks = _entry(journal, kept, act)
    new: list[list[Value]] = [[text or None for text in entry.fields()]]
    new += [*data_rows(entry, UNDO, undo), *data_rows(entry, MARKS, marks)]
    journal.entries.append(entry)
    change = EditRows(NAME, FIELDS, new, delete=frozenset(_let_go(journal)))
    note = "" if undo else f"{entry.id} cannot be undone: {entry.details['why']}. It is in the log."
    return Journaled(ChangeSet((*changeset.changes, change), changeset.active_sheet, changeset.select), entry.id, note)


def _entry(journal: Journal, kept: Kept, act: Act) -> tuple[Entry, str, str]:
    changed = whole(kept.changed)
    undo, why = _packed_undo(kept)
    if undo:
        undo = pack({"changes": kept.undo, "changed": packed(changed)})
        undo, why = (undo, why) if len(undo) <= MOST_CHARACTERS else ("", TOO_LARGE)
    tables = {name: marks.packed() for name, marks in kept.tables.items()}
    tabs = _all_tabs(journal, kept, act)
    has_marks = bool(tables or tabs or kept.cells)
    marks = pack({"tables": tables, "tabs": tabs, "cells": kept.cells, **_truth(journal, act)}) if has_marks else ""
    details = {
        "kind": act.deed.kind, "refers": act.deed.refers, "undo": digest(undo) if undo else None, "why": why,
        "marks": digest(marks) if marks else None, "tables": list(tables), "tabs": bool(kept.tabs or kept.removed) or None,
        "changed": {one.table: one.counts() for one in changed if any(one.counts())},
    }  # fmt: skip
    last = journal.entries[-1] if journal.entries else None
    number = int(last.id[1:]) + 1 if last and _NUMBERED(last.id) else len(journal.entries) + 1
    entry = Entry(
        id=f"J{number:05}", command=act.command, about=act.deed.about, written=_utc(act.now), user=act.user,
        version=__version__, inputs=act.deed.inputs, totals=act.deed.totals, before=last.hash if last else "", hash="",
        text=json.dumps({name: value for name, value in details.items() if value}),
    )  # fmt: skip
    return entry.chained(), undo, marks


def _truth(journal: Journal, act: Act) -> dict[str, object]:
    """What an undoing puts back was perhaps altered by hand before: the marks that it should have."""
    found = truth_put_back(journal, next((one for one in journal.entries if one.id == act.deed.refers), None))
    return {TRUTH: found} if found else {}


def _all_tabs(journal: Journal, kept: Kept, act: Act) -> Mapping[str, object]:
    """Marks of every draft tab. A run draws them all; Undo and Redo only those that differ, and the others stay as marked."""
    earlier = latest(journal).get("")
    if act.deed.kind == STEP or earlier is None or not (kept.tabs or kept.removed):
        return kept.tabs
    try:
        there = must(journal.content(earlier, MARKS) or {}, TABS)
    except ValueError:
        there = {}
    return {name: marks for name, marks in {**there, **kept.tabs}.items() if name not in kept.removed}


def _packed_undo(kept: Kept) -> tuple[str, str]:
    """Whether it is worth packing ("yes"), and why not."""
    if kept.why_not:
        return "", kept.why_not
    cells = sum(
        len(row[0]) for one in kept.undo for row in one.get("rows", ()) if isinstance(row, list) and one["c"] == "rows"
    )
    return ("", TOO_LARGE) if cells > MOST_CELLS else ("yes", "")


def _let_go(journal: Journal) -> Iterable[int]:
    """Rows of packed data that nothing needs any more: steps beyond the last ones, marks that later steps replaced."""
    undoable = {entry.id for entry in (*journal.done()[-STEPS:], *journal.undone()[-STEPS:])}
    marking = undoable | {entry.id for entry in latest(journal).values()}
    for (name, part), rows in journal.rows.items():
        if name not in (undoable if part == UNDO else marking):
            yield from rows


def latest(journal: Journal) -> dict[str, Entry]:
    """For each table that steps write anew, and for the draft tabs together (blank): the entry that wrote it last."""
    found: dict[str, Entry] = {}
    for entry in journal.entries:
        found |= dict.fromkeys(entry.details.get("tables", ()), entry)
        if entry.details.get("tabs"):
            found[""] = entry
    return found


def _utc(now: datetime) -> str:
    moment = now.astimezone(UTC) if now.tzinfo else now
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
