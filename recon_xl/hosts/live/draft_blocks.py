"""What a draft tab holds, as it is typed: the template's upper rows, the draft's cells, and its rows."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.contract.layout import DRAFT
from recon_xl.core.changeset import DraftRow, DraftTab
from recon_xl.hosts.live.cells import entry_of, quoted_entry
from recon_xl.hosts.live.port import Block
from recon_xl.journal import tabs
from recon_xl.ooxml.address import COLUMN_NUMBERS, parse_cell

LAST_COLUMN = COLUMN_NUMBERS[DRAFT.last_column]
_AT = DRAFT.columns
_LIVE = {COLUMN_NUMBERS[letters] for letters in (_AT.unit_price, _AT.net, _AT.source)}
_FIGURES = {COLUMN_NUMBERS[letters] for letters in (_AT.quantity, _AT.unit_price, _AT.net, _AT.tax)}
_DATES = {parse_cell(address) for address in (DRAFT.date, DRAFT.due)}


def draft_block(head: Block, change: DraftTab, *, date1904: bool) -> Block:
    """The whole tab from A1 on; `head` is the template's part above the lines."""
    block = [list(row) for row in head]
    for address, value in change.cells.items():
        row, column = parse_cell(address) or (0, 0)
        block[row - 1][column - 1] = entry_of(value, date1904=date1904)
    return block + [_row(row, date1904) for row in change.rows]


def _row(row: DraftRow, date1904: bool) -> list[object]:
    entries: list[object] = [""] * LAST_COLUMN
    for letters, value in row.values.items():
        entries[COLUMN_NUMBERS[letters] - 1] = entry_of(value, date1904=date1904)
    return entries


def prototypes_of(block: Sequence[Sequence[object]]) -> list[int]:
    """The kind of each row of a draft tab as it stands, told by its words."""
    words = ([str(entry).removeprefix("'") for entry in row[:2]] for row in block[DRAFT.first_row - 1 :])
    return tabs.prototypes_of((product, label) for product, label in words)


def typed_again(block: Sequence[Sequence[object]]) -> Block:
    """The formulas and constants of a draft tab or its template, as they are typed.

    Prices, money, links and the check hold formulas of ours; `=` anywhere else, and digits outside the figures, are text.
    """
    rows = ((number, row[:LAST_COLUMN]) for number, row in enumerate(block, 1))
    return [[_again(value, number, column) for column, value in enumerate(row, 1)] for number, row in rows]


def _again(value: object, row: int, column: int) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    is_line = row >= DRAFT.first_row
    if (row, column) == parse_cell(DRAFT.check) or (is_line and column in _LIVE and value.startswith("=")):
        return value
    is_figure = column in _FIGURES if is_line else (row, column) in _DATES
    try:
        return float(value) if is_figure and value else quoted_entry(value)
    except ValueError:
        return quoted_entry(value)
