"""What a saved workbook tells of the user's hand in its results, beside the cells: colours, comments, cells typed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from recon_xl.contract import Group, table
from recon_xl.contract.places import LAYOUT_SHEET, WRITTEN_COLUMN
from recon_xl.core.cells import Value
from recon_xl.core.changeset import ChangeSet, ReplaceRows
from recon_xl.core.snapshot import RawTable
from recon_xl.hosts.stored import stored
from recon_xl.hosts.written import altered_rows, fingerprints, place_of
from recon_xl.ooxml.address import COLUMN_NUMBERS
from recon_xl.ooxml.reader import BookReader
from recon_xl.ooxml.styles import CellStyles
from recon_xl.ooxml.usernotes import users_rows

_RESULTS = (Group.RESULT, Group.DRAFT)
_NOT_WATCHED = ("Run Log",)
"""Every run carries its rows on as they are, so nothing typed over is lost; and their fingerprints would tell runs apart."""


def users_marks(book: BookReader, tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """The result tables again, with the rows that the user marked or typed over."""
    known, styles = _written(book), CellStyles(book, book.styles_part)
    found = {}
    excel = {info.name.casefold(): info.name for info in book.tables.values()}
    for name, raw in tables.items():
        declared = table(name)
        if declared.group not in _RESULTS:
            continue
        info = book.tables[excel[declared.excel_name.casefold()]]
        altered = altered_rows(
            declared, raw.columns, raw.rows, known.get(place_of(declared), ""),
            frozenset(book.formulas.get(raw.sheet, ())), info.first_col,
        )  # fmt: skip
        noted = users_rows(book, info.name, styles)
        if altered or noted:
            found[name] = replace(raw, noted=noted, altered=altered)
    return found


def written_marks(changeset: ChangeSet, *, date1904: bool) -> dict[str, Value]:
    """The cells of Layout that tell the next run what this one wrote."""
    cells: dict[str, Value] = {}
    for change in changeset.changes:
        if isinstance(change, ReplaceRows) and change.table not in _NOT_WATCHED:
            declared = table(change.table)
            rows = stored(declared, change.columns, change.rows)
            cells[place_of(declared)] = fingerprints(declared, change.columns, rows, date1904=date1904)
    return cells


def _written(book: BookReader) -> dict[str, str]:
    """What the last run left on Layout, by address; nothing in a workbook of an earlier version."""
    if LAYOUT_SHEET not in {sheet.name for sheet in book.sheets}:
        return {}
    place = COLUMN_NUMBERS[WRITTEN_COLUMN] - 1
    rows = book.rows(LAYOUT_SHEET)
    return {
        f"{WRITTEN_COLUMN}{number}": str(cells[place]) for number, cells in rows if len(cells) > place and cells[place]
    }
