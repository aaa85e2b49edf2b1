"""The source rows of a finding or draft line in one cell: written so that they can be read back.

`S013-39, S013-41 to S013-44, S015-118 and 3 more`: neighbours of one source are drawn together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 250
"""Characters; a text in an Excel formula ends at 255."""

_OURS = re.compile(r"(S\d+-|[A-Z][A-Za-z ]* row )([1-9]\d*)")
_MORE = re.compile(r"^(.*?)(?:(?:^| )and (\d+) more)?$", re.DOTALL)
_TO = " to "


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring rows of one source, or a single id as the billing system gave it (`first` is 0)."""

    prefix: str
    first: int = 0
    last: int = 0

    @property
    def size(self) -> int:
        """How many rows it stands for."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        if not self.first:
            return self.prefix
        ends = (f"{self.prefix}{self.first}", f"{self.prefix}{self.last}")
        return ends[0] if self.size == 1 else (", " if self.size == 2 else _TO).join(ends)

    def __iter__(self) -> Iterator[str]:
        if not self.first:
            yield self.prefix
        else:
            yield from (f"{self.prefix}{number}" for number in range(self.first, self.last + 1))

    def __contains__(self, line_id: object) -> bool:
        mine = _OURS.fullmatch(str(line_id)) if self.first else None
        if mine is None:
            return not self.first and line_id == self.prefix
        return mine[1] == self.prefix and self.first <= int(mine[2]) <= self.last


@dataclass(frozen=True, slots=True)
class SourceRows:
    """What a cell says: its rows in order, and how many more there are."""

    stretches: tuple[Stretch, ...]
    more: int = 0

    def __iter__(self) -> Iterator[str]:
        for stretch in self.stretches:
            yield from stretch

    def __contains__(self, line_id: object) -> bool:
        return any(line_id in stretch for stretch in self.stretches)

    @property
    def count(self) -> int:
        """How many rows there are, those that did not fit into the cell included."""
        return sum(stretch.size for stretch in self.stretches) + self.more


def written(line_ids: Sequence[str], longest: int = LONGEST) -> str:
    """The rows as one text. Where they do not all fit, every source still has its first ones: both sides stay in sight.

    >>> written(["S013-39", "S013-41", "S013-42", "S013-43", "INV-7"])
    'S013-39, S013-41 to S013-43, INV-7'
    """
    line_ids = list(dict.fromkeys(line_ids))
    stretches = _stretches(line_ids)
    whole = ", ".join(map(str, stretches))
    if len(whole) <= longest:
        return whole
    room = longest - len(f" and {len(line_ids)} more")
    kept = [stretches[place] for place in sorted(_fair(stretches, room))]
    more = len(line_ids) - sum(stretch.size for stretch in kept)
    return f"{', '.join(map(str, kept))} and {more} more".strip()


def read(text: str) -> SourceRows:
    """What `written` has written; an id that it does not know stays as it is."""
    match = _MORE.match(text)
    listed, more = (match[1], int(match[2] or 0)) if match else (text, 0)
    return SourceRows(tuple(_stretch(part) for part in listed.split(", ") if part), more)


def _stretch(part: str) -> Stretch:
    first, to, last = part.partition(_TO)
    begin, end = _OURS.fullmatch(first), _OURS.fullmatch(last if to else first)
    if begin is None or end is None or begin[1] != end[1]:
        return Stretch(part)
    return Stretch(begin[1], int(begin[2]), int(end[2]))


def _stretches(line_ids: Sequence[str]) -> list[Stretch]:
    """By source in the order in which they come, and by row within it."""
    rows: dict[str, set[int]] = {}
    for line_id in line_ids:
        ours = _OURS.fullmatch(line_id)
        mine = rows.setdefault(ours[1] if ours else line_id, set())
        if ours:
            mine.add(int(ours[2]))
    return [stretch for prefix, numbers in rows.items() for stretch in _of_source(prefix, sorted(numbers))]


def _of_source(prefix: str, numbers: Sequence[int]) -> Iterator[Stretch]:
    if not numbers:
        yield Stretch(prefix)
        return
    edges = [place for place in range(1, len(numbers)) if numbers[place] != numbers[place - 1] + 1]
    for start, end in pairwise([0, *edges, len(numbers)]):
        yield Stretch(prefix, numbers[start], numbers[end - 1])


def _fair(stretches: Sequence[Stretch], room: int) -> Iterator[int]:
    """The places of the stretches that fit, the first of each source before the second of any."""
    seen: Counter[str] = Counter()
    turns = []
    for place, stretch in enumerate(stretches):
        source = stretch.prefix if stretch.first else ""
        turns.append((seen[source], place))
        seen[source] += 1
    for _, place in sorted(turns):
        room -= len(str(stretches[place])) + 2
        if room < 0:
            return
        yield place
