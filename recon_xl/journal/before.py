"""The rows of a table before a step: which of them stay, which are copies, and what of the user's stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recon_xl.contract import Kind
from recon_xl.core.cells import Formula
from recon_xl.core.changeset import ReplaceRows
from recon_xl.journal.look import Held, TableState
from recon_xl.journal.marks import Columns
from recon_xl.journal.packing import encoded


def identities(
    before: Columns, after: Columns, rows: Sequence[Sequence[Sequence[Any]]], columns: Sequence[str]
) -> tuple[list[tuple[bytes, bytes]], list[tuple[bytes, bytes]]]:
    """Rows that are the same to the last figure: constants, formulas, and what the formulas show."""
    if not before.rows:
        return [], [(row, b"") for row in after.rows]
    places = [place for place in range(len(columns)) if any(isinstance(row[place], Formula) for row in rows[1])]
    names, kinds = [columns[place] for place in places], [Kind.MONEY] * len(places)
    shown = [
        Columns(names, kinds, [[_shown(row[place]) for place in places] for row in table], date1904=False).rows
        if places
        else [b""] * len(table)
        for table in rows
    ]
    return list(zip(before.rows, shown[0], strict=True)), list(zip(after.rows, shown[1], strict=True))


def copies(rows: Sequence[Sequence[Held]], key: Sequence[int]) -> set[int]:
    """The places of rows that the user copied: they have the key and the mark of the first, and words of their own."""
    if not key:
        return set()
    names = [tuple([row[place] for place in key]) for row in rows]
    first = {name: number for number, name in reversed(list(enumerate(names)))}
    return set(range(len(rows))) - set(first.values()) if len(first) < len(rows) else set()


def goes_on_as(state: TableState, change: ReplaceRows) -> dict[str, object]:
    """Rows that go on under another key, as copies do: the place of each before the step and after it."""
    places = {number: place for place, (number, _) in enumerate(state.rows)} if change.kept else {}
    found = [[places[number], after] for after, number in change.kept.items() if number in places]
    return {"moved": found} if found else {}


def shown_as(state: TableState) -> dict[str, object]:
    """The user's sort and filter, and the places of rows that are not shown."""
    hidden = [place for place, (row, _) in enumerate(state.rows) if row in state.hidden] if state.hidden else []
    return {"view": state.view, "hidden": hidden} if state.view or hidden else {}


def extras(state: TableState, number: int, own: Sequence[int]) -> dict[str, object]:
    """The cells of the user's own columns in a row that the step takes away or changes; formulas are Excel's to fill."""
    row = state.rows[number][1]
    cells = ((state.columns[place], row[place]) for place in own if place < len(row))
    return {name: encoded(cell) for name, cell in cells if cell is not None and not isinstance(cell, Formula)}


def _shown(value: Any) -> Any:
    return value.cached if isinstance(value, Formula) else value
