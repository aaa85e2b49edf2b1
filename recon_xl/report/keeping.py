"""Rows of a result table that a run does not find any more, or never made: kept where the user put something there.

They stand at the end of their table, marked, without money; when what they are about returns, they are its row again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from recon_xl.contract import Owner, table
from recon_xl.core.cells import Cell, NumberText, PercentText, Value, in_15_digits
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.snapshot import RawTable
from recon_xl.report.values import rows_change

KEPT = "Not found any more in the last run; kept for your notes."
RESOLVED = "Resolved"
GONE: Mapping[str, Mapping[str, Value]] = {
    "Tie-out": {"Check": RESOLVED.upper(), "Note": KEPT},
    "Coverage": {"Status": RESOLVED.upper()},
    "Mapping Gaps": {"Fix": KEPT},
    "Client Summary": {"Status": RESOLVED},
    "Margin": {"Check": RESOLVED},
    "Usage": {"Status": RESOLVED},
    "Drafts": {"Status": RESOLVED, "Hold Reason": KEPT},
    "Draft Lines": {"Status": RESOLVED, "Hold Reason": KEPT},
}
"""What marks such a row; nothing else but its key and what the user wrote stands there."""

Record = dict[str, Value]


@dataclass(frozen=True)
class OldRow:
    """A row as the last run, and the user since, left it."""

    raw: RawTable
    number: int
    cells: Mapping[str, Cell]

    @property
    def key(self) -> tuple[str, ...]:
        """The texts that name it."""
        return tuple(text_of(self.cells.get(name)) for name in table(self.raw.name).key)

    @property
    def is_keyed(self) -> bool:
        """False for a row that no run made."""
        return any(self.key)

    @property
    def is_gone(self) -> bool:
        """True for a row that an earlier run kept for its notes."""
        return is_gone(self.raw.name, self.cells)

    @cached_property
    def words(self) -> dict[str, str]:
        """What the user wrote: in columns of theirs that hold no formula throughout, and in those that are theirs by contract."""
        ours = {one.name for one in table(self.raw.name).columns if one.owner is not Owner.USER} | self.raw.calculated
        found = {name: text_of(cell) for name, cell in self.cells.items() if name not in ours}
        return {name: text for name, text in found.items() if text and (name, text) != ("Disposition", "Open")}

    @property
    def has_marks(self) -> bool:
        """True where the user coloured, commented or linked a cell, or typed over one of ours."""
        return self.number in self.raw.noted or self.number in self.raw.altered


def is_gone(name: str, cells: Mapping[str, object]) -> bool:
    """Return True for a row of that table that is marked as kept for its notes."""
    marks = GONE.get(name, {"Severity": RESOLVED})
    return any(text_of(cells.get(column)) == mark for column, mark in marks.items())


def old_rows(raw: RawTable) -> Iterator[OldRow]:
    """The rows as found, and blank ones that a comment or colour stands on."""
    found = set()
    for number, cells in raw.rows:
        found.add(number)
        yield OldRow(raw, number, dict(zip(raw.columns, cells, strict=False)))
    for number in sorted(raw.noted - found):
        yield OldRow(raw, number, {})


def principals(raw: RawTable) -> dict[tuple[str, ...], list[OldRow]]:
    """The keyed rows by key; of several the one that the run made comes first, copies and kept ones after it."""
    found: defaultdict[tuple[str, ...], list[OldRow]] = defaultdict(list)
    for row in old_rows(raw):
        if row.is_keyed:
            found[row.key].append(row)
    return {key: sorted(rows, key=lambda row: row.is_gone) for key, rows in found.items()}


def worth_keeping(raw: RawTable) -> RawTable:
    """The table with no other rows than those that a run must look at again."""
    if not raw.rows or (set(raw.columns) <= set(table(raw.name).column_names) and not raw.noted and not raw.altered):
        return replace(raw, rows=raw.rows[:1])
    rows = {row.number for row in old_rows(raw) if row.words or row.has_marks or not row.is_keyed}
    return replace(raw, rows=tuple(pair for pair in raw.rows if pair[0] in rows))


def keep_users_rows(
    change: ReplaceRows, raw: RawTable, as_gone: Callable[[OldRow, bool], Record] | None = None
) -> ReplaceRows:
    """The change with the rows that the user put something on at its end.

    `as_gone` makes the record of a row that is kept, and is told whether it is a copy of one that is still there.
    """
    if not raw.rows and not raw.noted:
        return change
    kept: dict[int, int] = {}
    extra: list[tuple[int, Record]] = []
    new = places_of(change)
    groups = principals(raw)
    for key, rows in groups.items():
        places = new.get(key, [])
        if len(rows) > 1 and any(row.words or row.has_marks for row in rows):
            kept |= {place: row.number for place, row in zip(places, rows, strict=False)}
        for row in rows[len(places) :]:
            is_copy = bool(places) or row is not rows[0]
            if row.has_marks or (row.words != rows[0].words if is_copy else row.words):
                extra.append((row.number, (as_gone or _gone)(row, is_copy)))
    extra += [(row.number, own_record(row)) for row in old_rows(raw) if not row.is_keyed]
    if not extra and not kept:
        return change
    return _with(change, extra, kept)


def own_record(row: OldRow) -> Record:
    """A row as it stands: one that the user made."""
    return {name: kept_value(row.cells.get(name)) for name in table(row.raw.name).column_names}


def kept_value(cell: Cell) -> Value:
    """A cell as it stood: the user's words are carried, never interpreted."""
    if isinstance(cell, PercentText):
        return Decimal(cell).scaleb(2)
    if isinstance(cell, NumberText):
        return in_15_digits(cell)
    return str(cell) if isinstance(cell, str) else cell


def text_of(value: object) -> str:
    """A cell or value as one text, so that a number is the same however it is stored."""
    if type(value) is str:  # most of them, and no number
        return value
    if isinstance(value, NumberText | int | Decimal) and not isinstance(value, bool):
        return f"{Decimal(value).normalize():f}"
    return "" if value is None else str(value)


def _gone(row: OldRow, _is_copy: bool) -> Record:
    record: Record = {name: kept_value(row.cells.get(name)) for name in table(row.raw.name).key}
    return {**record, **GONE[row.raw.name]}


def places_of(change: ReplaceRows) -> dict[tuple[str, ...], list[int]]:
    """The places of the new rows by their key."""
    places = [list(change.columns).index(name) for name in table(change.table).key]
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, values in enumerate(change.rows):
        found[tuple(text_of(values[place]) for place in places)].append(number)
    return found


def _with(change: ReplaceRows, extra: Sequence[tuple[int, Record]], kept: Mapping[int, int]) -> ReplaceRows:
    first = len(change.rows)
    told = {first + place: number for place, (number, _) in enumerate(extra)}
    if not extra:
        return replace(change, kept={**change.kept, **kept})
    records = [dict(zip(change.columns, row, strict=True)) for row in change.rows]
    longer = rows_change(change.table, [*records, *(record for _, record in extra)])
    return replace(longer, key=change.key, kept={**change.kept, **kept, **told})
