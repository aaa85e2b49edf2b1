"""Cells that Excel shows as a percentage: their format is asked for, in one call a column, only where there are numbers."""

from __future__ import annotations

from collections.abc import Iterable

from recon_xl.contract import Kind, Table
from recon_xl.contract.places import Place
from recon_xl.core.cells import Cell, NumberText, PercentText
from recon_xl.hosts.live.port import Port, area
from recon_xl.ooxml.address import cell_ref
from recon_xl.ooxml.formats import shows_percent


def mark_percentages(port: Port, declared: Table, place: Place, headers: list[str], cells: list[list[Cell]]) -> None:
    """0.025 in a cell that shows a percent sign is 2.5: such numbers become `PercentText`, in place."""
    positions = declared.match_headers(headers)
    for column in declared.columns:
        position = positions.get(column.name)
        if column.kind is not Kind.PERCENT or position is None:
            continue
        numbers = [row for row, found in enumerate(cells) if isinstance(found[position], NumberText)]
        for row in _percent_rows(port, place, place.first_column + position, numbers):
            cells[row][position] = PercentText(cells[row][position])


def _percent_rows(port: Port, place: Place, column: int, rows: list[int]) -> Iterable[int]:
    if not rows:
        return ()
    common = _format(port, place.sheet, area(place.first_data_row, column, place.last_data_row, column))
    if common is not None:
        return rows if shows_percent(common) else ()
    formats = ((row, _format(port, place.sheet, cell_ref(place.first_data_row + row, column))) for row in rows)
    return [row for row, code in formats if code is not None and shows_percent(code)]


def _format(port: Port, sheet: str, address: str) -> str | None:
    """The number format of cells; None where they have several."""
    cells = port.cells(sheet, address)
    found = port.patiently(lambda: cells.number_format)
    return str(found) if found is not None else None
