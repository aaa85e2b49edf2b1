"""What a step needs to be undone: each of its changes beside what stood there before, rows that stay kept as a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from recon_xl.contract import Owner, Table
from recon_xl.contract import table as contract_table
from recon_xl.contract.catalogue import START_SHEET
from recon_xl.contract.layout import START
from recon_xl.core.cells import Formula
from recon_xl.core.changeset import Change, DraftTab, EditRows, RemoveTab, ReplaceRows, SetCells
from recon_xl.core.rows import ValueRows
from recon_xl.core.rows import columns_of as cut_into_columns
from recon_xl.journal.before import copies, extras, goes_on_as, identities, shown_as
from recon_xl.journal.differences import Changed, edited, replaced
from recon_xl.journal.edits import kept_edit
from recon_xl.journal.look import Grid, Held, Look, TableState
from recon_xl.journal.marks import Columns, Marks, matched, short
from recon_xl.journal.packing import encoded
from recon_xl.journal.spelling import spell
from recon_xl.journal.tabs import TabMarks, changed_cells, marks_of_tabs, tab_as_it_stands
from recon_xl.journal.truth import TRUTH, Truth

TWICE = "it changed rows of a table twice"
_MASTER_CHECK = "MasterCheck"


@dataclass(slots=True)
class Kept:
    """Of one step: what it takes to undo it, the marks of what it wrote, and what it changed in words."""

    undo: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, Marks] = field(default_factory=dict)
    tabs: dict[str, list[object]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    changed: list[Changed] = field(default_factory=list)
    why_not: str = ""


class Keeper:
    """Goes through the changes of one step before they are written."""

    def __init__(self, look: Look, truth: Truth, *, date1904: bool) -> None:
        self._look, self._truth = look, truth
        self._date1904 = date1904
        self._check: object = None
        self._tabs: dict[str, TabMarks] = {}
        self.kept = Kept()

    def keep(self, changes: Sequence[Change]) -> Kept:
        """All of them, in order."""
        times = Counter(change.table for change in changes if isinstance(change, EditRows))
        for change in changes:
            if isinstance(change, EditRows) and times[change.table] > 1 and (change.update or change.delete):
                self.kept.why_not = TWICE
        self._tabs = marks_of_tabs(
            [change for change in changes if isinstance(change, DraftTab)], date1904=self._date1904
        )
        for change in changes:
            self._keep(change)
        return self.kept

    def _keep(self, change: Change) -> None:
        match change:
            case ReplaceRows():
                self._rows(change)
            case EditRows():
                self._edit(change)
            case SetCells():
                self._cells(change)
            case DraftTab():
                self._tab(change)
            case RemoveTab(name):
                grid = self._look.tab(name)
                self.kept.removed.append(name)
                if grid is not None:
                    self.kept.undo.append(tab_as_it_stands(name, grid) | self._altered_tab(name, grid))
                    self.kept.changed.append(Changed.of_tab(name, "removed"))

    def _rows(self, change: ReplaceRows) -> None:
        declared = contract_table(change.table)
        governed = governed_columns(declared, change.columns)
        places = [change.columns.index(name) for name in governed]
        written = cut_into_columns(change.rows)
        after = columns_of(
            declared, governed, ValueRows([written[place] for place in places]) if written else (), self._date1904
        )
        state = self._look.table(change.table) or TableState(change.table, (), ())
        before = columns_of(declared, governed, aligned(state, governed), self._date1904)
        self.kept.tables[change.table] = after.marks()
        whole = aligned(state, change.columns)
        ids_before, ids_after = identities(before, after, [whole, change.rows], change.columns)
        if ids_before == ids_after and not state.view:
            return  # nothing to take back
        stays = {found: place for place, found in enumerate(ids_after)}
        copied = copies(whole, [change.columns.index(name) for name in change.key_columns])
        own = [place for place, name in enumerate(state.columns) if name not in change.columns]
        self.kept.undo.append({
            "c": "rows", "t": change.table, "cols": list(change.columns), "key": list(change.key_columns),
            "rows": [
                stays.pop(mark)
                if mark in stays and number not in copied
                else [[encoded(cell) for cell in row], extras(state, number, own)]
                for number, (mark, row) in enumerate(zip(ids_before, whole, strict=True))
            ],
            **shown_as(state), **goes_on_as(state, change), **self._altered_rows(change.table, before),
        })  # fmt: skip
        if ids_before != ids_after:
            self.kept.changed.append(replaced(declared, before, after, whole, change))

    def _altered_rows(self, name: str, before: Columns) -> dict[str, object]:
        """The marks that the rows should have had, where they were altered by hand before the step."""
        packed = self._truth.table(name) if before.rows else None
        if packed is None:
            return {}
        marks = Marks.unpacked(packed)
        _, missing, surplus = matched(marks, before)
        return {TRUTH: packed} if marks.columns == before.names and (missing or surplus) else {}

    def _altered_tab(self, name: str, grid: Grid) -> dict[str, object]:
        """Likewise of a draft tab."""
        packed = self._truth.tabs.get(name)
        return {TRUTH: packed} if packed is not None and changed_cells(TabMarks.unpacked(packed), grid) else {}

    def _edit(self, change: EditRows) -> None:
        state = self._look.table(change.table) if change.update or change.delete else None
        self.kept.undo.append(kept_edit(change, state, date1904=self._date1904))
        self.kept.changed.append(edited(contract_table(change.table), change, state, date1904=self._date1904))

    def _cells(self, change: SetCells) -> None:
        if change.is_cached_only:
            again = {a: value.text for a, value in change.cells.items() if isinstance(value, Formula)}
            if self._check is None:
                self._check = self._shown_check(self._look.cells(START_SHEET, [START.master_check]))
            cells: dict[str, object] = {
                a: ["=", text, self._check] for a, text in again.items() if text == _MASTER_CHECK
            }
        else:
            now = self._look.cells(change.sheet, change.cells.keys())
            if change.sheet == START_SHEET and START.master_check in change.cells:
                self._check = self._shown_check(now)
            cells = {address: encoded(now.get(address)) for address in change.cells}
            marks = {address: short(spell(value, date1904=self._date1904)) for address, value in change.cells.items()}
            self.kept.cells.setdefault(change.sheet, {}).update(marks)
        self.kept.undo.append({"c": "cells", "s": change.sheet, "cells": cells, "cached": change.is_cached_only})

    def _shown_check(self, start: Mapping[str, Held]) -> object:
        """What the master check shows: the checks above the tables repeat it."""
        held = start.get(START.master_check)
        return encoded(held.cached if isinstance(held, Formula) else held)

    def _tab(self, change: DraftTab) -> None:
        marks, grid = self._tabs[change.name], self._look.tab(change.name)
        self.kept.tabs[change.name] = marks.packed()
        if grid is None:
            self.kept.undo.append({"c": "gone", "n": change.name})
            self.kept.changed.append(Changed.of_tab(change.name, "new"))
        elif changed_cells(marks, grid):
            self.kept.undo.append(tab_as_it_stands(change.name, grid) | self._altered_tab(change.name, grid))
            self.kept.changed.append(Changed.of_tab(change.name, "changed"))


def governed_columns(declared: Table, columns: Iterable[str]) -> list[str]:
    """The columns that a run writes; the others of a result table are the user's."""
    owned = {one.name for one in declared.columns if one.owner is not Owner.USER}
    return [name for name in columns if name in owned]


def columns_of(declared: Table, names: Sequence[str], rows: Iterable[Sequence[Any]], date1904: bool) -> Columns:
    """Rows spelled, in the kinds of the table's columns."""
    return Columns(names, [declared.column(name).kind for name in names], rows, date1904=date1904)


def aligned(state: TableState, names: Sequence[str]) -> list[list[Held]]:
    """The rows of a table as it stands, in the order of these columns; a column that is not there is blank."""
    places = [state.columns.index(name) if name in state.columns else None for name in names]
    return [
        [row[place] if place is not None and place < len(row) else None for place in places] for _, row in state.rows
    ]
