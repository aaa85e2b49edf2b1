"""The values of a column as XML: each distinct value is spelled once, and most of them in one go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from recon_xl.core.cells import Value
from recon_xl.ooxml.cellxml import TEXT_END, TEXT_START, CellRules, are_plain, cell_xml

CELL_START = '<c r="'
_KEYS = frozenset({str, type(None), date, datetime})
"""Types whose equal values are stored alike; `1`, `True` and `Decimal("1.0")` are equal and are not."""
_NUMBERS = frozenset({int, Decimal, type(None)})
_TEXTS = frozenset({str, type(None)})
is_short = re.compile(r"(?=.{1,15}$)-?[0-9]+(?:\.[0-9]+)?").fullmatch
"""Numbers that Excel holds exactly and Python spells as Excel does."""


@dataclass(frozen=True, slots=True)
class BulkColumn:
    """A column of new rows: its style, the place of its values in a row (None: it has none), and its formula.

    `formula` is the escaped text that cells without a value get.
    """

    column: int
    style: str | None
    place: int | None
    formula: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSpelling:
    """Spells what follows the address of a cell, and the text that comes next in each row."""

    column: BulkColumn
    rules: CellRules
    following: str

    def spell(self, values: Sequence[Value]) -> tuple[list[str], Collection[str]]:
        """The cell of each value, and the distinct ones of them. Raises `InputError` like `cell_xml`."""
        kinds = set(map(type, values))
        if kinds <= _NUMBERS:
            numbers = _Numbers(self)
            return list(map(numbers.__getitem__, map(str, values))), numbers.values()
        spelled = _Spelled(self)
        if kinds <= _KEYS:
            if str in kinds:
                spelled.learn(cast("set[str]", {*values}.difference((None,)) if kinds <= _TEXTS else _texts_of(values)))
            return list(map(spelled.__getitem__, values)), spelled.values()
        cells = [spelled[value] if type(value) in _KEYS else self.cell(value) for value in values]
        return cells, cells

    def cell(self, value: Value) -> str:
        """What follows the address of one cell."""
        return self.blank + self.following if value is None else self._filled(value)

    @property
    def blank(self) -> str:
        """What follows the address where there is no value; nothing where there is no cell."""
        if self.column.formula:
            return f'"{self.styled}><f>{self.column.formula}</f></c>'
        return f'"{self.styled}/>' if self.styled else ""

    @property
    def styled(self) -> str:
        """The attribute of the style."""
        return f' s="{self.column.style}"' if self.column.style else ""

    def _filled(self, value: Value) -> str:
        return cell_xml("", self.column.style, value, self.rules)[len(CELL_START) :] + self.following


def _texts_of(values: Iterable[Value]) -> set[str]:
    return {value for value in values if type(value) is str}


class _Spelled(dict[Value, str]):
    """Value of a column -> its cell."""

    def __init__(self, spelling: ColumnSpelling) -> None:
        super().__init__()
        self._spelling = spelling

    def learn(self, texts: Collection[str]) -> None:
        """Spell texts at once, if all are as plain as most are; else each is spelled when it is met."""
        if are_plain(texts):
            start, end = f'"{self._spelling.styled}{TEXT_START}', f"{TEXT_END}{self._spelling.following}"
            self.update({text: f"{start}{text}{end}" for text in texts})

    def __missing__(self, value: Value) -> str:
        found = self[value] = self._spelling.cell(value)
        return found


class _Numbers(dict[str, str]):
    """A number as Python spells it, or `None` -> its cell."""

    def __init__(self, spelling: ColumnSpelling) -> None:
        super().__init__({"None": spelling.cell(None)})
        self._spelling = spelling
        self._start, self._end = f'"{spelling.styled}><v>', f"</v></c>{spelling.following}"

    def __missing__(self, text: str) -> str:
        short = is_short(text)
        found = self[text] = f"{self._start}{text}{self._end}" if short else self._spelling.cell(Decimal(text))
        return found
