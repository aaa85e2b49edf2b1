"""Every cell that a reader may look at."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

Cells = dict[tuple[str, str], object]


def cells(book: Path) -> Cells:
    """Every value that the workbook shows, and every formula; the journal and the layout apart."""
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
