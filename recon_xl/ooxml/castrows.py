"""Copies of the prototype rows of a mould, with values of their own: those of one shape together, column by column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from recon_xl.core.cells import Value
from recon_xl.core.errors import InputError
from recon_xl.ooxml.address import COLUMN_LETTERS, COLUMN_NUMBERS, MAX_ROW
from recon_xl.ooxml.castcells import Following, Spelling
from recon_xl.ooxml.cellxml import CellWriter, cell_xml
from recon_xl.ooxml.columnspelling import CELL_START, BulkColumn, ColumnSpelling
from recon_xl.ooxml.sheettext import RawRow, SheetText, foreign_form

_HEIGHT = re.compile(r'\s(?:ht|customHeight)="[^"]*"')


class ClonedRow(NamedTuple):
    """A copy of the template's row `prototype_row` with the values of some columns (by letter) set, and its own height."""

    prototype_row: int
    values: Mapping[str, Value] = {}
    height: float | None = None


_Key = tuple[int, tuple[str, ...], tuple[str, ...]]
"""The row of a prototype, the columns that are set, and those of them in which there is no cell at all."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A prototype whose cells in some columns (by letters) are set; `is_good` says that of what its copies have alike."""

    row: RawRow
    cells: list[tuple[str, ColumnSpelling | Following]]
    bare: tuple[str, ...]
    is_good: bool

    def columns(self, numbers: Sequence[int], rows: Sequence[ClonedRow], spelling: Spelling) -> Iterator[list[str]]:
        """Of each cell, what follows its address in the rows with these numbers, up to the number in that of the next."""
        for letters, cell in self.cells:
            if isinstance(cell, Following):
                yield list(map(cell.__getitem__, numbers))
            else:
                cells, proofs = cell.spell([row.values[letters] for row in rows])
                for proof in proofs:
                    spelling.seen(proof.removesuffix(cell.following))
                yield cells


class RowMoulds:
    """The prototype rows of a template, each taken apart once for each choice of columns that are set."""

    def __init__(
        self, template: SheetText, rows: Sequence[RawRow], writer: CellWriter, spelling: Spelling,
        are_good: Callable[[str], bool],
    ) -> None:  # fmt: skip
        """`are_good` tells of whole rows, as XML, whether a close look would find nothing."""
        self._template = template
        self._rows = {row.number: row for row in rows}
        self._writer = writer
        self._spelling = spelling
        self._are_good = are_good
        self._column_styles = template.column_styles()
        self._shapes: dict[_Key, _Shape] = {}
        self._attributes: dict[tuple[str, float | None], str] = {}

    def copies(self, numbers: Sequence[int], rows: Sequence[ClonedRow]) -> list[str]:
        """The copies as XML, each with its number. Raises `InputError` like `cell_xml`."""
        self._spelling.doubts += max(numbers, default=0) > MAX_ROW
        alike: defaultdict[_Key, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            alike[self._key(row)].append(place)
        out = [""] * len(rows)
        for key, places in alike.items():
            found = self._alike(self._shape(key), [numbers[at] for at in places], [rows[at] for at in places])
            for place, text in zip(places, found, strict=True):
                out[place] = text
        return out

    def _alike(self, shape: _Shape, numbers: Sequence[int], rows: Sequence[ClonedRow]) -> Iterable[str]:
        """Copies of one shape: the row number is the glue, between tags and cells alike."""
        self._spelling.doubts += not shape.is_good
        attributes = [self._with_height(shape.row.attrs, row.height) for row in rows]
        try:
            columns = list(shape.columns(numbers, rows, self._spelling))
        except InputError:
            self._refuse(numbers, rows)
            raise
        if not columns:
            pairs = zip(numbers, attributes, strict=True)
            return [f'<row r="{number}"{attrs}></row>' if attrs else "" for number, attrs in pairs]
        first = f"{CELL_START}{shape.cells[0][0]}"
        opened = {attrs: f'"{attrs}>{first}' for attrs in set(attributes)}
        pieces = zip(repeat('<row r="'), map(opened.__getitem__, attributes), *columns, strict=False)
        return map(str.join, map(str, numbers), pieces)

    def _key(self, row: ClonedRow) -> _Key:
        key = row.prototype_row, tuple(row.values), ()
        return *key[:2], tuple(letters for letters in self._shape(key).bare if row.values[letters] is None)

    def _refuse(self, numbers: Sequence[int], rows: Sequence[ClonedRow]) -> None:
        """Meet the value that cannot be stored once more, now with its address."""
        for number, row in zip(numbers, rows, strict=True):
            for letters, value in row.values.items():
                cell_xml(f"{letters}{number}", None, value)

    def _with_height(self, attrs: str, height: float | None) -> str:
        """The attributes of a row, with another height."""
        if height is None:
            return attrs
        if (attrs, height) not in self._attributes:
            self._attributes[attrs, height] = f'{_HEIGHT.sub("", attrs)} ht="{height:g}"'
        return self._attributes[attrs, height]

    def _shape(self, key: _Key) -> _Shape:
        if key not in self._shapes:
            self._shapes[key] = self._new_shape(*key)
        return self._shapes[key]

    def _new_shape(self, number: int, given: tuple[str, ...], absent: tuple[str, ...]) -> _Shape:
        """The cells of a copy, from left to right; the style of a set cell is its own, else the row's or column's."""
        row = self._rows.get(number)
        if row is None:
            raise foreign_form(self._template.where, f"no row {number} in the template")
        there = {cell.column: cell for cell in self._template.cells(row)}
        columns = sorted(there.keys() | {COLUMN_NUMBERS[letters] for letters in given})
        names = [letters for column in columns if (letters := COLUMN_LETTERS[column]) not in absent]
        doubts = self._spelling.doubts
        cells: list[tuple[str, ColumnSpelling | Following]] = []
        bare = []
        for letters, following in zip(names, [*(f"{CELL_START}{name}" for name in names[1:]), "</row>"], strict=True):
            column = COLUMN_NUMBERS[letters]
            cell = there.get(column)
            if letters in given:
                style = self._writer.styles.plain(cell.style if cell else row.style or self._column_styles.get(column))
                bare += [] if style else [letters]
                spelled = ColumnSpelling(BulkColumn(column, style, None), self._writer.rules, following)
                cells.append((letters, spelled))
            else:
                cells.append((letters, Following(there[column], number, self._spelling, following)))
        kept = (cell.xml(number) for column, cell in there.items() if COLUMN_LETTERS[column] not in given)
        is_good = self._are_good(row._replace(inner="".join(kept)).xml()) and self._spelling.doubts == doubts
        return _Shape(row, cells, tuple(bare), is_good)
