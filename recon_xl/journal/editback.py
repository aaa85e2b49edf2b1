"""Edits of an input table taken back: rows that were appended go, those that were changed or deleted come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recon_xl.contract import Table
from recon_xl.core.cells import Value
from recon_xl.core.changeset import EditRows
from recon_xl.journal.edits import by_column, mark_columns
from recon_xl.journal.kept import columns_of
from recon_xl.journal.look import TableState
from recon_xl.journal.marks import Columns, Marks, changed_columns, matched
from recon_xl.journal.packing import decoded
from recon_xl.journal.takeback import is_word, per_cent


class TableEdits:
    """All edits of one table in a step, taken back in one: each row as it stands now belongs to one of them at most."""

    def __init__(self, declared: Table, state: TableState, date1904: bool) -> None:
        self._declared, self._state, self._date1904 = declared, state, date1904
        present = declared.match_headers(list(state.columns))
        self._rows = [by_column(present, cells) for _, cells in state.rows]
        self._gone: set[int] = set()
        self._update: dict[int, Mapping[str, Value]] = {}
        self._columns: Sequence[str] = ()
        self._back: list[list[Value]] = []
        self._waiting: dict[tuple[str, ...], dict[bytes, list[int]]] = {}
        self.touched: list[str] = []

    def change(self) -> EditRows | None:
        """All of it, None where nothing is left to do."""
        if not (self._gone or self._update or self._back):
            return None
        delete = frozenset(self._state.rows[place][0] for place in self._gone)
        return EditRows(self._declared.name, self._columns, self._back, self._update, delete)

    def take_back(self, kept: Mapping[str, Any]) -> None:
        """One edit, the last of the step first."""
        self._appended(Marks.unpacked(kept["new"]))
        for mark, names, cells in kept["upd"]:
            self._changed(bytes.fromhex(mark), names, cells)
        if kept["del"]:
            self._columns = kept["delcols"]
            rows = (dict(zip(self._columns, map(decoded, row), strict=True)) for row in kept["del"])
            self._back += [list(per_cent(self._declared, row).values()) for row in rows]

    def _appended(self, marks: Marks) -> None:
        if not marks.rows:
            return
        free = [place for place in range(len(self._rows)) if place not in self._gone]
        found, missing, _ = matched(marks, self._spelled(marks.columns, free))
        places = [None if place is None else free[place] for place in found]
        self.touched += self._missing(marks, places, missing)
        wrote = set(marks.columns)
        for place in places:
            if place is not None:
                self._gone.add(place)
                beside = (name for name, cell in self._rows[place].items() if name not in wrote and is_word(cell))
                self.touched += [f"{self._state.sheet} > row {self._state.rows[place][0]} > {name}" for name in beside]

    def _changed(self, mark: bytes, names: Sequence[str], cells: Sequence[Any]) -> None:
        there = self._places_of(names).get(mark)
        if not there:
            self.touched.append(f"{self._state.sheet} > a row whose {' or '.join(names)} the step changed")
            return
        values = dict(zip(names, map(decoded, cells), strict=True))
        number = self._state.rows[there.pop(0)][0]
        self._update[number] = {**self._update.get(number, {}), **per_cent(self._declared, values)}

    def _places_of(self, names: Sequence[str]) -> dict[bytes, list[int]]:
        if tuple(names) not in self._waiting:
            spelled = self._spelled(mark_columns(self._declared, names), range(len(self._rows)))
            places: dict[bytes, list[int]] = {}
            for place, found in enumerate(spelled.rows):
                places.setdefault(found, []).append(place)
            self._waiting[tuple(names)] = places
        return self._waiting[tuple(names)]

    def _spelled(self, names: Sequence[str], places: Sequence[int]) -> Columns:
        rows = ([self._rows[place].get(name) for name in names] for place in places)
        return columns_of(self._declared, names, rows, self._date1904)

    def _missing(self, marks: Marks, places: Sequence[int | None], missing: Sequence[int]) -> Iterator[str]:
        """The rows that came in and are not as they were, each where it most likely stands, with the columns that differ."""
        near = {wrote: self._near(places, wrote) for wrote in missing}
        order = [near[wrote] if place is None else place for wrote, place in enumerate(places)]
        known = [place for place in order if place is not None]
        now = self._spelled(marks.columns, range(len(self._rows)))
        columns = changed_columns(marks, now, known) if missing and len(known) == len(order) else marks.columns
        words = f" > {' or '.join(columns)}" if len(columns) < len(marks.columns) else ""
        for wrote, place in near.items():
            gone = f"a row that is not there any more (number {wrote + 1} of those imported)"
            where = gone if place is None else f"row {self._state.rows[place][0]}{words}"
            yield f"{self._state.sheet} > {where}"

    def _near(self, places: Sequence[int | None], wrote: int) -> int | None:
        """Where a row that was imported and is not found as it was may stand: beside its neighbours."""
        for step in (1, -1):
            beside = wrote - step
            if 0 <= beside < len(places) and (place := places[beside]) is not None:
                at = place + step
                if 0 <= at < len(self._rows) and at not in places:
                    return at
        return None
