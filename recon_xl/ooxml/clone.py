"""New sheets made from a template sheet: its upper rows, then copies of its prototype rows.

The template is taken apart once. What is the same on every clone is kept as text, and a clone writes the rest only. So
too with the proof: what is kept was looked at once, and on a clone only what is new is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from recon_xl.core.cells import Value
from recon_xl.core.errors import InputError
from recon_xl.ooxml.address import Range, parse_cell
from recon_xl.ooxml.castcells import KEYS, Spelled, Spelling, addressed
from recon_xl.ooxml.castrows import ClonedRow, RowMoulds
from recon_xl.ooxml.cellset import set_cells
from recon_xl.ooxml.cellxml import CellWriter
from recon_xl.ooxml.columnspelling import CELL_START
from recon_xl.ooxml.sheettext import SheetText

# What must be one sheet's alone: being selected, its name in VBA, its identity for co-authoring.
_UNIQUE = re.compile(r'\s(?:tabSelected|codeName|xr:uid)="[^"]*"')
_HOLE = "\ue0fe recon-xl \ue0ff"
"""Stands in for a value while the place of a single cell is found."""
_HOLES = re.compile(rf'<c r="([A-Z]+[0-9]+)"(?: s="([0-9]+)")? t="inlineStr"><is><t>{_HOLE}</t></is></c>')


@dataclass(frozen=True, slots=True)
class ClonedSheet:
    """A sheet to be made: its name, single cells of the upper rows, the copies below them, and a print area like `A1:H40`."""

    name: str
    cells: Mapping[str, Value] = field(default_factory=dict)
    rows: Sequence[ClonedRow] = ()
    print_area: str | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """A sheet as it came out of a mould; `abridged` gives it without its rows, where all of them are proved good."""

    data: bytes
    abridged: Callable[[], bytes] | None


@dataclass(frozen=True, slots=True)
class _Frame:
    """The rows above the cloned ones with holes for single cells: a text before each hole, and one after the last.

    `heads` is what stands before all rows, by the number of cloned rows; `is_good` speaks of the rows but for the holes.
    """

    sheet: SheetText
    texts: list[str]
    holes: list[tuple[str, Spelled]]
    used: Range | None
    is_good: bool
    heads: dict[int, bytes] = field(default_factory=dict)


class Mould:
    """A template sheet taken apart; `cast` makes a sheet of it."""

    def __init__(
        self, template: SheetText, first_row: int, writer: CellWriter, are_good: Callable[[str], bool]
    ) -> None:
        """`are_good` tells of whole rows, as XML, whether a close look would find nothing."""
        before, prototypes, _after = template.split(first_row, 2**31)
        self._first_row = first_row
        self._writer = writer
        self._are_good = are_good
        self._spelling = Spelling(writer)
        self._rows = RowMoulds(template, prototypes, writer, self._spelling, are_good)
        self._upper = replace(template.with_rows(before, (), ""), head=_UNIQUE.sub("", template.head))
        self._abridged = partial(bytes, f"{self._upper.head}{self._upper.tail}".encode())
        self._tail = self._upper.tail.encode()
        self._frames: dict[tuple[str, ...], _Frame] = {}

    def cast(self, sheets: Sequence[ClonedSheet]) -> list[Cast]:
        """Return, for each sheet, the template's upper rows with single cells set, then the copies one below the other.

        A doubt about the copies of one sheet is one about those of all that are cast with it.
        """
        doubts = self._spelling.doubts
        numbers = [number for sheet in sheets for number, _ in enumerate(sheet.rows, self._first_row)]
        copies = iter(self._rows.copies(numbers, [row for sheet in sheets for row in sheet.rows]))
        are_good = self._spelling.doubts == doubts
        return [self._sheet(sheet, "".join(islice(copies, len(sheet.rows))), are_good) for sheet in sheets]

    def _sheet(self, sheet: ClonedSheet, copies: str, are_good: bool) -> Cast:
        doubts = self._spelling.doubts
        frame = self._frame(tuple(sheet.cells))
        body = "".join([*self._filled(frame, sheet.cells), copies])
        data = b"".join((self._head(frame, len(sheet.rows)), body.encode(), self._tail))
        is_good = are_good and frame.is_good and self._spelling.doubts == doubts
        return Cast(data, self._abridged if is_good else None)

    def _filled(self, frame: _Frame, cells: Mapping[str, Value]) -> Iterator[str]:
        """The upper rows with values in the holes."""
        for text, (ref, spelled) in zip(frame.texts, frame.holes, strict=False):
            yield text
            try:
                rest = spelled[value] if type(value := cells[ref]) in KEYS else spelled.other(value)
            except InputError as error:
                raise addressed(error, ref) from None
            if rest:
                yield f"{CELL_START}{ref}{rest}"
        yield frame.texts[-1]

    def _head(self, frame: _Frame, rows: int) -> bytes:
        """What stands before the rows: clones differ in their used range alone."""
        if rows not in frame.heads:
            sheet = frame.sheet.with_dimension(frame.used) if frame.used else frame.sheet
            sheet = sheet.with_dimension(Range(1, 1, max(self._first_row - 1 + rows, 1), 1))
            frame.heads[rows] = sheet.head.encode()
        return frame.heads[rows]

    def _frame(self, refs: tuple[str, ...]) -> _Frame:
        if refs not in self._frames:
            places = [place for ref in refs if (place := parse_cell(ref))]
            if any(row >= self._first_row for row, _column in places):
                raise ValueError(f"{', '.join(refs)}: a single cell among the cloned rows")
            sheet = set_cells(self._upper, dict.fromkeys(refs, _HOLE), self._writer)
            texts, doubts = _HOLES.split(sheet.body), self._spelling.doubts
            holes = [(ref, Spelled(style, self._spelling)) for ref, style in zip(texts[1::3], texts[2::3], strict=True)]
            rows, columns = [row for row, _ in places], [column for _, column in places]
            is_good = self._are_good(sheet.body) and self._spelling.doubts == doubts
            used = Range(min(rows), min(columns), max(rows), max(columns)) if places else None
            self._frames[refs] = _Frame(sheet, texts[::3], holes, used, is_good)
        return self._frames[refs]
