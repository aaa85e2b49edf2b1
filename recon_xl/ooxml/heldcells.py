"""Cells with their formulas, from one reading of a sheet; what is unusual is left to `CellReader`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

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

Held = dict[int, tuple[Cell, str]]
"""Column from 1 -> what its cell holds, and its formula, blank where it has none; blank cells are left out."""


def held_rows(sheet: bytes, strings: Sequence[str], percent: frozenset[str]) -> Iterator[tuple[int, Held]]:
    """Number and cells of each row that has cells, as `CellReader` gives them; NotPlainError where it takes that to tell.

    `percent` are the styles that Excel shows as percentages.
    """
    last = 0
    for rows in row_texts(plain(io.BytesIO(sheet))):
        *pieces, rest = rows.split("</row>")
        if rest:
            raise NotPlainError
        for piece in pieces:
            row = _ROW(piece)
            if row is None or not last < (number := int(row[1])) <= MAX_ROW:
                raise NotPlainError
            last = number
            try:
                yield number, _held(piece, row, strings, percent)
            except (ValueError, LookupError):
                raise NotPlainError from None


def _held(piece: str, row: re.Match[str], strings: Sequence[str], percent: frozenset[str]) -> Held:
    found = _CELLS(piece, row.end())
    held: Held = {}
    last, own = 0, row[1]
    for letters, number, style, digits, text, index, counted, shown, told, words in found:
        column = COLUMN_NUMBERS[letters]
        if column <= last or number != own:
            raise NotPlainError
        last = column
        if text:
            held[column] = _decoded(text), ""
        elif value := digits or shown:
            held[column] = (PercentText if style in percent else NumberText)(value), _decoded(counted)
        elif index:
            held[column] = strings[int(index)], ""
        elif told:
            held[column] = _decoded(words), _decoded(told)
    if len(found) != piece.count("<c"):
        raise NotPlainError
    return held


def _decoded(text: str) -> str:
    return excel_unescape(unescape(text)) if "&" in text or "_x" in text else text
