"""Row heights of a saved file: Excel fits its rows when it opens them, LibreOffice and previewers do not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from recon_xl.contract import Kind, Table
from recon_xl.contract.layout import DRAFT, DRAFT_WIDTHS, fitted_height
from recon_xl.core.cells import Value
from recon_xl.core.changeset import DraftRow
from recon_xl.core.rows import columns_of

_WRAPPED = tuple(
    (letter, DRAFT_WIDTHS[letter]) for letter in (DRAFT.columns.product, DRAFT.columns.description, DRAFT.columns.why)
)
_LINES = frozenset({DRAFT.line, DRAFT.tax_total, DRAFT.held_line})


def note_heights(declared: Table, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[float | None]:
    """Heights in points that show every wrapped note of a table whole; None where a single line is enough."""
    widths = {one.name: one.width for one in declared.columns if one.kind is Kind.NOTE}
    notes = [(place, widths[name]) for place, name in enumerate(columns) if name in widths]
    if not notes or not rows:
        return [None] * len(rows)
    found = columns_of(rows)
    heights = [[_height(value, width) for value in found[place]] for place, width in notes]
    return heights[0] if len(heights) == 1 else list(map(_higher, *heights))


def draft_row_height(row: DraftRow) -> float | None:
    """The height of one row of a draft tab; None for its prototype's own."""
    if row.prototype not in _LINES:
        return None
    return _higher(*(_height(row.values.get(letter), width) for letter, width in _WRAPPED))


def _height(value: Value, width: int) -> float | None:
    """The height that one cell needs; most texts are not even as long as their column is wide."""
    text = value if type(value) is str else str(value or "")
    return None if len(text) <= width and "\n" not in text else _fitted(text, width)


@lru_cache(maxsize=8192)
def _fitted(text: str, width: int) -> float | None:
    return fitted_height([(text, width)])


def _higher(*heights: float | None) -> float | None:
    return max(filter(None, heights), default=None)
