"""What a change set would change: rows that come, go or differ, and draft tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from recon_xl.contract import Kind, Table
from recon_xl.contract import table as contract_table
from recon_xl.core.cells import Cell, Formula, NumberText, PercentText, Value
from recon_xl.core.changeset import ChangeSet, DraftTab, RemoveTab, ReplaceRows
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.apply import stored_cell
from recon_xl.intake.headers import match_columns
from recon_xl.intake.texts import plain_number

_ALWAYS_NEW = frozenset({"Run Log"})
"""Every run adds its own row; to say so would hide what matters."""

_DECIMALS = 6
"""Excel's own formulas come with the noise of binary numbers: 1000000.10 - 1000000 is 0.0999999999767."""

Facts = Mapping[tuple[str, ...], list[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class TableChange:
    """Rows of one table, by its key."""

    table: str
    new: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class Differences:
    """Tables that would differ, and draft tabs by name."""

    tables: list[TableChange] = field(default_factory=list)
    new_tabs: list[str] = field(default_factory=list)
    changed_tabs: list[str] = field(default_factory=list)
    void_tabs: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """A sentence, and a line for each table and kind of tab."""
        tabs = (("new", self.new_tabs), ("changed", self.changed_tabs), ("void", self.void_tabs))
        if not self.tables and not any(names for _, names in tabs):
            yield "A run would change nothing apart from a row on Run Log: the results are up to date."
            return
        yield "A run would change:"
        for one in self.tables:
            counts = ((one.new, "new"), (one.changed, "changed"), (one.gone, "gone"))
            yield f"  {one.table}: {', '.join(f'{number} {word}' for number, word in counts if number)}"
        for word, names in tabs:
            if names:
                yield f"  Draft tabs {word}: {', '.join(names[:5])}{f' and {len(names) - 5} more' if names[5:] else ''}"


def differences(snapshot: Snapshot, changes: ChangeSet) -> Differences:
    """Compare the tables as they stand with what would be written; the user's own columns are not touched either way."""
    found = Differences()
    touched: set[str] = set()
    tabs = set(snapshot.draft_tabs)
    for change in changes.changes:
        if isinstance(change, ReplaceRows) and change.table not in _ALWAYS_NEW:
            before = _as_found(snapshot.tables[change.table], change, snapshot.date1904)
            after = _as_written(change, snapshot.date1904)
            one, keys = _compared(change.table, before, after)
            if one.new or one.changed or one.gone:
                found.tables.append(one)
            touched |= _drafts_of(change, before, after, keys)
    for change in changes.changes:
        if isinstance(change, RemoveTab):
            found.void_tabs.append(change.name)
        elif isinstance(change, DraftTab) and change.name not in tabs:
            found.new_tabs.append(change.name)
        elif isinstance(change, DraftTab) and touched & {str(value) for value in change.cells.values()}:
            found.changed_tabs.append(change.name)
    return found


def _compared(name: str, before: Facts, after: Facts) -> tuple[TableChange, set[tuple[str, ...]]]:
    new, gone = after.keys() - before.keys(), before.keys() - after.keys()
    changed = {key for key in before.keys() & after.keys() if before[key] != after[key]}
    return TableChange(name, len(new), len(changed), len(gone)), {*new, *gone, *changed}


def _drafts_of(change: ReplaceRows, before: Facts, after: Facts, keys: Iterable[tuple[str, ...]]) -> set[str]:
    """Numbers of the drafts that these rows belong to."""
    if change.table not in ("Drafts", "Draft Lines"):
        return set()
    place = list(change.columns).index("Number")
    return {row[place] for key in keys for facts in (before, after) for row in facts.get(key, [])}


def _as_found(raw: RawTable, change: ReplaceRows, date1904: bool) -> Facts:
    declared = contract_table(change.table)
    places = match_columns(declared.columns, raw.columns)
    rows = ([_text(cells[places[name]]) if name in places else "" for name in change.columns] for _, cells in raw.rows)
    return _facts(change, rows)


def _as_written(change: ReplaceRows, date1904: bool) -> Facts:
    kinds = [contract_table(change.table).column(name).kind for name in change.columns]
    rows = ([_written(value, kind, date1904) for value, kind in zip(row, kinds, strict=True)] for row in change.rows)
    return _facts(change, rows)


def _facts(change: ReplaceRows, rows: Iterable[list[str]]) -> Facts:
    declared = contract_table(change.table)
    key = _key_places(declared, change)
    facts: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for row in rows:
        facts.setdefault(tuple(row[place] for place in key), []).append(tuple(row))
    return {name: sorted(same) for name, same in facts.items()}


def _key_places(declared: Table, change: ReplaceRows) -> list[int]:
    return [list(change.columns).index(name) for name in declared.key]


def _written(value: Value, kind: Kind, date1904: bool) -> str:
    """As the cell will read: a formula for a percentage gives a fraction, while a value is written as per cent."""
    cell = stored_cell(value, date1904=date1904)
    is_share = isinstance(value, Formula) and kind is Kind.PERCENT and isinstance(cell, NumberText)
    return _text(PercentText(cell) if is_share else cell)


def _text(cell: Cell) -> str:
    """A cell for comparison: numbers without needless zeros, a percentage as per cent, blank for nothing."""
    if isinstance(cell, NumberText):
        number = Decimal(cell) * (100 if isinstance(cell, PercentText) else 1)
        return plain_number(round(number, _DECIMALS) + 0)
    return "" if cell is None else str(cell)
