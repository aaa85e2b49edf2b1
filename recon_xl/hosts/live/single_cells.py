"""Single cells outside tables: Start, and whatever else a change set names by address."""

from __future__ import annotations

from recon_xl.core.changeset import SetCells
from recon_xl.hosts.live import blocks
from recon_xl.hosts.live.cells import entry_of
from recon_xl.hosts.live.port import Block, area
from recon_xl.hosts.live.reading import Reading
from recon_xl.hosts.live.tables import Step
from recon_xl.ooxml.address import parse_cell

Cells = dict[tuple[int, int], object]


def cells_step(reading: Reading, change: SetCells) -> Step | None:
    """The cells that differ, in few rectangles; None where all are as they should be.

    Formulas of the scaffolding that are there already are left alone: Excel keeps their values.
    """
    if change.is_cached_only:
        return None
    wanted: Cells = {}
    for address, value in change.cells.items():
        place = parse_cell(address)
        if place is None:
            raise ValueError(f"{address!r} is not the address of a cell")
        wanted[place] = entry_of(value, date1904=reading.places.date1904)
    before = _before(reading, change.sheet, wanted)
    changed = {place: entry for place, entry in wanted.items() if blocks.shown(entry) != blocks.shown(before[place])}
    if not changed:
        return None
    areas = [one for one in blocks.rectangles(wanted) if _touches(one, changed)]
    return Step(
        lambda: _write(reading, change.sheet, areas, wanted), lambda: _write(reading, change.sheet, areas, before)
    )


def _before(reading: Reading, sheet: str, wanted: Cells) -> Cells:
    """What the cells hold now, as it is typed."""
    rows, columns = [row for row, _ in wanted], [column for _, column in wanted]
    top, left = min(rows), min(columns)
    whole = area(top, left, max(rows), max(columns))
    values, written = reading.port.values(sheet, whole), reading.port.formulas(sheet, whole)
    entries = blocks.typed_back(values, written, reading.cell)
    return {(row, column): entries[row - top][column - left] for row, column in wanted}


def _touches(one: blocks.Rectangle, changed: Cells) -> bool:
    first, left, last, right = one
    return any((row, column) in changed for row in range(first, last + 1) for column in range(left, right + 1))


def _write(reading: Reading, sheet: str, areas: list[blocks.Rectangle], entries: Cells) -> None:
    for first, left, last, right in areas:
        block: Block = [[entries[row, column] for column in range(left, right + 1)] for row in range(first, last + 1)]
        reading.port.write(sheet, area(first, left, last, right), block)
