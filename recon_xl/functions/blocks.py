"""Ranges as the grid hands them over: their shape, and where their filled part ends.

A whole column has 1,048,576 rows of which a few thousand are filled; the empty rest is cut off once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recon_xl.functions.errors import VALUE, CellFault
from recon_xl.functions.values import is_empty

WHOLE_COLUMN = 1_048_576


@dataclass(frozen=True, slots=True)
class Block:
    """A range: `rows` up to the last filled one, of a range that is `height` rows high and `width` columns wide."""

    rows: Sequence[Sequence[object]]
    height: int
    width: int

    @property
    def is_single(self) -> bool:
        """True for one cell, which stands for every row."""
        return self.height == self.width == 1

    @property
    def cell(self) -> object:
        """The one cell of a single one; None where it is empty."""
        return self.rows[0][0] if self.rows else None

    def column(self, place: int, height: int) -> list[object]:
        """One column, with empty cells down to `height`."""
        return [row[place] for row in self.rows[:height]] + [None] * (height - len(self.rows))


def block(cells: object) -> Block:
    """A range, an array constant or a single value as a block; `#VALUE!` for what is no rectangle."""
    if not isinstance(cells, tuple | list):
        return Block(() if is_empty(cells) else ((cells,),), 1, 1)
    if not any(isinstance(row, tuple | list) for row in cells):
        cells = (cells,)  # Excel hands over an array constant of one row, such as {1,2}, without rows
    width, height = len(cells[0]) if isinstance(cells[0], tuple | list) else 0, len(cells)
    filled = _filled(cells, width)
    if not width or any(not isinstance(row, tuple | list) or len(row) != width for row in cells[:filled]):
        raise CellFault(VALUE)
    return Block(cells[:filled], height, width)


def _filled(cells: Sequence[object], width: int) -> int:
    """The number of rows up to the last one that holds something."""
    nothing = (None,) * width
    filled = len(cells)
    while filled and (cells[filled - 1] == nothing or _is_empty_row(cells[filled - 1])):
        filled -= 1
    return filled


def _is_empty_row(row: object) -> bool:
    return isinstance(row, tuple | list) and all(is_empty(cell) for cell in row)


def common_shape(blocks: Sequence[Block]) -> tuple[int, int]:
    """Rows and columns of the answer to blocks that are not single; `#VALUE!` where their shapes do not fit.

    They fit where they have as many columns, and where what is filled in one lies within the height of each.
    The answer is as high as the lowest of them; for whole columns it ends with the last filled row.
    """
    width, height = blocks[0].width, min(one.height for one in blocks)
    filled = max(len(one.rows) for one in blocks)
    if any(one.width != width for one in blocks) or filled > height:
        raise CellFault(VALUE)
    whole = height == WHOLE_COLUMN
    if not whole and any(one.height not in (height, WHOLE_COLUMN) for one in blocks):
        raise CellFault(VALUE)
    return (max(filled, 1) if whole else height), width
