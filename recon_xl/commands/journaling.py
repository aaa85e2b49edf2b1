"""A step of a command into the journal, and what the log says of a run and of an import."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from recon_xl.commands.model import Clock
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.collector import without_collector
from recon_xl.core.snapshot import Snapshot
from recon_xl.journal.entries import NAME
from recon_xl.journal.look import Look
from recon_xl.journal.record import NO_JOURNAL, Act, Deed, Journaled, journaled
from recon_xl.report.result import Result

JOURNAL = (NAME,)
"""The table that is read and written beside those of the command."""


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook that a step is written into: as it was read, and how to look at its cells."""

    snapshot: Snapshot
    look: Callable[[], AbstractContextManager[Look]]


def step(book: Book, changeset: ChangeSet, command: str, clock: Clock, deed: Deed) -> Journaled:
    """The changes with their journal, ready to be written in one go."""
    if changeset.is_empty:
        return Journaled(changeset)
    if NAME not in book.snapshot.tables:
        return Journaled(changeset, note=NO_JOURNAL)
    with without_collector(), book.look() as look:
        return journaled(changeset, book.snapshot, look, Act(command, clock.now, clock.user, deed))


def journal_json(done: Journaled) -> dict[str, object]:
    """The object `journal` of `--json`."""
    return {"entry": done.entry or None, "undoable": bool(done.entry) and not done.note, "note": done.note or None}


def run_deed(result: Result) -> Deed:
    """A run in the log."""
    hold = sum(1 for control in result.controls if control.ok)
    totals = (
        f"{result.status}; {len(result.exceptions)} exceptions; {len(result.drafts)} drafts; "
        f"{hold} of {len(result.controls)} controls hold"
    )
    return Deed(f"{result.stamp.run_id} {result.period}", result.stamp.inputs, totals)


def import_deed(entries: Sequence[Mapping[str, object]], files: Sequence[Path]) -> Deed:
    """An import in the log: the files, the hash of their content, and the rows of each."""
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            hashlib.file_digest(file, lambda: digest)  # piece by piece: a vendor's file may be large
    totals = "; ".join(_rows(entry) for entry in entries)
    return Deed(", ".join(path.name for path in files), digest.hexdigest(), totals)


def both_deeds(imported: Deed, run: Deed) -> Deed:
    """An import and a run in one step."""
    return replace(run, about=f"{run.about} with {imported.about}", totals=f"{imported.totals}; {run.totals}")


def _rows(entry: Mapping[str, object]) -> str:
    found = [f"{entry[name]} {name}" for name in ("inserted", "updated") if entry.get(name)]
    return f"{entry['table']}: {', '.join(found) or 'nothing new'}"
