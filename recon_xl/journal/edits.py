"""Edits of input tables for the journal: what to look for when they are undone, and what to put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from recon_xl.contract import Table
from recon_xl.contract import table as contract_table
from recon_xl.core.cells import Value
from recon_xl.core.changeset import EditRows
from recon_xl.journal.look import Held, TableState
from recon_xl.journal.marks import Columns
from recon_xl.journal.packing import encoded

Row = Mapping[str, Value | Held]


def kept_edit(change: EditRows, state: TableState | None, *, date1904: bool) -> dict[str, Any]:
    """An edit as the journal keeps it; `state` is the table before it, needed where rows are changed or deleted."""
    declared = contract_table(change.table)
    appended = Columns(change.columns, _kinds(declared, change.columns), change.append, date1904=date1904)
    found: dict[str, Any] = {
        "c": "edit",
        "t": change.table,
        "new": appended.marks().packed(),
        "upd": [],
        "del": [],
        "delcols": [],
    }
    if state is None:
        return found
    present = declared.match_headers(list(state.columns))
    wanted = {*change.update, *change.delete}
    rows = {number: by_column(present, cells) for number, cells in state.rows if number in wanted}
    names = [name for name in declared.column_names if name in present]
    found["upd"] = [_update(declared, rows.get(number, {}), cells, date1904) for number, cells in change.update.items()]
    found["delcols"] = names
    found["del"] = [[encoded(rows.get(number, {}).get(name)) for name in names] for number in sorted(change.delete)]
    return found


def _update(declared: Table, before: Row, cells: Mapping[str, Value], date1904: bool) -> list[object]:
    """The mark of the row as it will be, by its key and the cells that change; and what these held."""
    names = mark_columns(declared, list(cells))
    after = {**before, **cells}
    [mark] = Columns(names, _kinds(declared, names), [[after.get(n) for n in names]], date1904=date1904).rows
    return [mark.hex(), list(cells), [encoded(before.get(name)) for name in cells]]


def mark_columns(declared: Table, changed: Sequence[str]) -> list[str]:
    """The columns by which a changed row is found again."""
    return list(dict.fromkeys((*declared.key, *changed)))


def by_column(present: Mapping[str, int], cells: Sequence[Held]) -> dict[str, Held]:
    """A row by contract column; `present` says where each stands."""
    return {name: cells[place] for name, place in present.items() if place < len(cells)}


def _kinds(declared: Table, names: Sequence[str]) -> list[Any]:
    return [declared.column(name).kind for name in names]
