"""A new sheet made from a template sheet: its upper rows, then copies of its prototype rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from recon_xl.core.cells import Value
from recon_xl.ooxml.address import COLUMN_NUMBERS, Range
from recon_xl.ooxml.cellmove import moved
from recon_xl.ooxml.cellset import set_cells, with_values
from recon_xl.ooxml.cellxml import CellWriter
from recon_xl.ooxml.sheettext import RawRow, SheetText, foreign_form

_HEIGHT = re.compile(r'\s(?:ht|customHeight)="[^"]*"')
# What must be one sheet's alone: being selected, its name in VBA, its identity for co-authoring.
_UNIQUE = re.compile(r'\s(?:tabSelected|codeName|xr:uid)="[^"]*"')


@dataclass(frozen=True, slots=True)
class ClonedRow:
    """A copy of the template's row `prototype_row` with the values of some columns (by letter) set, and its own height."""

    prototype_row: int
    values: Mapping[str, Value] = field(default_factory=dict)
    height: float | None = None


def cloned(
    template: SheetText, first_row: int, rows: Sequence[ClonedRow], cells: Mapping[str, Value], writer: CellWriter
) -> SheetText:
    """Return the template's rows above `first_row`, then the copies one below the other, then single cells set."""
    before, prototypes, _after = template.split(first_row, 2**31)
    by_number = {row.number: row for row in prototypes}
    columns = template.column_styles()
    out = []
    for number, wanted in enumerate(rows, first_row):
        prototype = by_number.get(wanted.prototype_row)
        if prototype is None:
            raise foreign_form(template.where, f"no row {wanted.prototype_row} in the template")
        inner = "".join(moved(cell, prototype.number, number) for cell in template.cells(prototype))
        values = {COLUMN_NUMBERS[letters]: value for letters, value in wanted.values.items()}
        attrs = (
            prototype.attrs if wanted.height is None else f'{_HEIGHT.sub("", prototype.attrs)} ht="{wanted.height:g}"'
        )
        copy = RawRow(number, attrs, inner)
        out.append(with_values(template, copy, values, columns, writer) if values else copy.xml())
    sheet = template.with_rows(before, out, "")
    sheet = replace(sheet, head=_UNIQUE.sub("", sheet.head))
    sheet = sheet.with_dimension(Range(1, 1, max(first_row - 1 + len(rows), 1), 1))
    return set_cells(sheet, cells, writer)
