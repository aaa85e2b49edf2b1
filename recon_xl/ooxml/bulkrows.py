"""Many new rows at once: each distinct value of a column is spelled once, and a row is one join.

A cell is its address and what follows it. What follows is the same for equal values of a column, so it is kept
together with the beginning of the next cell; the row number, which separates them, is then the glue of a join.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice, repeat

from recon_xl.core.cells import Value
from recon_xl.core.errors import InputError
from recon_xl.ooxml.address import COLUMN_LETTERS, cell_ref
from recon_xl.ooxml.cellxml import TEXT_END, TEXT_START, CellRules, are_plain, cell_xml

_CHUNK = 2048
"""Rows spelled together: enough for values to repeat, few enough to stay small."""
_START = '<c r="'
_KEYS = frozenset({str, type(None), date, datetime})
"""Types whose equal values are stored alike; `1`, `True` and `Decimal("1.0")` are equal and are not."""
_NUMBERS = frozenset({int, Decimal, type(None)})
_is_short = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?").fullmatch


@dataclass(frozen=True, slots=True)
class BulkColumn:
    """A column of new rows: its style, the place of its values in a row (None: it has none), and its formula.

    `formula` is the escaped text that cells without a value get.
    """

    column: int
    style: str | None
    place: int | None
    formula: str = ""


class BulkRows:
    """Writes the cells of rows that lie one below the other."""

    def __init__(self, columns: Sequence[BulkColumn], rules: CellRules) -> None:
        self._columns = columns
        self._rules = rules
        self._starts = [f"{_START}{COLUMN_LETTERS[column.column]}" for column in columns]

    def cells(self, first_row: int, rows: Sequence[Sequence[Value]]) -> Iterator[str]:
        """The cells of each row as XML, without the row element. Raises `InputError` like `cell_xml`."""
        if not self._columns:
            yield from ("" for _row in rows)
            return
        number, waiting = first_row, iter(rows)
        while chunk := list(islice(waiting, _CHUNK)):
            try:
                yield from self._chunk(number, chunk)
            except InputError:
                self._refuse(number, chunk)
                raise
            number += len(chunk)

    def _chunk(self, first_row: int, rows: Sequence[Sequence[Value]]) -> Iterator[str]:
        given = list(zip(*rows, strict=True))
        columns = [[None] * len(rows) if column.place is None else given[column.place] for column in self._columns]
        numbers = map(str, range(first_row, first_row + len(rows)))
        if any(
            self._blank(column) == "" and None in values for column, values in zip(self._columns, columns, strict=True)
        ):
            rests = [self._rests(column, values, "") for column, values in zip(self._columns, columns, strict=True)]
            for number, row in zip(numbers, zip(*rests, strict=True), strict=True):
                yield "".join(f"{start}{number}{rest}" for start, rest in zip(self._starts, row, strict=True) if rest)
            return
        glued = zip(self._columns, columns, (*self._starts[1:], ""), strict=True)
        rests = [self._rests(column, values, following) for column, values, following in glued]
        yield from map(str.join, numbers, zip(repeat(self._starts[0]), *rests, strict=False))

    def _rests(self, column: BulkColumn, values: Sequence[Value], following: str) -> list[str]:
        """What follows the address of each cell, and the beginning of the next cell."""
        kinds = set(map(type, values))
        if kinds <= _NUMBERS:
            texts = list(map(str, values))
            return list(map(_Numbers(self, column, following).__getitem__, texts))
        spelled = _Spelled(self, column, following)
        if kinds <= _KEYS:
            spelled.learn(values)
            return list(map(spelled.__getitem__, values))
        return [spelled[value] if type(value) in _KEYS else self.rest(column, value) + following for value in values]

    def rest(self, column: BulkColumn, value: Value) -> str:
        """What follows the address of a cell; nothing where there is no cell."""
        if value is None:
            return self._blank(column)
        return cell_xml("", column.style, value, self._rules)[len(_START) :]

    def _blank(self, column: BulkColumn) -> str:
        styled = f' s="{column.style}"' if column.style else ""
        if column.formula:
            return f'"{styled}><f>{column.formula}</f></c>'
        return f'"{styled}/>' if styled else ""

    def _refuse(self, first_row: int, rows: Sequence[Sequence[Value]]) -> None:
        """Meet the value that cannot be stored once more, now with its address."""
        for number, row in enumerate(rows, first_row):
            for column in self._columns:
                if column.place is not None:
                    cell_xml(cell_ref(number, column.column), column.style, row[column.place], self._rules)


class _Spelled(dict[Value, str]):
    """Value of a column -> what follows its address."""

    def __init__(self, rows: BulkRows, column: BulkColumn, following: str) -> None:
        super().__init__()
        self._rows, self._column, self._following = rows, column, following

    def learn(self, values: Iterable[Value]) -> None:
        """Spell all texts at once, if they are as plain as most are; the others are spelled when they are met."""
        texts = {value for value in values if type(value) is str}
        if texts and are_plain(texts):
            styled = f' s="{self._column.style}"' if self._column.style is not None else ""
            start, end = f'"{styled}{TEXT_START}', f"{TEXT_END}{self._following}"
            self.update({text: f"{start}{text}{end}" for text in texts})

    def __missing__(self, value: Value) -> str:
        found = self[value] = self._rows.rest(self._column, value) + self._following
        return found


class _Numbers(dict[str, str]):
    """A number as Python spells it, or `None` -> what follows the address of its cell."""

    def __init__(self, rows: BulkRows, column: BulkColumn, following: str) -> None:
        super().__init__({"None": rows.rest(column, None) + following})
        self._rows, self._column, self._following = rows, column, following
        styled = f' s="{column.style}"' if column.style is not None else ""
        self._start, self._end = f'"{styled}><v>', f"</v></c>{following}"

    def __missing__(self, text: str) -> str:
        if not _is_short(text):
            return self._rows.rest(self._column, Decimal(text)) + self._following
        found = self[text] = f"{self._start}{text}{self._end}"
        return found
