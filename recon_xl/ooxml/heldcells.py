"""All cells of a small sheet with their formulas, from one reading of its text; what is unusual is left to `CellReader`."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from recon_xl.core.cells import Cell, NumberText, PercentText
from recon_xl.ooxml.address import COLUMN_NUMBERS, MAX_ROW
from recon_xl.ooxml.rawxml import NotPlainError, plain, row_texts
from recon_xl.ooxml.xmltext import excel_unescape, unescape

_ROW = re.compile(r'(?:<row [^<>]*/>)*<row (?:[^<>]* )?r="([1-9][0-9]{0,6})"[^<>]*(?<!/)>').match
_NUMBER = r"-?[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
# Groups: column, row, style, then a number, a text, a place among the shared texts, or a formula with a number or a text.
_CELLS = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]++)")?+'
    rf'(?:/>| t="n"/>|><v>({_NUMBER})</v></c>| t="inlineStr"><is><t(?: xml:space="preserve")?>([^<]++)</t></is></c>'
    rf'| t="s"><v>([0-9]{{1,9}})</v></c>|><f>([^<]++)</f><v>({_NUMBER})</v></c>'
    r'| t="str"><f>([^<]++)</f><v>([^<]*+)</v></c>)'
).findall

Place = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True, slots=True)
class HeldCells:
    """The cells of a sheet that hold something, and the formulas of those that have one."""

    cells: dict[Place, Cell] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)


def held_cells(sheet: bytes, strings: Sequence[str], percent: frozenset[str]) -> HeldCells | None:
    """The cells as `CellReader` gives them; None where it takes a closer look to tell. `percent` are styles of percentages."""
    held = HeldCells()
    last = 0
    try:
        for rows in row_texts(plain(io.BytesIO(sheet))):
            *pieces, rest = rows.split("</row>")
            for piece in pieces:
                number, cells = _cells_of(piece)
                if rest or not last < number <= MAX_ROW:
                    return None
                last = number
                _hold(held, number, cells, strings, percent)
    except (NotPlainError, ValueError, LookupError):
        return None
    return held


def _cells_of(piece: str) -> tuple[int, list[tuple[str, ...]]]:
    """Number and cells of a row; NotPlainError where not all is as usual."""
    row = _ROW(piece)
    cells: list[tuple[str, ...]] = _CELLS(piece, row.end()) if row else []
    if row is None or len(cells) != piece.count("<c") or any(cell[1] != row[1] for cell in cells):
        raise NotPlainError
    return int(row[1]), cells


def _hold(
    held: HeldCells, number: int, cells: list[tuple[str, ...]], strings: Sequence[str], percent: frozenset[str]
) -> None:
    last = 0
    for letters, _row, style, digits, text, index, counted, shown, told, words in cells:
        place = (number, COLUMN_NUMBERS[letters])
        if place[1] <= last:
            raise NotPlainError
        last = place[1]
        if text:
            held.cells[place] = _decoded(text)
        elif digits or shown:
            held.cells[place] = PercentText(digits or shown) if style in percent else NumberText(digits or shown)
        elif index:
            held.cells[place] = strings[int(index)]
        elif told:
            held.cells[place] = _decoded(words)
        if formula := counted or told:
            held.formulas[place] = _decoded(formula)


def _decoded(text: str) -> str:
    return excel_unescape(unescape(text)) if "&" in text or "_x" in text else text
