"""What Undo and Redo share: an entry of the journal is taken back, and that is an entry too."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from recon_xl.commands.import_files import TABLES
from recon_xl.commands.model import Call, Reply
from recon_xl.commands.reading import WRITES
from recon_xl.commands.steps import changed_json
from recon_xl.core.errors import WorkbookError
from recon_xl.core.snapshot import Snapshot
from recon_xl.journal.entries import NAME, UNDO, UNDONE, Entry, Journal
from recon_xl.journal.record import STEPS, UPGRADE, Deed
from recon_xl.journal.undoing import called, taken_back

EVERY = tuple(dict.fromkeys((*TABLES, *WRITES)))
"""The tables that a step may have written."""


def step_back(call: Call, kind: str) -> Reply:
    """The last step that stands taken back, or the last undoing of one. WorkbookError where that cannot be done."""
    journal = journal_of(call.snapshot)
    waiting = journal.done() if kind == UNDONE else journal.undone()
    if not waiting or call.look is None:
        raise _nothing(call.snapshot, kind)
    entry = waiting[-1]
    call.progress("Looking at what was changed since")
    with call.look() as look:
        changeset = taken_back(call.snapshot.book, look, journal, entry, date1904=call.snapshot.date1904)
    step = first_of(journal, entry)
    done = "Undone" if kind == UNDONE else "Done again"
    deed = Deed(f"{step.command} {step.about}", step.inputs, step.totals, kind, entry.id)
    others = _still_kept(journal, waiting[:-1])
    can = "can be undone" if kind == UNDONE else "can be done again"
    more = f" {others} more {'step' if others == 1 else 'steps'} {can}." if others else ""
    data = {
        "exit_code": 0,
        "step": step.id,
        "command": step.command,
        "about": step.about,
        "changed": changed_json(entry),
    }
    return Reply(changeset, f"{done}: {called(step)}.{more}", data=data, deed=deed)


def _still_kept(journal: Journal, waiting: Sequence[Entry]) -> int:
    """How many of these steps, from the last one back, the journal keeps whole."""
    is_kept = (bool(journal.packed(entry, UNDO)) for entry in reversed(waiting[-(STEPS - 1) :]))
    return sum(1 for _ in takewhile(bool, is_kept))


def journal_of(snapshot: Snapshot) -> Journal:
    """The journal of a workbook; WorkbookError where it has none."""
    raw = snapshot.tables.get(NAME)
    if raw is None:
        raise WorkbookError(
            where=snapshot.book, found="no Journal sheet: the workbook is of an earlier version",
            expected="a workbook whose steps are journaled", todo=f"{UPGRADE}.",
        )  # fmt: skip
    return Journal.of(raw)


def first_of(journal: Journal, entry: Entry) -> Entry:
    """The step that an undoing or redoing is about, through any number of them."""
    by_id = {one.id: one for one in journal.entries}
    while entry.details.get("refers") in by_id:
        entry = by_id[entry.details["refers"]]
    return entry


def _nothing(snapshot: Snapshot, kind: str) -> WorkbookError:
    what, wanted = ("undo", "a run or an import") if kind == UNDONE else ("do again", "a step that was undone last")
    return WorkbookError(
        where=snapshot.book, found=f"nothing to {what}", expected=wanted,
        todo="recon-xl log lists the steps. Nothing was changed.",
    )  # fmt: skip
