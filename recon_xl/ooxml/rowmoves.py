"""Which old row of a table each new row continues: known from the key, or said outright."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recon_xl.core.cells import Cell, NumberText, Value
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.cellxml import number_text
from recon_xl.ooxml.tablerows import TableRows

_BETWEEN = "\x1f"


def key_text(value: Value | Cell) -> str:
    """One text for equal keys, however they are stored: `7`, `7.0` and the text `7` are the same key."""
    if value is None:
        return ""
    if isinstance(value, NumberText):
        value = Decimal(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number_text(Decimal(value).normalize())
    return str(value)


def joined_key(values: Sequence[Value | Cell]) -> str:
    """One text for a key of several columns."""
    return key_text(values[0]) if len(values) == 1 else _BETWEEN.join(map(key_text, values))


@dataclass(frozen=True, slots=True)
class RowMoves:
    """`old` has, by place of a new row, the sheet row that it continues (None: it is new); `keys` those of the old rows."""

    old: Sequence[int | None]
    keys: Mapping[int, str]

    def gone(self) -> list[int]:
        """The old rows that no new row continues."""
        used = set(self.old)
        return [number for number in self.keys if number not in used]


def old_keys(
    cut: TableRows, numbers: Collection[int], key_columns: Sequence[int], reader: CellReader
) -> dict[int, str]:
    """The keys of these old data rows; without key columns a row is known by its number."""
    if not key_columns:
        return {number: str(number) for number in sorted(numbers)}
    found = {}
    for number in sorted(numbers):
        cells = cut.inside(cut.rows.get(number))
        found[number] = joined_key([value_of(reader, number, cells.get(column)) for column in key_columns])
    return found


def value_of(reader: CellReader, number: int, cell: object) -> Cell:
    """What a cell of a row holds; None for no cell."""
    return reader.row(number, cell.xml(number))[-1] if cell else None  # type: ignore[attr-defined]


def match_rows(
    keys: Mapping[int, str], wanted: Sequence[str], kept: Mapping[int, int], *, only_keyed: bool = True
) -> RowMoves:
    """Give each new row its old one: first those that are told (`kept`), then by key, equal keys in their order.

    Where rows have keys, one without a key is nobody's, so nothing attaches to it unless it is told.
    """
    told = set(kept.values())
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for number, key in keys.items():
        if number not in told and (key.replace(_BETWEEN, "") or not only_keyed):
            waiting[key].append(number)
    old: list[int | None] = []
    for place, key in enumerate(wanted):
        if place in kept:
            old.append(kept[place])
        else:
            rows = waiting.get(key)
            old.append(rows.popleft() if rows else None)
    return RowMoves(old, keys)
