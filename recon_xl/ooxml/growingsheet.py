"""A sheet whose rows are made while it is packed, so that a large one is never whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from recon_xl.ooxml.bulkrows import SpelledRows
from recon_xl.ooxml.sheettext import SheetText, in_pieces

_BATCH = 256
"""Single rows compressed together."""


@dataclass(frozen=True, slots=True)
class OldRows:
    """Rows that stay as they are: a passage of a sheet's text, up to row `last`."""

    body: str
    start: int
    end: int
    last: int

    @property
    def text(self) -> str:
        """The rows themselves."""
        return self.body[self.start : self.end]


Rows = str | SpelledRows | OldRows
"""One row or several, whole ones."""


@dataclass(frozen=True, slots=True)
class GrowingSheet:
    """A sheet whose rows between `above` and `after` are still to be made; they can be taken once."""

    above: SheetText
    rows: Iterable[Rows]
    after: str

    def whole(self) -> SheetText:
        """Return the sheet as text."""
        rows = (rows if isinstance(rows, str) else rows.text for rows in self.rows)
        return self.above.with_rows(self.above.body, rows, self.after)

    def pieces(self, see: Callable[[Rows], None] = lambda rows: None) -> Iterator[bytes]:
        """Yield the sheet part piece by piece; of the new rows only a piece is ever held, and shown to `see`."""
        yield self.above.head.encode()
        yield from in_pieces(self.above.body)
        for rows in _batches(self.rows):
            see(rows)
            if isinstance(rows, OldRows):
                yield from in_pieces(rows.body, rows.start, rows.end)
            else:
                yield (rows if isinstance(rows, str) else rows.text).encode()
        yield from in_pieces(self.after)
        yield self.above.tail.encode()


def _batches(rows: Iterable[Rows]) -> Iterator[Rows]:
    """The rows as they come, single ones joined to texts of many."""
    single: list[str] = []
    for row in rows:
        if isinstance(row, str):
            single.append(row)
            if len(single) < _BATCH:
                continue
        if single:
            yield "".join(single)
            single.clear()
        if not isinstance(row, str):
            yield row
    if single:
        yield "".join(single)
