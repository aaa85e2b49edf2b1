"""Every cell that a reader may look at."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from recon_xl.core.cells import NumberText
from recon_xl.ooxml.address import cell_ref
from recon_xl.ooxml.formulatext import formulas_of
from recon_xl.ooxml.reader import open_workbook

Cells = dict[tuple[str, str], object]


def cells(book: Path) -> Cells:
    """Every value that the workbook shows, and every formula; the journal and the layout apart."""
    found: Cells = {}
    with open_workbook(book) as read:
        for sheet in read.sheets:
            if sheet.name in ("Journal", "Layout"):
                continue
            for number, row in read.rows(sheet.name):
                shown = ((column, cell) for column, cell in enumerate(row, 1) if cell is not None)
                found |= {(sheet.name, cell_ref(number, column)): _value(cell) for column, cell in shown}
            formulas = formulas_of(read.read(sheet.part).decode())
            found |= {(f"formula {sheet.name}", address): text for address, text in formulas.items()}
    return found


def cells_of_another_reader(book: Path) -> Cells:
    """The same by openpyxl, which takes its time."""
    found: Cells = {}
    for kind, shows in (("formula", False), ("value", True)):
        workbook = load_workbook(book, data_only=shows)
        for sheet in workbook.worksheets:
            if sheet.title not in ("Journal", "Layout"):
                for row in sheet.iter_rows():
                    found |= {(f"{kind} {sheet.title}", c.coordinate): c.value for c in row if c.value is not None}
    return found


def differing(before: Cells, after: Cells) -> dict[tuple[str, str], object]:
    """The cells that differ."""
    return {place: after.get(place) for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


def _value(cell: object) -> object:
    return float(cell) if isinstance(cell, NumberText) else cell
