"""Diff: what a step changed, line by line; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recon_xl.commands.steps import changes_in_words
from recon_xl.core.errors import WorkbookError
from recon_xl.core.snapshot import Snapshot
from recon_xl.journal.differences import Changed, unpacked
from recon_xl.journal.entries import NAME, UNDO, Entry, Journal
from recon_xl.journal.record import UPGRADE
from recon_xl.journal.undoing import called

_SHOWN = 30
"""Lines of a table that are shown; `--json` gives all that are kept."""


@dataclass(frozen=True, slots=True)
class StepDifferences:
    """One step, and what it changed table by table; `is_kept` is False where only the counts are known any more."""

    entry: Entry
    tables: tuple[Changed, ...]
    is_kept: bool

    def as_dict(self) -> dict[str, object]:
        """The object of `--json`."""
        tables = [
            {
                "table": one.table, "new": one.new, "gone": one.gone, "changed": one.changed,
                "lines": [dict(zip(("row", "column", "before", "after"), line, strict=True)) for line in one.lines],
            }
            for one in self.tables
        ]  # fmt: skip
        return {"step": self.entry.id, "command": self.entry.command, "about": self.entry.about, "tables": tables}

    def words(self) -> Iterator[str]:
        """For a reader."""
        yield f"{called(self.entry)} changed: {changes_in_words(self.entry)}."
        if not self.is_kept:
            yield "Only the counts are kept of this step."
        for one in self.tables:
            shown = one.lines[:_SHOWN]
            if shown:
                yield ""
                yield one.table
            for row, column, before, after in shown:
                yield (
                    f"  {row or 'a row'} > {column}: {before or 'blank'} -> {after or 'blank'}"
                    if column
                    else (f"  {row or 'a row'}: {before or after}")
                )
            whole = one.new + one.gone + one.changed
            rows = len({line[0] for line in shown})
            if shown and whole > rows:
                yield f"  and {whole - rows} more"


def step_differences(snapshot: Snapshot, step: str | None) -> StepDifferences:
    """The step of that number, or the last one. WorkbookError where there is none."""
    raw = snapshot.tables.get(NAME)
    journal = Journal() if raw is None else Journal.of(raw)
    todo = f"{UPGRADE}." if raw is None else "Run or import first, or name another step."
    wanted = [entry for entry in journal.entries if step is None or entry.id == step.upper()]
    if not wanted:
        raise WorkbookError(
            where=snapshot.book, found="no journal" if raw is None else f"no step {step or 'yet'}",
            expected="a step that recon-xl log lists", todo=todo,
        )  # fmt: skip
    entry = wanted[-1]
    try:
        content = journal.content(entry, UNDO)
    except ValueError:
        content = None
    if content is None:
        counts = entry.details.get("changed", {})
        return StepDifferences(entry, tuple(Changed(table, *found) for table, found in counts.items()), False)
    return StepDifferences(entry, tuple(one for one in unpacked(content["changed"]) if any(one.counts())), True)
