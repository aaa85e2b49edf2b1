"""The open workbook -> Snapshot: two reads say where everything stands, then one read a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from recon_xl.contract import Group, table
from recon_xl.contract.catalogue import DRAFT_TAB_PREFIX, START_SHEET, TEMPLATE_SHEET
from recon_xl.contract.layout import DRAFT_HEADINGS
from recon_xl.contract.places import (
    ANCHOR_AREA,
    FIRST_PLACE_ROW,
    LAYOUT_AREA,
    LAYOUT_SHEET,
    Place,
    Places,
    data_rows,
    read_places,
)
from recon_xl.core.cells import Cell
from recon_xl.core.errors import WorkbookError
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.hosts.live.cells import Numbers, cell_of
from recon_xl.hosts.live.percentages import mark_percentages
from recon_xl.hosts.live.port import Block, MissingSheetError, Port, area, as_block
from recon_xl.hosts.live.refusals import changed_meanwhile, lost, no_table, not_ours

MANUAL = "manual"
DRAFTS, EXCEPTIONS, RUN_LOG = "Drafts", "Exceptions", "Run Log"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of a table: its place, headers and data rows."""

    place: Place
    headers: tuple[str, ...]
    rows: Block


class Reading:
    """One reading of the workbook; kept, because the writing compares and restores with it."""

    def __init__(self, port: Port) -> None:
        self.port = port
        self.book = str(port.patiently(lambda: port.book.name))
        app = port.app
        self.calculation = port.patiently(lambda: app.calculation)
        if self.calculation == MANUAL:  # what formulas show may be old: the layout's as well as the user's own
            port.patiently(app.calculate)
        self.places = self._read_places()
        self.seen: dict[str, Seen] = {}
        self.tabs: dict[str, Block] = {}
        self.sheet_names: tuple[str, ...] = ()

    def _read_places(self) -> Places:
        """Where everything stands now. WorkbookError where the workbook is not one of ours."""
        try:
            self._layout = self.port.values(LAYOUT_SHEET, LAYOUT_AREA)
        except MissingSheetError:
            raise not_ours(self.book) from None
        return read_places(self._layout, self.port.formulas(LAYOUT_SHEET, ANCHOR_AREA))

    def sizes_now(self) -> Mapping[str, int]:
        """How many data rows each table has after the writing."""
        return data_rows(self.port.values(LAYOUT_SHEET, LAYOUT_AREA))

    def fingerprinted(self) -> range | None:
        """The rows of Layout with fingerprints of what a run wrote into the saved workbook; None where there are none."""
        rows = [
            row for row, cells in enumerate(self._layout, 1) if row >= FIRST_PLACE_ROW and cells[-1] not in (None, "")
        ]
        return range(rows[0], rows[-1] + 1) if rows else None

    def check_unchanged(self, written: Collection[str]) -> None:
        """WorkbookError where the user did something since the workbook was read.

        A button on Windows keeps Excel from taking input, so there only what will be written is looked at again.
        """
        if self.calculation == MANUAL:
            self.port.patiently(self.port.app.calculate)
        if self.port.values(LAYOUT_SHEET, LAYOUT_AREA) != self._layout:
            raise changed_meanwhile(self.book, "a table that was moved or sized")
        for name, seen in self.seen.items():
            matters = name in written or not self.port.is_windows
            if matters and self._see(name, seen.place) != seen:
                raise changed_meanwhile(self.book, f"something typed on {seen.place.sheet}")

    def snapshot(self, reads: Collection[str], writes: Collection[str]) -> Snapshot:
        """The tables that a command reads as found; those it only writes with their headers alone."""
        names = dict.fromkeys((*reads, *(name for name in (EXCEPTIONS, RUN_LOG, DRAFTS) if name in writes), *writes))
        tables = {}
        for name in names:
            place = self.places.tables.get(name)
            if place is not None:
                # Columns of the user's in a result: which of its rows they wrote on must be known.
                is_ours = place.is_as_made and place.columns == len(table(name).columns)
                whole = name in reads or name in (EXCEPTIONS, RUN_LOG, DRAFTS) or not is_ours
                tables[name] = self._raw(name, place) if whole else _unread(name, place)
        drafts = self._draft_tabs(tables.get(DRAFTS)) if DRAFTS in writes else ()
        self.sheet_names = self._sheets(drafts, names_matter=DRAFTS in {*reads, *writes})
        return Snapshot(
            book=self.book, tables=tables, sheets=self.sheet_names, date1904=self.places.date1904,
            digest="", draft_tabs=drafts,
        )  # fmt: skip

    def place(self, name: str) -> Place:
        """Where a table stands. WorkbookError where it is not in the workbook any more."""
        if name not in self.places.tables:
            raise no_table(self.book, name)
        return self.places.tables[name]

    def table(self, name: str) -> Seen:
        """A table with its values, read now unless it was already."""
        if name not in self.seen:
            self.seen[name] = self._see(name, self.place(name))
        return self.seen[name]

    def cell(self, value: object) -> Cell:
        """A value of this workbook as a cell."""
        return cell_of(value, date1904=self.places.date1904, words_are_errors=not self.port.is_windows)

    def is_untouched(self, name: str) -> bool:
        """True for a table with nothing in it, with just the contract's headers: it is known without reading."""
        place = self.place(name)
        return not place.is_filled and place.is_as_made and place.columns == len(table(name).columns)

    def _see(self, name: str, place: Place) -> Seen:
        last = place.last_data_row
        block = self.port.values(place.sheet, area(place.header_row, place.first_column, last, place.last_column))
        headers = tuple(str(value) if value is not None else "" for value in block[0])
        if table(name).columns[0].name not in headers and not table(name).match_headers(list(headers)):
            raise lost(name, place)
        return Seen(place, headers, block[1:])

    def _raw(self, name: str, place: Place) -> RawTable:
        if self.is_untouched(name):
            return _unread(name, place)
        seen = self.table(name)
        cell = self.cell
        # Most cells are empty or, where errors come as codes, plain text: they are what they are.
        plain = {type(None), str} if self.port.is_windows else {type(None)}
        numbers = Numbers()
        cells: list[list[Any]] = [
            [
                value if (kind := type(value)) in plain else numbers[value] if kind is float else cell(value)
                for value in row
            ]
            for row in seen.rows
        ]
        mark_percentages(self.port, table(name), place, list(seen.headers), cells)
        rows = tuple(
            (number, row) for number, row in enumerate(cells, place.first_data_row) if any(c is not None for c in row)
        )
        return RawTable(
            name, place.sheet, seen.headers, rows, place.header_row, self._calculated(name, seen), place.first_column
        )

    def _calculated(self, name: str, seen: Seen) -> frozenset[str]:
        """The user's columns of a result that hold a formula in every row; asked for only where there are any."""
        declared = set(table(name).column_names)
        own = [place for place, header in enumerate(seen.headers) if header not in declared]
        if table(name).group not in (Group.RESULT, Group.DRAFT) or not own:
            return frozenset()
        formulas = self.formulas(name)
        return frozenset(
            seen.headers[place] for place in own if all(str(row[place]).startswith("=") for row in formulas)
        )

    def formulas(self, name: str) -> Block:
        """The formulas and constants of a table's data rows."""
        place = self.place(name)
        block = area(place.first_data_row, place.first_column, place.last_data_row, place.last_column)
        return self.port.formulas(place.sheet, block)

    def _draft_tabs(self, drafts: RawTable | None) -> tuple[str, ...]:
        """The tabs that the index of the last run lists and that still look like drafts of ours; their content is kept."""
        if drafts is None or "Tab" not in drafts.columns:
            return ()
        position = drafts.columns.index("Tab")
        for name in dict.fromkeys(str(row[position]) for _, row in drafts.rows if row[position]):
            block = self._tab(name) if name.startswith(DRAFT_TAB_PREFIX) else None
            if block and DRAFT_HEADINGS & {str(value) for value in block[0]}:
                self.tabs[name] = block
        return tuple(self.tabs)

    def _tab(self, name: str) -> Block | None:
        try:
            sheet = self.port.sheet(name)
            found = self.port.patiently(lambda: sheet.used_range.formula)
        except WorkbookError:
            raise
        except Exception:
            return None  # the user removed or renamed the tab
        return as_block(found)

    def _sheets(self, drafts: tuple[str, ...], *, names_matter: bool) -> tuple[str, ...]:
        """Every tab's name where drafts are made; the user's own are asked for, one by one, only where there are any."""
        ours = [place.sheet for place in self.places.tables.values()]
        known = dict.fromkeys((START_SHEET, *ours, TEMPLATE_SHEET, LAYOUT_SHEET, *drafts))
        if not names_matter or len(known) == self.places.sheet_count:
            return tuple(known)
        return tuple(self.port.patiently(lambda: [sheet.name for sheet in self.port.book.sheets]))


def _unread(name: str, place: Place) -> RawTable:
    return RawTable(name, place.sheet, table(name).column_names, (), place.header_row, first_column=place.first_column)
