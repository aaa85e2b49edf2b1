"""Cells that need no closer look, each by itself: a sheet that is joined from proved pieces need not be read once more."""

from __future__ import annotations

import re
from collections.abc import Callable

from recon_xl.ooxml.lintrows import CELL_REST, GoodRows, RowLook
from recon_xl.ooxml.rawxml import NotPlainError

_is_cell = re.compile(rf'"(?: s="([0-9]++)")?+{CELL_REST}').fullmatch


class GoodCells:
    """Tells cells in which a close look would find nothing; `styles` says how many cell formats there are at the time."""

    def __init__(self, styles: Callable[[], int]) -> None:
        self._styles = styles
        self._known: set[str | None] = {None}

    def proves(self, rest: str) -> bool:
        """True for what may follow the address of any cell; Excel's own escapes may hide half of a character."""
        found = _is_cell(rest)
        return found is not None and "_x" not in rest and (found[1] in self._known or self._exists(found[1]))

    def _exists(self, style: str) -> bool:
        """Formats come and never go, so that a look at each is enough."""
        if exists := int(style) < self._styles():
            self._known.add(style)
        return exists


def are_good_rows(rows: str, known: GoodRows) -> bool:
    """True for rows, as XML, in which a close look would find nothing."""
    try:
        return not any(RowLook(known).doubtful(rows))
    except NotPlainError:
        return False
