"""The cells of a mould: what many sheets have alike is spelled and proved once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from recon_xl.core.cells import Value
from recon_xl.core.errors import InputError
from recon_xl.ooxml.cellmove import formula_attributes, formula_text, moved
from recon_xl.ooxml.cellxml import CellWriter, cell_xml
from recon_xl.ooxml.columnspelling import CELL_START, is_short
from recon_xl.ooxml.goodcells import GoodCells
from recon_xl.ooxml.sheettext import RawCell

_MOST = 512
"""Values of one cell that are remembered: enough for those that repeat, few enough to stay small."""
KEYS = frozenset({str, type(None), date})
"""Types whose equal values are stored alike, and no value of another type; `1`, `True` and `Decimal("1.0")` are equal."""


def addressed(error: InputError, ref: str) -> InputError:
    """The refusal of a value, with the address of its cell."""
    return InputError(where=ref, found=error.found, expected=error.expected, todo=error.todo)


class Spelling:
    """Spells what follows the address of a cell; `doubts` counts the pieces in which a fault may be."""

    def __init__(self, writer: CellWriter) -> None:
        self._rules = writer.rules
        self._good = GoodCells(lambda: writer.styles.count)
        self.doubts = 0

    def rest(self, style: str | None, value: Value) -> str:
        """A value in a style; empty where there is no cell. Raises `InputError` like `cell_xml`, without the address."""
        return self.seen(cell_xml("", style, value, self._rules)[len(CELL_START) :])

    def seen(self, rest: str) -> str:
        """The same text, looked at."""
        if rest and not self._good.proves(rest):
            self.doubts += 1
        return rest


class Spelled(dict[Value, str]):
    """A cell that each sheet sets to another value, in one style: value -> what follows its address, where that is good."""

    def __init__(self, style: str | None, spelling: Spelling) -> None:
        super().__init__()
        self._style = style
        self._spelling = spelling
        self._number = spelling.rest(style, 0).partition("0</v>")[0]

    def __missing__(self, value: Value) -> str:
        doubts = self._spelling.doubts
        found = self._spelling.rest(self._style, value)
        if self._spelling.doubts == doubts and len(self) < _MOST:
            self[value] = found
        return found

    def other(self, value: Value) -> str:
        """A value that is none of `KEYS`; a short number needs no look, because it stands where a good one stood."""
        if type(value) is Decimal and is_short(digits := str(value)):
            return f"{self._number}{digits}</v></c>"
        return self._spelling.rest(self._style, value)


class Following(dict[int, str]):
    """Row -> what follows the address of the cell that each copy of a row has as its prototype has it, its formula moved along.

    `following` is the text that comes next in each row.
    """

    def __init__(self, cell: RawCell, row: int, spelling: Spelling, following: str) -> None:
        super().__init__()
        self._cell, self._row = cell, row
        self._spelling = spelling
        self._following = following
        self._has_formula = bool(formula_text(cell) or formula_attributes(cell))

    def __missing__(self, number: int) -> str:
        doubts = self._spelling.doubts
        found = moved(self._cell, self._row, number)
        rest = found[found.index('"', len(CELL_START)) :]
        if self._has_formula:
            self._spelling.seen(rest)
        if self._spelling.doubts == doubts:
            self[number] = rest + self._following
        return rest + self._following
