"""The ChangeSet that takes a step back: refused, with every cell named, where the user changed what the step wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recon_xl.contract import table as contract_table
from recon_xl.core.changeset import Change, ChangeSet, RemoveTab, SetCells
from recon_xl.core.errors import WorkbookError
from recon_xl.journal.editback import TableEdits
from recon_xl.journal.entries import MARKS, UNDO, Entry, Journal
from recon_xl.journal.look import Look, TableState
from recon_xl.journal.marks import Marks
from recon_xl.journal.packing import decoded
from recon_xl.journal.record import STEPS
from recon_xl.journal.tabs import tab_again
from recon_xl.journal.takeback import Found, rows_back
from recon_xl.journal.touched import changed_single_cells, changed_tabs

_SHOWN = 20
"""Cells that a refusal lists."""


def taken_back(book: str, look: Look, journal: Journal, entry: Entry, *, date1904: bool) -> ChangeSet:
    """What puts back everything that the entry changed.

    WorkbookError where the journal does not keep it any more, and, with every cell named, where the user changed what
    the step wrote: nothing is taken back then.
    """
    try:
        undo, marks = journal.content(entry, UNDO), journal.content(entry, MARKS)
    except ValueError:
        raise _altered(book, entry) from None
    if undo is None:
        raise _not_kept(book, entry)
    return _Undoing(book, look, marks or {"tables": {}, "tabs": {}, "cells": {}}, date1904).changeset(entry, undo)


class _Undoing:
    """Takes one entry back. The workbook is looked at as it stands now."""

    def __init__(self, book: str, look: Look, marks: Mapping[str, Any], date1904: bool) -> None:
        self._book, self._look, self._marks, self._date1904 = book, look, marks, date1904
        self._edits: dict[str, TableEdits] = {}

    def changeset(self, entry: Entry, undo: Mapping[str, Any]) -> ChangeSet:
        touched = [*changed_single_cells(self._look, self._marks["cells"])]
        changes: list[Change] = []
        for kept in reversed(undo["changes"]):
            found = self._again(kept)
            touched += found.touched
            changes += [] if found.change is None else [found.change]
        for edits in self._edits.values():  # one for each table, because each moves the rows below
            touched += edits.touched
            changes += [] if (change := edits.change()) is None else [change]
        drawn = {kept["n"] for kept in undo["changes"] if kept["c"] in ("tab", "gone")}
        touched += changed_tabs(self._look, {name: m for name, m in self._marks["tabs"].items() if name in drawn})
        if touched:
            raise _touched(self._book, entry, list(dict.fromkeys(touched)))
        return ChangeSet(tuple(changes), "Start")

    def _again(self, kept: Mapping[str, Any]) -> Found:
        match kept["c"]:
            case "rows":
                marks = Marks.unpacked(self._marks["tables"][kept["t"]])
                return rows_back(contract_table(kept["t"]), self._state(kept["t"]), marks, kept, self._date1904)
            case "edit":
                name = kept["t"]
                if name not in self._edits:
                    self._edits[name] = TableEdits(contract_table(name), self._state(name), self._date1904)
                self._edits[name].take_back(kept)
                return Found(None)
            case "cells":
                cells = {address: decoded(cell) for address, cell in kept["cells"].items()}
                return Found(SetCells(kept["s"], cells, kept["cached"]) if cells else None)
            case "gone":
                return Found(RemoveTab(kept["n"]) if self._look.tab(kept["n"]) is not None else None)
        return Found(tab_again(kept))

    def _state(self, name: str) -> TableState:
        state = self._look.table(name)
        if state is None:
            raise WorkbookError(
                where=self._book, found=f"no table {name}", expected=f"the table on the tab {name}",
                todo="Put the tab back, then undo.",
            )  # fmt: skip
        return state


def called(entry: Entry) -> str:
    """A step in words: `J00003 (run R20261122-101500, 2026-11-22T10:15:00Z)`."""
    what = f"{entry.command} {entry.about}".strip()
    return f"{entry.id} ({what}, {entry.written})"


def _touched(book: str, entry: Entry, cells: list[str]) -> WorkbookError:
    more = f"; and {len(cells) - _SHOWN} more" if len(cells) > _SHOWN else ""
    one = "1 cell or row that was" if len(cells) == 1 else f"{len(cells)} cells or rows that were"
    return WorkbookError(
        where=book,
        found=f"{one} changed after {called(entry)}: {'; '.join(cells[:_SHOWN])}{more}",
        expected="everything that this step wrote as it wrote it, so that nothing of yours is lost",
        todo="Put these cells back as they were, or leave the step as it stands. Nothing was changed.",
    )


def _not_kept(book: str, entry: Entry) -> WorkbookError:
    why = entry.details.get("why") or f"only the last {STEPS} steps are kept"
    return WorkbookError(
        where=book, found=f"{called(entry)}, which cannot be undone: {why}", expected="a step that the journal keeps",
        todo="Correct the inputs and run again, or go back to a copy of the workbook. Nothing was changed.",
    )  # fmt: skip


def _altered(book: str, entry: Entry) -> WorkbookError:
    return WorkbookError(
        where=f"{book} > Journal", found=f"data of {called(entry)} that was altered", expected="the journal as it was written",
        todo="Go back to a copy of the workbook; recon-xl verify names everything that was altered. Nothing was changed.",
    )  # fmt: skip
