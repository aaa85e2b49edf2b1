"""The marks that results must have: those of the step that worked them out, also after that step's results were taken back.

What stood in the workbook before a step may have been altered by hand. Undo puts it back as it stood, and the marks of what
undo wrote are no proof then: beside them an entry keeps those of the step that had worked the rows out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from recon_xl.journal.entries import MARKS, UNDO, Entry, Journal

TABLES, TABS, TRUTH = "tables", "tabs", "truth"


class Truth:
    """The marks of every table and draft tab as the workbook must hold them before the next step."""

    def __init__(self, journal: Journal, latest: Mapping[str, Entry]) -> None:
        self._journal, self._latest = journal, latest
        self._contents: dict[str, Mapping[str, Any]] = {}

    def table(self, name: str) -> Any:
        """Packed marks of a table; None where no step that is still known wrote it, or its marks were altered."""
        return must(self._content(name), TABLES).get(name)

    @cached_property
    def tabs(self) -> Mapping[str, Any]:
        """Packed marks of the draft tabs by name."""
        return must(self._content(""), TABS)

    def _content(self, name: str) -> Mapping[str, Any]:
        entry = self._latest.get(name)
        if entry is None:
            return {}
        if entry.id not in self._contents:
            try:
                self._contents[entry.id] = self._journal.content(entry, MARKS) or {}
            except ValueError:
                self._contents[entry.id] = {}
        return self._contents[entry.id]


def must(marks: Mapping[str, Any], part: str) -> dict[str, Any]:
    """Of the marks of an entry, those that its tables or tabs must have."""
    return {**marks.get(part, {}), **marks.get(TRUTH, {}).get(part, {})}


def truth_put_back(journal: Journal, entry: Entry | None) -> dict[str, dict[str, Any]]:
    """What must stand after an entry is taken back, where that is not what stood before it: nothing for most."""
    try:
        undo = None if entry is None else journal.content(entry, UNDO)
    except ValueError:
        undo = None
    found: dict[str, dict[str, Any]] = {TABLES: {}, TABS: {}}
    for change in undo["changes"] if undo else ():
        if TRUTH in change:
            part, name = (TABLES, change["t"]) if change["c"] == "rows" else (TABS, change["n"])
            found[part][name] = change[TRUTH]
    return {part: marks for part, marks in found.items() if marks}
