"""Copies of the prototype rows of a mould, with values of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from recon_xl.core.cells import Value
from recon_xl.core.errors import InputError
from recon_xl.ooxml.address import COLUMN_LETTERS, COLUMN_NUMBERS, MAX_ROW
from recon_xl.ooxml.castcells import KEYS, Following, Spelled, Spelling, addressed
from recon_xl.ooxml.cellxml import CellWriter
from recon_xl.ooxml.columnspelling import CELL_START
from recon_xl.ooxml.sheettext import RawRow, SheetText, foreign_form

_HEIGHT = re.compile(r'\s(?:ht|customHeight)="[^"]*"')


@dataclass(frozen=True, slots=True)
class ClonedRow:
    """A copy of the template's row `prototype_row` with the values of some columns (by letter) set, and its own height."""

    prototype_row: int
    values: Mapping[str, Value] = field(default_factory=dict)
    height: float | None = None


@dataclass(frozen=True, slots=True)
class _Shape:
    """A prototype whose cells in some columns (by letters) are set; `is_good` says that of what its copies have alike."""

    row: RawRow
    cells: list[tuple[str, Spelled | Following]]
    is_good: bool


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
        self._shapes: dict[tuple[int, tuple[str, ...]], _Shape] = {}
        self._attributes: dict[tuple[str, float | None], str] = {}

    def copies(self, first: int, rows: Sequence[ClonedRow]) -> list[str]:
        """The copies as XML, one below the other from a row on. Raises `InputError` like `cell_xml`."""
        self._spelling.doubts += first + len(rows) > MAX_ROW
        return [self._copy(number, row) for number, row in enumerate(rows, first)]

    def _copy(self, number: int, row: ClonedRow) -> str:
        key = (row.prototype_row, tuple(row.values))
        if key not in self._shapes:
            self._shapes[key] = self._shape(*key)
        shape = self._shapes[key]
        if not shape.is_good:
            self._spelling.doubts += 1
        values, out = row.values, []
        letters = ""
        try:
            for letters, cell in shape.cells:
                if isinstance(cell, Following):
                    out.append(cell[number])
                elif rest := cell[value] if type(value := values[letters]) in KEYS else cell.other(value):
                    out.append(f"{CELL_START}{letters}{number}{rest}")
        except InputError as error:
            raise addressed(error, f"{letters}{number}") from None
        attrs, inner = self._with_height(shape.row.attrs, row.height), "".join(out)
        return f'<row r="{number}"{attrs}>{inner}</row>' if inner or attrs else ""

    def _with_height(self, attrs: str, height: float | None) -> str:
        """The attributes of a row, with another height."""
        if height is None:
            return attrs
        if (attrs, height) not in self._attributes:
            self._attributes[attrs, height] = f'{_HEIGHT.sub("", attrs)} ht="{height:g}"'
        return self._attributes[attrs, height]

    def _shape(self, number: int, given: tuple[str, ...]) -> _Shape:
        """The cells of a copy, from left to right; the style of a set cell is its own, else the row's or column's."""
        row = self._rows.get(number)
        if row is None:
            raise foreign_form(self._template.where, f"no row {number} in the template")
        there = {cell.column: cell for cell in self._template.cells(row)}
        columns = sorted(there.keys() | {COLUMN_NUMBERS[letters] for letters in given})
        cells: list[tuple[str, Spelled | Following]] = []
        doubts = self._spelling.doubts
        for column in columns:
            cell, letters = there.get(column), COLUMN_LETTERS[column]
            if letters in given:
                style = cell.style if cell else row.style or self._column_styles.get(column)
                cells.append((letters, Spelled(self._writer.styles.plain(style), self._spelling)))
            else:
                cells.append((letters, Following(there[column], number, self._spelling)))
        kept = (cell.xml(number) for column, cell in there.items() if COLUMN_LETTERS[column] not in given)
        is_good = self._are_good(row._replace(inner="".join(kept)).xml()) and self._spelling.doubts == doubts
        return _Shape(row, cells, is_good)
