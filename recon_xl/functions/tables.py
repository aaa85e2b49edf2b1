"""A result or mapping table as an argument: a range with its header row, its columns found by their headers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal

from recon_xl.core.cells import ErrorText
from recon_xl.functions.blocks import Block
from recon_xl.functions.errors import REF, CellFault, error_of
from recon_xl.functions.model import Argument, Takes
from recon_xl.functions.values import is_empty, typed

_TEXT = Argument("text", "", is_optional=True, takes=Takes.TEXT)
_NUMBER = Argument("number", "", is_optional=True)

TOTAL = "total"
"""The word that a totals row of the workbook begins with."""


class Table:
    """Rows below a header row. A header that is looked for and not there is `#REF!`."""

    def __init__(self, cells: Block) -> None:
        headers = [text_of(cell) for cell in cells.rows[0]] if cells.rows else []
        self._places = {folded(header): place for place, header in reversed(list(enumerate(headers))) if header}
        self._rows: Sequence[Sequence[object]] = cells.rows[1:]

    def without_totals(self) -> Table:
        """The same table without its totals row, the last one, which begins with the word Total."""
        if not self._rows or folded(text_of(self._rows[-1][0])) != TOTAL:
            return self
        shorter = copy(self)
        shorter._rows = self._rows[:-1]
        return shorter

    @property
    def height(self) -> int:
        """Rows below the header."""
        return len(self._rows)

    def has(self, header: str) -> bool:
        """Whether there is a column of that header, in any case and spacing."""
        return folded(header) in self._places

    def column(self, header: str) -> list[object]:
        """The cells below a header."""
        if not self.has(header):
            raise CellFault(REF)
        place = self._places[folded(header)]
        return [row[place] for row in self._rows]

    def texts(self, header: str) -> list[str]:
        """The cells below a header as text; blank where a cell is empty or holds an error."""
        return [text_of(cell) for cell in self.column(header)]


def folded(text: str) -> str:
    """A text without case and needless spaces, as keys are compared."""
    return " ".join(text.casefold().split())


def by_text(texts: Sequence[str]) -> Mapping[str, list[int]]:
    """The rows of each text that is there, without case and needless spaces."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        if text:
            rows[folded(text)].append(row)
    return rows


def text_of(cell: object) -> str:
    """A cell as text: a number without needless zeros; blank for an empty cell, an error or a logical value."""
    value = typed(_TEXT, cell)
    return "" if value is None or isinstance(value, ErrorText) else str(value)


def number_of(cell: object) -> Decimal | None:
    """The amount in a cell, None where it is empty; its own error where it holds one, `#VALUE!` for text."""
    value = typed(_NUMBER, cell)
    if isinstance(value, ErrorText):
        raise CellFault(value)
    return value if isinstance(value, Decimal) else None


def shown(cell: object) -> object:
    """A cell of a table as a result: itself, empty text where it is empty, its own error where it holds one."""
    error = error_of(cell)
    return error if error is not None else ("" if is_empty(cell) else cell)
