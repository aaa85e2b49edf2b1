"""The log: one entry a step, each with the hash of the one before, and the packed data that belongs to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from recon_xl.contract.journal import JOURNAL
from recon_xl.core.cells import Cell, Value
from recon_xl.core.snapshot import RawTable
from recon_xl.journal.packing import digest, pieces, unpack

NAME = JOURNAL.name
ENTRY, UNDO, MARKS = "ENTRY", "UNDO", "MARKS"
FIELDS = JOURNAL.column_names
_PLACE = re.compile(r"[1-9][0-9]{0,6}").fullmatch
STEP, UNDONE, REDONE = "step", "undo", "redo"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step. `details` says what it changed, what it undid or did again, and the hashes of its packed data."""

    id: str
    command: str
    about: str
    written: str
    user: str
    version: str
    inputs: str
    totals: str
    before: str
    hash: str
    text: str
    row: int = 0

    @property
    def details(self) -> Mapping[str, Any]:
        """The entry's own words; empty where they were damaged."""
        try:
            found = json.loads(self.text)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def kind(self) -> str:
        """A step, the undoing of one, or that step done again."""
        return str(self.details.get("kind", STEP))

    def digest(self) -> str:
        """What its hash must be."""
        return digest("\x1f".join((*self.fields()[:10], self.text)))

    def fields(self) -> tuple[str, ...]:
        """As a row of the table."""
        return (
            self.id, ENTRY, self.command, self.about, self.written, self.user, self.version, self.inputs, self.totals,
            self.before, self.hash, self.text,
        )  # fmt: skip

    def chained(self) -> Entry:
        """With its hash."""
        return replace(self, hash=self.digest())


@dataclass(slots=True)
class Journal:
    """The journal of a workbook: its entries from the oldest on, and the pieces of packed data by entry and part."""

    entries: list[Entry] = field(default_factory=list)
    data: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)
    rows: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    stray: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, raw: RawTable) -> Journal:
        """As the table stands."""
        journal, places = cls(), {name: place for place, name in enumerate(raw.columns)}
        for number, cells in raw.rows:
            found = [_text(cells[places[name]]) if name in places else "" for name in FIELDS]
            journal._take(number, found)
        journal.entries.sort(key=lambda entry: entry.id)
        return journal

    def _take(self, number: int, found: list[str]) -> None:
        name, _, place = found[1].partition(" ")
        if found[1] == ENTRY:
            first, _, *others = found
            self.entries.append(Entry(first, *others, row=number))  # type: ignore[misc,arg-type]
        elif name in (UNDO, MARKS) and _PLACE(place) and not any(found[2:-1]):
            self.data.setdefault((found[0], name), {})[int(place)] = found[-1]
            self.rows.setdefault((found[0], name), []).append(number)
        else:
            self.stray.append(number)

    def packed(self, entry: Entry, part: str) -> str:
        """The packed data of an entry, blank where the journal does not keep it any more."""
        found = self.data.get((entry.id, part), {})
        return "".join(found[place] for place in sorted(found))

    def content(self, entry: Entry, part: str) -> Any:
        """The data of an entry, None where it is not kept; ValueError where it was altered."""
        packed = self.packed(entry, part)
        if not packed:
            return None
        places = sorted(self.data[entry.id, part])
        if places != list(range(1, len(places) + 1)) or digest(packed) != entry.details.get(part.casefold()):
            raise ValueError(f"{entry.id} {part}")
        return unpack(packed)

    def done(self) -> list[Entry]:
        """The steps that stand, the oldest first: what Undo takes back from the end."""
        return self._stacks()[0]

    def undone(self) -> list[Entry]:
        """The undoings that Redo takes back from the end; a new step clears them."""
        return self._stacks()[1]

    def _stacks(self) -> tuple[list[Entry], list[Entry]]:
        done: list[Entry] = []
        undone: list[Entry] = []
        for entry in self.entries:
            if entry.kind == UNDONE:
                undone.append(entry)
                done = done[:-1]
            else:
                undone = undone[:-1] if entry.kind == REDONE else []
                done.append(entry)
        return done, undone


def data_rows(entry: Entry, part: str, packed: str) -> Iterable[list[Value]]:
    """The rows of an entry's packed data."""
    for place, piece in enumerate(pieces(packed), 1):
        yield [entry.id, f"{part} {place}", *([None] * (len(FIELDS) - 3)), piece]


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
