"""Single cells near the top of a large sheet: only its first rows become text, all below passes by as bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO

from recon_xl.core.cells import Value
from recon_xl.ooxml.address import Range, parse_cell
from recon_xl.ooxml.cellset import set_cells
from recon_xl.ooxml.cellxml import CellWriter
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.sheettext import SheetText

_LARGE = 1 << 20
_BLOCK = 1 << 16
_MOST = 1 << 20
"""Bytes in which the rows at stake must have come."""
_END = b"</sheetData></worksheet>"
_ROW = re.compile(rb'<row\s[^>]*?\br="([0-9]+)"[^>]*>')


def is_large(package: Package, part: str) -> bool:
    """True for a sheet that is worth taking apart at its top alone."""
    return package.stored(part)[1] >= _LARGE


def set_top_cells(
    package: Package, part: str, where: str, cells: Mapping[str, Value], writer: CellWriter, proved: int
) -> int:
    """Set cells by address like `set_cells`; returns the last row that is proved anew, `proved` at least.

    All further down is as it was; where the cells hold just that already, so is the whole part. Returns 0, with nothing
    changed, where that takes the whole sheet as text.
    """
    places = [place for ref in cells if (place := parse_cell(ref))]
    if len(places) < len(cells) or not places or not is_large(package, part):
        return 0
    rows, columns = [row for row, _ in places], [column for _, column in places]
    last = max(*rows, proved)
    with package.open(part) as stream:
        top, rest = _top_of(stream, last)
        if not rest:
            return 0
        old = SheetText.parse(top + _END, where)
        area = old.dimension
        if area is None or not area.contains(Range(min(rows), min(columns), max(rows), max(columns))):
            return 0
        # The used range, which holds the cells already, is not to be taken from the few rows that were read.
        new = replace(set_cells(old, cells, writer), head=old.head)
        if new == old:
            return last
        package.replace(part, _pieces(new, rest, stream), lambda: _closed(new))
    return last


def _top_of(stream: IO[bytes], last_row: int) -> tuple[bytes, bytes]:
    """The sheet up to the first row below the last one wanted, and what was read of the rest; no rest, if not found."""
    top = b""
    while len(top) < _MOST and (block := stream.read(_BLOCK)):
        top += block
        for row in _ROW.finditer(top):
            if int(row[1]) > last_row:
                return top[: row.start()], top[row.start() :]
    return top, b""


def _closed(top: SheetText) -> bytes:
    """The top as a sheet of its own."""
    return (top.head + top.body).encode() + _END


def _pieces(new: SheetText, rest: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    yield (new.head + new.body).encode()
    yield rest
    while block := stream.read(_MOST):
        yield block
