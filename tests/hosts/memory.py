"""A host without any file or Excel: a workbook that is only tables, cells and tabs in memory."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from dataclasses import replace
from typing import Any

from recon_xl.contract import table
from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import ChangeSet, DraftTab, EditRows, RemoveTab, ReplaceRows, SetCells
from recon_xl.core.errors import WorkbookError
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.apply import apply_edits, stored_cell

Row = dict[str, Value]


class MemoryHost:
    """Takes a snapshot of a workbook and goes on from there."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.written: dict[str, list[Row]] = {}
        self.cells: dict[tuple[str, str], Value] = {}
        self.tabs: dict[str, DraftTab] = {}

    def read(self, tables: Collection[str], writes: Collection[str] = ()) -> Snapshot:
        """The tables asked for."""
        wanted = {*tables, *writes}
        kept = {name: raw for name, raw in self.snapshot.tables.items() if name in wanted}
        sheets = (*self.snapshot.sheets, *(name for name in self.tabs if name not in self.snapshot.sheets))
        return replace(self.snapshot, tables=kept, sheets=sheets, draft_tabs=tuple(self.tabs))

    def apply(self, changeset: ChangeSet, snapshot: Snapshot) -> None:
        """All or nothing: what fails half way leaves everything as it was."""
        before = deepcopy((self.written, self.cells, self.tabs)), self.snapshot
        try:
            for change in changeset.changes:
                self._apply(change)
        except Exception:
            (self.written, self.cells, self.tabs), self.snapshot = before
            raise

    def _apply(self, change: Any) -> None:
        match change:
            case ReplaceRows():
                self._replace(change)
            case EditRows():
                self.snapshot = _closed_up(apply_edits(self.snapshot, ChangeSet((change,))), change.table)
            case SetCells():
                self.cells |= {(change.sheet, address): value for address, value in change.cells.items()}
            case DraftTab():
                self.tabs[change.name] = change
            case RemoveTab():
                del self.tabs[change.name]

    def _replace(self, change: ReplaceRows) -> None:
        raw = self.snapshot.tables[change.table]
        missing = [name for name in change.columns if name not in raw.columns]
        if missing:
            raise WorkbookError(where=raw.sheet, found=f"no column {missing[0]!r}", expected="it", todo="Put it back.")
        own = set(change.columns)
        theirs = [name for name in raw.columns if name not in own]
        waiting: dict[Any, dict[str, Any]] = {}
        for place, (_, cells) in enumerate(raw.rows):
            row = dict(zip(raw.columns, cells, strict=True))
            waiting[tuple(row[name] for name in change.key_columns) or place] = {name: row[name] for name in theirs}
        rows: list[tuple[int, list[Any]]] = []
        self.written[change.table] = []
        for place, values in enumerate(change.rows):
            new = dict(zip(change.columns, values, strict=True))
            key = tuple(stored_cell(new[name]) for name in change.key_columns) or place
            new |= waiting.get(key, {})
            self.written[change.table].append(new)
            rows.append((raw.header_row + 1 + place, [stored_cell(_plain(new.get(name))) for name in raw.columns]))
        kept = RawTable(raw.name, raw.sheet, raw.columns, tuple(rows), raw.header_row, raw.calculated)
        self.snapshot = replace(self.snapshot, tables={**self.snapshot.tables, change.table: kept})

    def records(self, name: str) -> list[Row]:
        """The rows of a table, formulas by what they show; percentages as the fractions that a cell holds."""
        raw = self.snapshot.tables[name]
        assert table(name).column_names[0] in raw.columns
        return [dict(zip(raw.columns, cells, strict=True)) for _, cells in raw.rows]


def _closed_up(snapshot: Snapshot, name: str) -> Snapshot:
    """Rows below a deleted one move up."""
    raw = snapshot.tables[name]
    rows = tuple((raw.header_row + 1 + place, cells) for place, (_, cells) in enumerate(raw.rows))
    return replace(snapshot, tables={**snapshot.tables, name: replace(raw, rows=rows)})


def _plain(value: Any) -> Value:
    return value.cached if isinstance(value, Formula) else value
