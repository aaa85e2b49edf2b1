"""Many new rows at once: each distinct value of a column is spelled once, and a row is one join.

A cell is its address and what follows it. What follows is the same for equal values of a column, so it is kept
together with the beginning of the next cell; the row number, which separates them, is then the glue of a join.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from recon_xl.core.cells import Value
from recon_xl.core.errors import InputError
from recon_xl.core.rows import columns_of
from recon_xl.ooxml.address import COLUMN_LETTERS, cell_ref
from recon_xl.ooxml.cellxml import CellRules, cell_xml
from recon_xl.ooxml.columnspelling import CELL_START, BulkColumn, ColumnSpelling, SpelledColumn

__all__ = ["BulkColumn", "BulkRows", "SpelledRows"]

_CHUNK = 1024
"""Rows spelled together: enough for values to repeat, few enough to stay small."""
_ROW_START, _ROW_END = '<row r="', "</row>"


@dataclass(frozen=True, slots=True)
class SpelledRows:
    """Whole rows one below the other as text, from row `first` to row `last`.

    `columns` has, from left to right, the number and style of each column and the cells that prove it, without their
    addresses, each with what follows it; `attributes` the distinct attributes of the rows. Who proves these has proved the rows.
    """

    text: str
    first: int
    last: int
    columns: Sequence[tuple[int, str | None, Collection[str]]]
    attributes: Collection[str]


class BulkRows:
    """Writes the cells of rows that lie one below the other; raises `InputError` like `cell_xml`."""

    def __init__(self, columns: Sequence[BulkColumn], rules: CellRules) -> None:
        self._columns = columns
        self._rules = rules
        self._starts = [f"{CELL_START}{COLUMN_LETTERS[column.column]}" for column in columns]
        self._spellings: dict[str | None, list[ColumnSpelling]] = {}

    def cells(self, first_row: int, rows: Sequence[Sequence[Value]]) -> Iterator[str]:
        """The cells of each row as XML, without the row element."""
        for number, chunk, given in self._chunks(first_row, rows):
            if self._has_gaps(given):
                yield from self._with_gaps(number, chunk, given)
            else:
                cells = (cells for cells, _proofs in self._spelled(number, chunk, given, ""))
                yield from map(str.join, _numbers(number, chunk), zip(repeat(self._starts[0]), *cells, strict=False))

    def rows(
        self, first_row: int, rows: Sequence[Sequence[Value]], attributes: Sequence[str] = ()
    ) -> Iterator[str | SpelledRows]:
        """The same as row elements, which may have attributes: many in one text, or one by one where cells are left out."""
        for number, chunk, given in self._chunks(first_row, rows):
            here = attributes[number - first_row : number - first_row + len(chunk)] or [""] * len(chunk)
            if self._has_gaps(given):
                lines = zip(_numbers(number, chunk), here, self._with_gaps(number, chunk, given), strict=True)
                yield from (f'{_ROW_START}{line}"{attrs}>{cells}{_ROW_END}' for line, attrs, cells in lines)
            else:
                yield self._alike(number, here, self._spelled(number, chunk, given, _ROW_END))

    def _alike(self, first_row: int, attributes: Sequence[str], spelled: Sequence[SpelledColumn]) -> SpelledRows:
        """Rows in which every column has a cell: their numbers are the glue, between tags and cells alike."""
        opened = {attrs: f'"{attrs}>{self._starts[0]}' for attrs in set(attributes)}
        tags = map(opened.__getitem__, attributes)
        pieces = zip(repeat(_ROW_START), tags, *(cells for cells, _proofs in spelled), strict=False)
        text = "".join(map(str.join, _numbers(first_row, attributes), pieces))
        columns = [(own.column, own.style, proofs) for own, (_, proofs) in zip(self._columns, spelled, strict=True)]
        return SpelledRows(text, first_row, first_row + len(attributes) - 1, columns, opened.keys())

    def _chunks(
        self, first_row: int, rows: Sequence[Sequence[Value]]
    ) -> Iterator[tuple[int, Sequence[Sequence[Value]], list[Sequence[Value]]]]:
        """Some rows at a time: the number of the first, the rows, and the values of each column."""
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            by_place = columns_of(chunk)
            blank = [None] * len(chunk)
            yield first_row + start, chunk, [blank if c.place is None else by_place[c.place] for c in self._columns]

    def _has_gaps(self, given: Sequence[Sequence[Value]]) -> bool:
        """True where a cell is left out, because it has neither value nor format, or where there is no column at all."""
        pairs = zip(self._spelling(None), given, strict=True)
        return not given or any(not spelling.blank and None in values for spelling, values in pairs)

    def _spelled(
        self, first_row: int, rows: Sequence[Sequence[Value]], given: Sequence[Sequence[Value]], end: str | None
    ) -> list[SpelledColumn]:
        """The cells of all columns, each followed by the start of the next; `end` follows the last. None: by nothing at all."""
        try:
            return [spelling.spell(values) for spelling, values in zip(self._spelling(end), given, strict=True)]
        except InputError:
            self._refuse(first_row, rows)
            raise

    def _with_gaps(
        self, first_row: int, rows: Sequence[Sequence[Value]], given: Sequence[Sequence[Value]]
    ) -> Iterator[str]:
        """The cells of rows in which not every column has one."""
        if not given:
            yield from repeat("", len(rows))
            return
        spelled = (cells for cells, _proofs in self._spelled(first_row, rows, given, None))
        for number, row in zip(_numbers(first_row, rows), zip(*spelled, strict=True), strict=True):
            yield "".join(f"{start}{number}{cell}" for start, cell in zip(self._starts, row, strict=True) if cell)

    def _spelling(self, end: str | None) -> list[ColumnSpelling]:
        """How each column is spelled, with what it remembers from the rows before; `end` as above."""
        if end not in self._spellings:
            following = [""] * len(self._columns) if end is None else [*self._starts[1:], end]
            pairs = zip(self._columns, following, strict=True)
            self._spellings[end] = [ColumnSpelling(column, self._rules, after) for column, after in pairs]
        return self._spellings[end]

    def _refuse(self, first_row: int, rows: Sequence[Sequence[Value]]) -> None:
        """Meet the value that cannot be stored once more, now with its address."""
        for number, row in enumerate(rows, first_row):
            for column in self._columns:
                if column.place is not None:
                    cell_xml(cell_ref(number, column.column), column.style, row[column.place], self._rules)


def _numbers(first_row: int, rows: Sequence[object]) -> Iterator[str]:
    return map(str, range(first_row, first_row + len(rows)))
