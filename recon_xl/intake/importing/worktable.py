"""A table of the workbook while an import works on it, so that several files of one call see each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

from recon_xl.contract import Table
from recon_xl.core.cells import Cell, Value
from recon_xl.core.changeset import EditRows
from recon_xl.core.rows import ValueRows, column_of
from recon_xl.core.snapshot import RawTable
from recon_xl.intake.headers import match_columns, require_columns
from recon_xl.intake.importing.rows import written_column


class WorkTable:
    """Rows are known by their place: first those of the workbook, in order, then those added by this import."""

    def __init__(self, raw: RawTable, table: Table, *, locale: str, date1904: bool, book: str) -> None:
        self.table = table
        self.raw = raw
        self._locale = locale
        self._date1904 = date1904
        self._positions = match_columns(table.columns, raw.columns)
        require_columns(f"{book} > {raw.sheet}", table, raw.columns, self._positions)
        self._known: dict[str, list[Value]] = {}
        self._added: dict[str, list[Value]] = {name: [] for name in table.column_names}
        self._added_rows = 0
        self._changed: dict[int, dict[str, Value]] = {}
        self._deleted: set[int] = set()

    @property
    def columns(self) -> tuple[str, ...]:
        """The contract columns that the workbook's table has, in contract order."""
        return tuple(self._positions)

    def places(self) -> list[int]:
        """Every row that is not deleted."""
        total = len(self.raw.rows) + self._added_rows
        return [place for place in range(total) if place not in self._deleted] if self._deleted else list(range(total))

    def column(self, name: str) -> list[Value]:
        """One column, by place, deleted rows included."""
        if name not in self._known:
            self._known[name] = self._read(name, range(len(self.raw.rows)))
        values = self._known[name] + self._added.get(name, [None] * self._added_rows)
        for place, changes in self._changed.items():
            if name in changes:
                values[place] = changes[name]
        return values

    def contents(self, places: Sequence[int], names: Sequence[str]) -> list[tuple[Value, ...]]:
        """One tuple for each of some rows: what two rows are compared by."""
        columns = [self.column_at(name, places) for name in names]
        return list(zip(*columns, strict=True)) if columns else [()] * len(places)

    def value(self, place: int, name: str) -> Value:
        """One value."""
        return self.column(name)[place]

    def add(self, row: Mapping[str, Value]) -> int:
        """Append a row; its place."""
        self.add_all({name: [value] for name, value in row.items()}, 1)
        return len(self.raw.rows) + self._added_rows - 1

    def add_all(self, columns: Mapping[str, Sequence[Value]], count: int) -> None:
        """Append so many rows; a column that is not given stays blank."""
        blank: Sequence[Value] = [None] * count
        for name, values in self._added.items():
            values.extend(columns.get(name, blank))
        self._added_rows += count

    def change(self, place: int, changes: Mapping[str, Value]) -> None:
        """Give some cells of a row new values; its other cells, the user's columns too, stay."""
        added = place - len(self.raw.rows)
        if added < 0:
            self._changed.setdefault(place, {}).update(changes)
            return
        for name, value in changes.items():
            if name in self._added:
                self._added[name][added] = value

    def delete(self, places: Iterable[int]) -> None:
        """Take rows out."""
        self._deleted |= set(places)

    def edit(self) -> EditRows | None:
        """All changes as one edit; None where nothing changed."""
        rows, size = self.raw.rows, len(self.raw.rows)
        columns = [self._added[name] for name in self.columns]
        if self._deleted:
            stays = [place not in self._deleted for place in range(size, size + self._added_rows)]
            columns = [list(compress(values, stays)) for values in columns]
        added = ValueRows(columns)
        update = {
            rows[place][0]: {name: value for name, value in changes.items() if name in self._positions}
            for place, changes in sorted(self._changed.items())
            if place not in self._deleted
        }
        delete = frozenset(rows[place][0] for place in self._deleted if place < size)
        if not (added or update or delete):
            return None
        return EditRows(self.table.name, self.columns, added, update, delete)

    def column_at(self, name: str, places: Sequence[int]) -> list[Value]:
        """One column at some places; of the workbook's own rows only these are read."""
        size = len(self.raw.rows)
        old = [] if name in self._known or not size else [place for place in places if place < size]
        if len(old) > size // 2 or name in self._known:
            values = self.column(name)
            return [values[place] for place in places]
        read = dict(zip(old, self._read(name, old), strict=True))
        added, changed = self._added.get(name), self._changed
        return [
            (None if added is None else added[place - size])
            if place >= size
            else changed[place][name]
            if name in changed.get(place, ())
            else read[place]
            for place in places
        ]

    def _read(self, name: str, places: Sequence[int]) -> list[Value]:
        if name not in self._positions:
            return [None] * len(places)
        whole = column_of(self.raw.rows, self._positions[name])
        cells: Sequence[Cell] = whole if len(places) == len(whole) else [whole[place] for place in places]
        return written_column(self.table.column(name), cells, self._locale, date1904=self._date1904)[0]
