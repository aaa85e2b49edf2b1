"""The values of a column as XML: each distinct value is spelled once, and most of them in one go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, cast

from recon_xl.core.cells import Formula, Value
from recon_xl.ooxml.cellxml import TEXT_END, TEXT_START, CellRules, all_escaped, are_unmarked, cell_xml

CELL_START = '<c r="'
_KEYS = frozenset({str, type(None), date, datetime})
"""Types whose equal values are stored alike; `1`, `True` and `Decimal("1.0")` are equal and are not."""
_NUMBERS = frozenset({int, Decimal, type(None)})
_FORMULAS = frozenset({Formula, type(None)})
_MOST = 2_048
"""Values of a column that are remembered from some rows to the next."""
is_short = re.compile(r"(?=.{1,15}$)-?[0-9]+(?:\.[0-9]+)?").fullmatch
"""Numbers that Excel holds exactly and Python spells as Excel does."""
_are_digits = re.compile(r"[-.0-9\n]+").fullmatch
"""Numbers, one a line, as Python spells them: not one that is written with an exponent or is none."""
_LONGEST_SHORT = 15


@dataclass(frozen=True, slots=True)
class BulkColumn:
    """A column of new rows: its style, the place of its values in a row (None: it has none), and its formula.

    `formula` is the escaped text that cells without a value get.
    """

    column: int
    style: str | None
    place: int | None
    formula: str = ""


class SpelledColumn(NamedTuple):
    """The cell of each value, and those by which all of them are proved.

    A cell that was put together from the column's own pieces and a text or number that is known to need no more stands for
    all that were put together like it; every other distinct cell is among `proofs` itself.
    """

    cells: list[str]
    proofs: Collection[str]


class ColumnSpelling:
    """Spells what follows the address of a cell, and the text that comes next in each row."""

    def __init__(self, column: BulkColumn, rules: CellRules, following: str) -> None:
        self._column, self._rules, self.following = column, rules, following
        self._styled = f' s="{column.style}"' if column.style else ""
        self._known: dict[Value, str] = {}
        self._single: dict[Value, str] = {}

    @property
    def blank(self) -> str:
        """What follows the address where there is no value; nothing where there is no cell."""
        if self._column.formula:
            return f'"{self._styled}><f>{self._column.formula}</f></c>'
        return f'"{self._styled}/>' if self._styled else ""

    def spell(self, values: Sequence[Value]) -> SpelledColumn:
        """The cells of some rows. Raises `InputError` like `cell_xml`."""
        kinds = set(map(type, values))
        if kinds <= _KEYS:
            return self._keys(values)
        if kinds <= _NUMBERS:
            return self._numbers(values)
        if kinds <= _FORMULAS and (found := self._formulas(cast("Sequence[Formula | None]", values))):
            return found
        cells = [self._cell(value) for value in values]
        return SpelledColumn(cells, cells)

    def _keys(self, values: Sequence[Value]) -> SpelledColumn:
        """Texts, dates and blanks: each distinct one once, also where it stood in rows before."""
        is_one = values[0] == values[-1] and values.count(values[0]) == len(values)
        distinct = {values[0]} if is_one else {*values}
        if len(self._known) > _MOST:
            self._known.clear()
            self._single.clear()
        new = distinct.difference(self._known)
        texts = [value for value in new if type(value) is str]
        escaped = all_escaped(texts) if are_unmarked(texts) else None
        if escaped is None:
            texts, escaped = [], []
        self._known.update(zip(texts, self._plain_texts(escaped), strict=True))
        for value in new.difference(texts):
            self._known[value] = self._single[value] = self._cell(value)
        cells = [self._known[values[0]]] * len(values) if is_one else list(map(self._known.__getitem__, values))
        proofs = {self._single[value] for value in self._single.keys() & distinct}
        if len(new) * 2 > len(values):  # hardly any of them comes again
            self._known.clear()
            self._single.clear()
        return SpelledColumn(cells, proofs.union(self._plain_texts(["x"])))

    def _plain_texts(self, escaped: Iterable[str]) -> list[str]:
        """The cells of texts that need no more than to be put between tags."""
        start, end = f'"{self._styled}{TEXT_START}', f"{TEXT_END}{self.following}"
        return [f"{start}{text}{end}" for text in escaped]

    def _numbers(self, values: Sequence[Value]) -> SpelledColumn:
        """Numbers and blanks, told apart by which object they are: 1.5 and 1.50 are equal and two different cells."""
        places = list(map(id, values))
        distinct = dict(zip(places, values, strict=True))
        blank = {id(None): self._cell(distinct.pop(id(None)))} if id(None) in distinct else {}
        texts = list(map(str, distinct.values()))
        cells, single = self._short_numbers(texts), {}
        if not are_short(texts):
            pairs = enumerate(zip(texts, distinct.values(), strict=True))
            single = {place: self._cell(value) for place, (text, value) in pairs if not is_short(text)}
            cells = [single.get(place, cell) for place, cell in enumerate(cells)]
        proofs = {*self._short_numbers("0"), *single.values(), *blank.values()}
        if len(cells) == len(values):
            return SpelledColumn(cells, proofs)
        known = dict(zip(distinct, cells, strict=True)) | blank
        return SpelledColumn(list(map(known.__getitem__, places)), proofs)

    def _short_numbers(self, texts: Iterable[str]) -> list[str]:
        """The cells of numbers that are stored as Python spells them."""
        start, end = f'"{self._styled}><v>', f"</v></c>{self.following}"
        return [f"{start}{text}{end}" for text in texts]

    def _formulas(self, values: Sequence[Formula | None]) -> SpelledColumn | None:
        """Formulas that show a text or a short number, and blanks; None where one of them needs a closer look."""
        formulas = [value for value in values if value is not None]
        shown = [formula.cached for formula in formulas]
        kinds = set(map(type, shown))
        texts, kind = all_escaped([formula.text for formula in formulas]), ""
        if kinds == {str}:
            stored, kind = all_escaped(cast("list[str]", shown)), ' t="str"'
        else:
            stored = list(map(str, shown))
            stored = stored if kinds <= _NUMBERS and are_short(stored) else None
        if texts is None or stored is None:
            return None
        pairs = zip([*texts, "1"], [*stored, "1"], strict=True)
        start, end = f'"{self._styled}{kind}><f>', f"</v></c>{self.following}"
        *cells, proof = [f"{start}{text}</f><v>{result}{end}" for text, result in pairs]
        if len(cells) == len(values):
            return SpelledColumn(cells, {proof})
        left, blank = iter(cells), self._cell(None)
        return SpelledColumn([blank if value is None else next(left) for value in values], {proof, blank})

    def _cell(self, value: Value) -> str:
        """What follows the address of one cell."""
        if value is None:
            return self.blank + self.following
        return cell_xml("", self._column.style, value, self._rules)[len(CELL_START) :] + self.following


def are_short(texts: Sequence[str]) -> bool:
    """True for numbers as Python spells them that Excel holds exactly as they are spelled."""
    return not texts or (max(map(len, texts)) <= _LONGEST_SHORT and _are_digits("\n".join(texts)) is not None)
