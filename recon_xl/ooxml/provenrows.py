"""Proves the rows of a large sheet as they are packed, so that the proof after saving need not unpack them again."""

from __future__ import annotations

from recon_xl.ooxml.bulkrows import SpelledRows
from recon_xl.ooxml.lintrows import GoodRows, RowLook
from recon_xl.ooxml.rawxml import NotPlainError
from recon_xl.ooxml.sheettext import GrowingSheet, last_row


class ProvenRows:
    """Sees the new rows of a sheet pass, and keeps those in which a fault may be."""

    def __init__(self, sheet: GrowingSheet, known: GoodRows) -> None:
        self._sheet = sheet
        self._kept: list[str] = []
        self._last = last_row(sheet.above.body)
        self._look = RowLook(known, self._last)

    def see(self, rows: str | SpelledRows) -> None:
        """Look at the next rows, whole ones; where they were spelled together, at each distinct cell of theirs."""
        if isinstance(rows, SpelledRows):
            if self._look.passes(rows):
                return
            rows = rows.text
        try:
            for previous, number, inner in self._look.doubtful(rows):
                self._mark(previous)
                self._kept.append(f'<row r="{number}">{inner}</row>')
                self._last = number
        except NotPlainError:
            self._kept.append(rows)

    def abridged(self) -> bytes:
        """The sheet without the rows that were proved; empty ones stand for them, so that an order gone wrong shows."""
        self._mark(self._look.previous)
        above = self._sheet.above
        return "".join((above.head, above.body, *self._kept, self._sheet.after, above.tail)).encode()

    def _mark(self, number: int) -> None:
        if number > self._last:
            self._kept.append(f'<row r="{number}"></row>')
            self._last = number
