"""New sheets made from a template sheet: its upper rows, then copies of its prototype rows.

The template is taken apart once. What is the same on every clone is kept as text, and a clone writes the rest only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from recon_xl.core.cells import Value
from recon_xl.ooxml.address import COLUMN_LETTERS, COLUMN_NUMBERS, Range, parse_cell
from recon_xl.ooxml.cellmove import moved
from recon_xl.ooxml.cellset import set_cells
from recon_xl.ooxml.cellxml import CellWriter, cell_xml
from recon_xl.ooxml.sheettext import RawCell, RawRow, SheetText, foreign_form

_HEIGHT = re.compile(r'\s(?:ht|customHeight)="[^"]*"')
# What must be one sheet's alone: being selected, its name in VBA, its identity for co-authoring.
_UNIQUE = re.compile(r'\s(?:tabSelected|codeName|xr:uid)="[^"]*"')
_HOLE = "\ue0fe recon-xl \ue0ff"
"""Stands in for a value while the place of a single cell is found."""
_HOLES = re.compile(rf'<c r="([A-Z]+[0-9]+)"(?: s="([0-9]+)")? t="inlineStr"><is><t>{_HOLE}</t></is></c>')


@dataclass(frozen=True, slots=True)
class ClonedRow:
    """A copy of the template's row `prototype_row` with the values of some columns (by letter) set, and its own height."""

    prototype_row: int
    values: Mapping[str, Value] = field(default_factory=dict)
    height: float | None = None


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell of a cloned row: set to a value, or a constant, or a formula that moves along."""

    letters: str
    style: str | None
    is_set: bool
    cell: RawCell | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """The rows above the cloned ones with holes for single cells: a text before each hole, and one after the last."""

    sheet: SheetText
    texts: list[str]
    holes: list[tuple[str, str | None]]
    used: Range | None


class Mould:
    """A template sheet taken apart; `cast` makes a sheet of it."""

    def __init__(self, template: SheetText, first_row: int, writer: CellWriter) -> None:
        before, prototypes, _after = template.split(first_row, 2**31)
        self._first_row = first_row
        self._writer = writer
        self._upper = replace(template.with_rows(before, (), ""), head=_UNIQUE.sub("", template.head))
        self._prototypes = {row.number: row for row in prototypes}
        self._column_styles = template.column_styles()
        self._frames: dict[tuple[str, ...], _Frame] = {}
        self._slots: dict[tuple[int, tuple[str, ...]], list[_Slot]] = {}

    def cast(self, rows: Sequence[ClonedRow], cells: Mapping[str, Value]) -> SheetText:
        """Return the template's upper rows, then the copies one below the other, with single upper cells set."""
        frame = self._frame(tuple(cells))
        out = []
        for text, (ref, style) in zip(frame.texts, frame.holes, strict=False):
            out += [text, cell_xml(ref, style, cells[ref], self._writer.rules)]
        out.append(frame.texts[-1])
        out += [self._row(number, row) for number, row in enumerate(rows, self._first_row)]
        sheet = frame.sheet.with_rows("", out, "")
        sheet = sheet.with_dimension(Range(1, 1, max(self._first_row - 1 + len(rows), 1), 1))
        return sheet.with_dimension(frame.used) if frame.used else sheet

    def _frame(self, refs: tuple[str, ...]) -> _Frame:
        if refs not in self._frames:
            places = [place for ref in refs if (place := parse_cell(ref))]
            if any(row >= self._first_row for row, _column in places):
                raise ValueError(f"{', '.join(refs)}: a single cell among the cloned rows")
            sheet = set_cells(self._upper, dict.fromkeys(refs, _HOLE), self._writer)
            texts = _HOLES.split(sheet.body)
            holes = list(zip(texts[1::3], texts[2::3], strict=True))
            rows, columns = [row for row, _ in places], [column for _, column in places]
            used = Range(min(rows), min(columns), max(rows), max(columns)) if places else None
            self._frames[refs] = _Frame(sheet, texts[::3], holes, used)
        return self._frames[refs]

    def _row(self, number: int, wanted: ClonedRow) -> str:
        prototype = self._prototypes.get(wanted.prototype_row)
        if prototype is None:
            raise foreign_form(self._upper.where, f"no row {wanted.prototype_row} in the template")
        values, rules = wanted.values, self._writer.rules
        out = []
        for slot in self._slots_of(prototype, tuple(values)):
            if slot.is_set:
                out.append(cell_xml(f"{slot.letters}{number}", slot.style, values[slot.letters], rules))
            elif slot.cell is not None:
                out.append(moved(slot.cell, prototype.number, number))
        attrs = prototype.attrs
        if wanted.height is not None:
            attrs = f'{_HEIGHT.sub("", attrs)} ht="{wanted.height:g}"'
        return RawRow(number, attrs, "".join(out)).xml()

    def _slots_of(self, prototype: RawRow, given: tuple[str, ...]) -> list[_Slot]:
        """The cells of a copy, from left to right; the style of a set cell is its own, else the row's or column's."""
        key = (prototype.number, given)
        if key not in self._slots:
            cells = {cell.column: cell for cell in self._upper.cells(prototype)}
            slots = []
            for column in sorted(cells.keys() | {COLUMN_NUMBERS[letters] for letters in given}):
                cell, letters = cells.get(column), COLUMN_LETTERS[column]
                style = cell.style if cell else prototype.style or self._column_styles.get(column)
                slots.append(_Slot(letters, self._writer.styles.plain(style), letters in given, cell))
            self._slots[key] = slots
        return self._slots[key]
