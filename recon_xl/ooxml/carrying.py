"""Everything of the user's in the rows of a table, carried to the rows that continue them.

It is looked for only where there is something to find: a table without it is written as fast as an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from recon_xl.core.cells import Cell, Formula, NumberText, Value
from recon_xl.ooxml.address import COLUMN_LETTERS
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.cellxml import number_text, serial
from recon_xl.ooxml.foreign import ForeignCells
from recon_xl.ooxml.newrows import NewRows
from recon_xl.ooxml.rowmoves import RowMoves, joined_key, key_text, match_rows, old_keys, value_of
from recon_xl.ooxml.sheettext import RawCell, RawRow
from recon_xl.ooxml.tablerows import TableRows
from recon_xl.ooxml.tableview import TableView
from recon_xl.ooxml.usermarks import TableLooks, looks_of, users_row_attributes

_HIDDEN = ' hidden="1"'


@dataclass(slots=True)
class _Found:
    """What the old rows hold of the user's: colours by row and column, attributes of rows, comments and links.

    `special` rows have a cell of the user's that is more than its value.
    """

    colours: dict[int, dict[int, str]] = field(default_factory=dict)
    attributes: dict[int, str] = field(default_factory=dict)
    anchored: frozenset[int] = frozenset()
    special: frozenset[int] = frozenset()
    usual: dict[int, str] = field(default_factory=dict)


class Carrying:
    """The user's content of one table, by the place of the new row that it goes to."""

    def __init__(
        self, cut: TableRows, own: Mapping[int, int], new: NewRows, reader: CellReader, found: _Found,
        view: TableView | None,
    ) -> None:  # fmt: skip
        table = cut.table
        self.new = new
        self.drops_sort = self.drops_filter = False
        self.styles = _styles(cut, found)
        self._cut, self._own, self._reader, self._found = cut, own, reader, found
        columns = set(range(table.first_col, table.last_col + 1)) - own.keys()
        self._foreign = ForeignCells(cut, columns)
        self._theirs = {cut.column(name) for name in new.theirs if name in new.columns}
        self._moves = self._matched()
        self._hidden: Sequence[bool] | None = None
        if view is not None and new.rows:
            self._look_again(view)

    @classmethod
    def of(
        cls, cut: TableRows, own: Mapping[int, int], new: NewRows, reader: CellReader, anchored: Collection[int],
        view: TableView | None,
    ) -> Carrying | None:  # fmt: skip
        """None where the rows hold nothing of the user's and are in no order of theirs."""
        table = cut.table
        found = _found(cut, new, anchored)
        is_all_ours = len(own) == table.last_col - table.first_col + 1
        marked = found.colours or found.attributes or found.anchored or found.special or new.kept or new.hidden
        if is_all_ours and not marked and view is None:
            return None
        return cls(cut, own, new, reader, found, view)

    def with_users(self, number: int, values: Sequence[Value], pieces: dict[int, str]) -> dict[int, str]:
        """The cells of a new row by the column that they begin in, with the user's among them."""
        old = self._old(number)
        if self._foreign.columns:
            pieces = pieces | self._foreign.take(old, number, self.styles)
        if old is None:
            return pieces
        kept = self._theirs_as_they_are(old, number, values)
        cells = self._coloured(old, number, values, kept) | kept
        if not cells:
            return pieces
        row = RawRow(number, "", "".join(pieces[start] for start in sorted(pieces)))
        return {cell.column: cell.xml(number) for cell in self._cut.sheet.cells(row)} | cells

    def attributes(self, number: int, ours: str) -> str:
        """The attributes of a new row: a height and a format of the user's, and whether it is hidden."""
        place = number - self._cut.table.first_data_row
        old = self._old(number)
        theirs = self._found.attributes.get(old, "") if old is not None else ""
        if old is None and place in self.new.hidden:
            theirs = _HIDDEN
        if self._hidden is not None:
            theirs = theirs.replace(' hidden="1"', "").replace(' hidden="true"', "")
            theirs += _HIDDEN if place < len(self._hidden) and self._hidden[place] else ""
        return theirs if " ht=" in theirs else ours + theirs

    def moves(self, resized: TableInfo) -> dict[int, int]:
        """Old row -> new row, the totals row among them, where it has moved."""
        first = self._cut.table.first_data_row
        found = {old: number for number, old in enumerate(self._moves.old, first) if old is not None and old != number}
        if resized.totals_row_count and resized.last_row != self._cut.table.last_row:
            found[self._cut.table.last_row] = resized.last_row
        return found

    def orphans(self) -> list[str]:
        """The keys of rows that are gone although the user had put something there."""
        return [
            self._moves.keys[number] for number in self._moves.gone()
            if self._foreign.has_content(number) or number in self._found.colours or number in self._found.anchored
        ]  # fmt: skip

    def _matched(self) -> RowMoves:
        new, own = self.new, self._own
        columns = [self._cut.column(name) for name in new.key]
        places = [own[column] for column in columns]
        found = self._found
        rows = {*self._foreign.numbers, *found.colours, *found.attributes, *found.anchored, *found.special}
        # Only rows with something of the user's are asked for their key: the others have nothing to carry.
        keys = old_keys(self._cut, rows - set(new.kept.values()), columns, self._reader)
        keys |= dict.fromkeys(new.kept.values(), "")
        first = self._cut.table.first_data_row
        wanted = [
            joined_key([row[place] for place in places]) if places else str(number)
            for number, row in enumerate(new.rows, first)
        ]
        return match_rows(keys, wanted, new.kept, only_keyed=bool(columns))

    def _look_again(self, view: TableView) -> None:
        """Sort and filter the new rows as the user had sorted and filtered the old ones."""
        if self.new.is_as_it_stood:
            self._hidden = [place in self.new.hidden for place in range(len(self.new.rows))]
            return
        if view.sorting is not None and all(self._has(column) for column, _ in view.sorting.columns):
            order = view.sorting.order(len(self.new.rows), self._look)
            self.new = self.new.in_order(order)
            self._moves = replace(self._moves, old=[self._moves.old[place] for place in order])
        else:
            self.drops_sort = view.is_sorted
        if view.filtering is not None and not view.filtering.is_empty:
            shown = [view.filtering.shows(place, self._look) for place in range(len(self.new.rows))]
            self.drops_filter = None in shown
            self._hidden = [False if self.drops_filter else not seen for seen in shown]
        elif view.is_filtered and view.filtering is None:
            self.drops_filter, self._hidden = True, [False] * len(self.new.rows)

    def _has(self, column: int) -> bool:
        return self._cut.covers(column)

    def _look(self, place: int, column: int) -> Cell:
        """What a cell of a new row shows."""
        if column in self._own:
            return _shown(self.new.rows[place][self._own[column]])
        old = self._moves.old[place]
        return None if old is None else value_of(self._reader, old, self._foreign.cell(old, column))

    def _old(self, number: int) -> int | None:
        place = number - self._cut.table.first_data_row
        return self._moves.old[place] if place < len(self._moves.old) else None

    def _theirs_as_they_are(self, old: int, number: int, values: Sequence[Value]) -> dict[int, str]:
        """Cells that the user filled, with what a value alone would lose: a formula, words in bold, a format.

        In a row that is said to go on as it was, any cell may be one.
        """
        told = number - self._cut.table.first_data_row in self.new.kept
        columns = self._own.keys() if told else self._theirs if old in self._found.special else ()
        if not columns:
            return {}
        cells = self._cut.inside(self._cut.rows.get(old))
        same = {
            column for column in cells.keys() & columns
            if _is_more_than_its_value(cells[column], is_theirs=column in self._theirs)
            and key_text(value_of(self._reader, old, cells[column])) == key_text(values[self._own[column]])
        }  # fmt: skip
        return {column: self._foreign.move(cells[column], old, number) for column in same}

    def _coloured(self, old: int, number: int, values: Sequence[Value], kept: Collection[int]) -> dict[int, str]:
        """The other cells that the user gave a look of their own, with their new values."""
        looks = self._found.colours.get(old, {})
        return {
            column: self._cut.writer.cell(number, column, style, values[self._own[column]])
            for column, style in looks.items()
            if column in self._own and column not in kept
        }


def _found(cut: TableRows, new: NewRows, anchored: Collection[int]) -> _Found:
    """Colours and attributes of the data rows; the rows are told apart by their looks, so most are seen but once."""
    table = cut.table
    data = {number: row for number, row in cut.rows.items() if number <= table.last_data_row}
    looks = TableLooks.of(
        ((number, looks_of(row.inner)) for number, row in data.items()), cut.sheet.column_styles(), cut.writer.styles
    )
    attributes = {number: kept for number, row in data.items() if (kept := users_row_attributes(row.attrs))}
    colours = looks.coloured(table.first_col, table.last_col, cut.writer.styles)
    rows = frozenset(number for number in anchored if table.first_data_row <= number <= table.last_data_row)
    theirs = [cut.column(name) for name in new.theirs if name in new.columns]
    return _Found(colours, attributes, rows, _special(data, theirs), dict(looks.usual))


def _is_more_than_its_value(cell: RawCell, *, is_theirs: bool) -> bool:
    """True for a formula, words in several formats, and a shared text, which may have them."""
    return "<f" in cell.rest or "<is><r" in cell.rest or (is_theirs and ' t="s"' in cell.attrs)


def _special(data: Mapping[int, RawRow], columns: Sequence[int]) -> frozenset[int]:
    """The rows in which one of these columns holds a formula, words in several formats, or a text that may have them."""
    if not columns:
        return frozenset()
    letters = "|".join(COLUMN_LETTERS[column] for column in columns)
    more = re.compile(rf'<c r="(?:{letters})[0-9]+"(?:[^>]*?\st="s"|[^>]*>(?:<f|<is>(?!<t)))').search
    return frozenset(number for number, row in data.items() if more(row.inner))


def _styles(cut: TableRows, found: _Found) -> dict[int, str]:
    """The style of new cells by column: what most cells of the column look like."""
    styles = cut.styles()
    for column, style in found.usual.items():
        plain = cut.writer.styles.plain(style or None)
        if plain:
            styles[column] = plain
        else:
            styles.pop(column, None)
    return styles


def _shown(value: Value) -> Cell:
    if isinstance(value, Formula):
        return _shown(value.cached)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return NumberText(serial(value))
    return NumberText(number_text(Decimal(value)))
