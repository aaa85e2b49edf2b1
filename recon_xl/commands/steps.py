"""The steps of the journal in words and for `--json`."""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.journal.entries import UNDO, Entry, Journal
from recon_xl.journal.verifying import log_alterations

SHOWN = 8
"""Steps that a message lists, the newest first."""


def told(journal: Journal) -> Iterator[str]:
    """The last steps, what can be undone and done again, and whether the log is as it was written."""
    broken = log_alterations(journal)
    count = len(journal.entries)
    state = "each as it was written" if not broken else f"altered at {broken[0]}"
    yield f"Journal: {count} {'step' if count == 1 else 'steps'}, {state}."
    marks = _marks(journal)
    for entry in reversed(journal.entries[-SHOWN:]):
        yield f"  {entry.id}  {entry.written}  {entry.user}  {entry.command} {entry.about}{marks.get(entry.id, '')}"
        yield f"          {changes_in_words(entry)}"
    if count > SHOWN:
        yield f"  and {count - SHOWN} earlier; --json lists them all"


def steps_json(journal: Journal) -> dict[str, object]:
    """Every step, the oldest first, and the first altered place of the log, None where there is none."""
    undoable, redoable = _undoable(journal), _redoable(journal)
    steps = [
        {
            "id": entry.id, "kind": entry.kind, "command": entry.command, "about": entry.about, "written": entry.written,
            "user": entry.user, "version": entry.version, "inputs": entry.inputs, "totals": entry.totals,
            "hash": entry.hash, "changed": changed_json(entry), "refers": entry.details.get("refers"),
            "undoable": entry.id in undoable, "redoable": entry.id in redoable,
        }
        for entry in journal.entries
    ]  # fmt: skip
    return {"steps": steps, "altered": next(iter(log_alterations(journal)), None)}


def changed_json(entry: Entry) -> list[dict[str, object]]:
    """How many rows of each table the step made, took away and changed."""
    counts = entry.details.get("changed", {}).items()
    return [{"table": table, "new": new, "gone": gone, "changed": rows} for table, (new, gone, rows) in counts]


def changes_in_words(entry: Entry) -> str:
    """`Exceptions 3 new, 1 gone; Margin 2 changed`."""
    parts = []
    for table, counts in entry.details.get("changed", {}).items():
        words = [f"{count} {word}" for count, word in zip(counts, ("new", "gone", "changed"), strict=True) if count]
        parts.append(f"{table} {', '.join(words)}")
    return "; ".join(parts) or "no table changed"


def _marks(journal: Journal) -> dict[str, str]:
    undoable, redoable = _undoable(journal), _redoable(journal)
    return dict.fromkeys(undoable, "  [can be undone]") | dict.fromkeys(redoable, "  [can be done again]")


def _undoable(journal: Journal) -> set[str]:
    """The steps that Undo reaches, one after the other: from the last one on, as long as their data is kept."""
    return _reach(journal, journal.done())


def _redoable(journal: Journal) -> set[str]:
    return _reach(journal, journal.undone())


def _reach(journal: Journal, waiting: list[Entry]) -> set[str]:
    found: set[str] = set()
    for entry in reversed(waiting):
        if (entry.id, UNDO) not in journal.data:
            break
        found.add(entry.id)
    return found
