"""Source rows on their tabs: where each one stands, and neighbours drawn together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recon_xl.contract.layout import column_letter
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.texts import raw_text, strip_text

SOURCES = ("Vendor Lines", "Daily Usage", "Billed Lines", "Counts")
"""The tables that findings and draft lines rest on."""

_PLAIN = re.compile(r"[A-Za-z_]+").fullmatch  # a name with digits could be a cell


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring rows of one tab."""

    raw: RawTable
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many rows."""
        return self.last - self.first + 1

    @property
    def range(self) -> str:
        """The rows over the whole table, such as `A12:AY14`."""
        ends = (self.raw.first_column, self.raw.first_column + len(self.raw.columns) - 1)
        return f"{column_letter(ends[0])}{self.first}:{column_letter(ends[1])}{self.last}"

    @property
    def address(self) -> str:
        """With its tab, such as `'Vendor Lines'!A12:AY14`."""
        return address(self.raw.sheet, self.range)

    @property
    def rows(self) -> str:
        """`12`, or `12 to 14`."""
        return str(self.first) if self.size == 1 else f"{self.first} to {self.last}"

    def __str__(self) -> str:
        return f"{self.raw.sheet} {'row' if self.size == 1 else 'rows'} {self.rows}"


def places_words(places: Sequence[Block], most: int) -> list[str]:
    """The first so many blocks, tab by tab: `Vendor Lines rows 6, 8 to 9`."""
    by_tab: dict[str, list[Block]] = {}
    for block in places[:most]:
        by_tab.setdefault(block.raw.sheet, []).append(block)
    told = {tab: ("row" if len(own) == 1 and own[0].size == 1 else "rows", own) for tab, own in by_tab.items()}
    return [f"{tab} {word} {', '.join(block.rows for block in own)}" for tab, (word, own) in told.items()]


def address(sheet: str, cells: str) -> str:
    """A place as it can be typed into Excel's Name Box."""
    name = sheet if _PLAIN(sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{cells}"


def line_ids(raw: RawTable) -> Iterator[tuple[int, str]]:
    """Every row of a source table with its id; a row pasted by hand has none and is named by its place, as a run does."""
    place = raw.columns.index("Line") if "Line" in raw.columns else None
    for number, cells in raw.rows:
        line = "" if place is None else strip_text(raw_text(cells[place]))
        yield number, line or f"{raw.name} row {number}"


def blocks(snapshot: Snapshot, wanted: Iterable[str]) -> tuple[list[Block], list[str]]:
    """Where these rows stand, tab by tab from top to bottom, and the ids that are on no tab any more."""
    ids = list(wanted)
    missing = dict.fromkeys(ids)
    found: list[Block] = []
    for name in SOURCES:
        numbers = []
        for number, line in line_ids(snapshot.tables[name]):
            if line in missing:
                numbers.append(number)
                del missing[line]
        found += _drawn_together(snapshot.tables[name], sorted(numbers))
    return found, list(missing)


def _drawn_together(raw: RawTable, numbers: list[int]) -> Iterator[Block]:
    edges = [place for place in range(1, len(numbers)) if numbers[place] != numbers[place - 1] + 1]
    for start, end in pairwise([0, *edges, len(numbers)]):
        if start < end:
            yield Block(raw, numbers[start], numbers[end - 1])
