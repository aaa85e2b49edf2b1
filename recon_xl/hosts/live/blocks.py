"""Blocks of entries: what a table shall hold, the user's own cells carried along, and whether anything differs."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from recon_xl.core.cells import Cell, ErrorText, NumberText, Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.hosts.live.cells import cell_of, entry_of, number_of, quoted_entry
from recon_xl.hosts.live.port import Block
from recon_xl.ooxml.formulas import follow_row
from recon_xl.ooxml.rowmoves import joined_key

Rectangle = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


def shown(entry: object) -> tuple[str, str]:
    """An entry in one spelling with its kind, so that the number 24 and the text 24 are told apart."""
    if isinstance(entry, bool):
        return "boolean", str(entry)
    if isinstance(entry, (int, float)):
        return "number", number_of(float(entry))
    text = "" if entry is None else str(entry)
    return ("formula", text) if text.startswith("=") else ("text", text.removeprefix("'"))


def differs(entries: Block, before: Block) -> bool:
    """True unless the entries, typed, would leave every cell as it is."""
    if len(entries) != len(before):
        return True
    pairs = zip(entries, before, strict=True)
    return any([shown(a) for a in new] != [shown(b) for b in old] for new, old in pairs)


def typed_back(values: Block, formulas: Block, cell_of: Callable[[object], Cell]) -> Block:
    """Cells as found, as entries that give the same cells again; text that looks like a formula stays text."""
    return [
        [_again(value, formula, cell_of) for value, formula in zip(row, written, strict=True)]
        for row, written in zip(values, formulas, strict=True)
    ]


def _again(value: object, formula: object, cell_of: Callable[[object], Cell]) -> object:
    if isinstance(formula, str) and formula.startswith("=") and formula != value:
        return formula
    cell = cell_of(value)
    if isinstance(cell, NumberText):
        return float(cell)
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else cell
    return f"={cell}" if isinstance(cell, ErrorText) else quoted_entry(cell)


class UserCells:
    """The cells of the user's columns of a result table, by key; each row's are taken once."""

    def __init__(self, headers: Sequence[str], change: ReplaceRows, values: Block, entries: Block, first: int) -> None:
        own = set(change.columns)
        self.columns = [place for place, header in enumerate(headers) if header not in own]
        self._first = first
        self._entries = entries
        self._told = {place: row - first for place, row in change.kept.items() if 0 <= row - first < len(entries)}
        self._rows: defaultdict[str, deque[int]] = defaultdict(deque)
        keys = [headers.index(name) for name in change.key_columns if name in headers]
        told = set(self._told.values())
        for place in range(len(entries)) if self.columns else ():
            name = joined_key([cell_of(values[place][key]) for key in keys]) if keys else str(place)
            if place not in told:
                self._rows[name].append(place)
        self._fill = {place: entry for place in self.columns if (entry := _calculated(entries, place))}

    def take(self, key: str, place: int) -> Mapping[int, object]:
        """The user's cells for the row of that key at its new place; formulas follow their row."""
        waiting = self._rows.get(key)
        old = self._told[place] if place in self._told else waiting.popleft() if waiting else None
        if old is None:
            return {column: _followed(entry, self._first, self._first + place) for column, entry in self._fill.items()}
        row = self._entries[old]
        return {column: _followed(row[column], self._first + old, self._first + place) for column in self.columns}


def _calculated(entries: Block, column: int) -> object:
    """The first row's formula of a column that holds one in every row: Excel fills it into new rows."""
    found = [row[column] for row in entries]
    return found[0] if found and all(isinstance(entry, str) and entry.startswith("=") for entry in found) else None


def _followed(entry: object, old_row: int, new_row: int) -> object:
    is_formula = isinstance(entry, str) and entry.startswith("=")
    return follow_row(str(entry), old_row, new_row) if is_formula else entry


def result_block(
    headers: Sequence[str], change: ReplaceRows, rows: Sequence[Sequence[Value]], user: UserCells | None, date1904: bool
) -> Block:
    """All data rows of a result table in the order of its headers; an empty table keeps one empty row."""
    if not rows:
        return [["" for _ in headers]]
    own = [headers.index(name) for name in change.columns]
    keys = [change.columns.index(name) for name in change.key_columns]
    block: Block = []
    for place, values in enumerate(rows):
        row: list[object] = ["" for _ in headers]
        for position, value in zip(own, values, strict=True):
            row[position] = entry_of(value, date1904=date1904)
        if user is not None and user.columns:
            name = joined_key([values[key] for key in keys]) if keys else str(place)
            for position, entry in user.take(name, place).items():
                row[position] = entry
        block.append(row)
    return block


def rectangles(cells: Iterable[tuple[int, int]]) -> list[Rectangle]:
    """Few rectangles that cover these cells and no other: runs in a row, then equal runs one below the other."""
    by_row: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in sorted(cells):
        by_row[row].append(column)
    open_runs: dict[tuple[int, int], Rectangle] = {}
    done: list[Rectangle] = []
    for row, columns in sorted(by_row.items()):
        grown = {}
        for left, right in _runs(columns):
            above = open_runs.pop((left, right), None)
            first = above[0] if above and above[2] == row - 1 else row
            if above and above[2] != row - 1:
                done.append(above)
            grown[left, right] = (first, left, row, right)
        done += open_runs.values()
        open_runs = grown
    return sorted([*done, *open_runs.values()])


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = columns[0]
    for column in columns[1:]:
        if column != last + 1:
            yield first, last
            first = column
        last = column
    yield first, last
