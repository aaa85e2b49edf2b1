"""Row heights of a saved file: Excel fits its rows when it opens them, LibreOffice and previewers do not."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.contract import Kind, Table
from recon_xl.contract.layout import DRAFT, DRAFT_WIDTHS, fitted_height
from recon_xl.core.cells import Value
from recon_xl.core.changeset import DraftRow

_WRAPPED = {
    letter: DRAFT_WIDTHS[letter] for letter in (DRAFT.columns.product, DRAFT.columns.description, DRAFT.columns.why)
}
_LINES = frozenset({DRAFT.line, DRAFT.tax_total, DRAFT.held_line})


def note_heights(declared: Table, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[float | None]:
    """Heights in points that show every wrapped note of a table whole; None where a single line is enough."""
    widths = {one.name: one.width for one in declared.columns if one.kind is Kind.NOTE}
    notes = [(place, widths[name]) for place, name in enumerate(columns) if name in widths]
    return [fitted_height([(str(row[place] or ""), width) for place, width in notes]) for row in rows]


def draft_row_height(row: DraftRow) -> float | None:
    """The height of one row of a draft tab; None for its prototype's own."""
    if row.prototype not in _LINES:
        return None
    return fitted_height([(str(row.values.get(letter) or ""), width) for letter, width in _WRAPPED.items()])
