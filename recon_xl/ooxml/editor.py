"""Edits a workbook without loading it: each change touches the parts it must, and nothing is written until saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from recon_xl.core.cells import Value
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import rowedit
from recon_xl.ooxml.anchors import move_comments, noted_rows
from recon_xl.ooxml.book import SheetInfo, TableInfo, read_book
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.cellset import set_cells
from recon_xl.ooxml.cellxml import CellWriter
from recon_xl.ooxml.clone import ClonedSheet, Mould
from recon_xl.ooxml.following import check_uncommented, closed_up, data_area, follow_rows
from recon_xl.ooxml.goodcells import are_good_rows
from recon_xl.ooxml.growingsheet import GrowingSheet
from recon_xl.ooxml.lintrows import GoodRows
from recon_xl.ooxml.newrows import NewRows
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.provenrows import ProvenRows
from recon_xl.ooxml.replace import Replaced, replace_rows
from recon_xl.ooxml.settop import is_large, set_top_cells
from recon_xl.ooxml.sheettext import SheetText
from recon_xl.ooxml.styles import CellStyles
from recon_xl.ooxml.tablepart import resized
from recon_xl.ooxml.tableview import TableView, without_filter, without_sort
from recon_xl.ooxml.tabs import Tabs

_LARGE = 1_000
"""Rows of a table from which on its sheet is not held as text."""

_CLONES = 64
"""Sheets that are cast together: enough for values to repeat, few enough to stay small."""


class WorkbookEditor:
    """All changes to one workbook; `package()` gives the result, which `save` writes."""

    def __init__(self, source: Path | Package) -> None:
        self._package = source if isinstance(source, Package) else Package(source)
        _check_editable(self._package)
        self._book = read_book(self._package)
        self._writer = CellWriter(CellStyles(self._package, self._book.styles_part), date1904=self._book.date1904)
        self._tabs = Tabs(self._package, self._book)
        self._texts: dict[str, SheetText] = {}
        self._waiting: dict[str, dict[str, Value]] = {}
        self._moulds: dict[tuple[str, int], Mould] = {}
        self._top_rows: dict[str, int] = {}
        self._good_rows = GoodRows(
            lambda: self._writer.styles.count, lambda: len(self._package.strings(self._book.strings_part))
        )

    @property
    def where(self) -> str:
        """The file name."""
        return self._package.where

    @property
    def source_hash(self) -> str:
        """SHA-256 of the file as it was read, for `save(expected_hash=...)`."""
        return self._package.hash

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """The worksheets as they are after the edits so far."""
        return self._tabs.sheets

    @property
    def active_sheet(self) -> int:
        """The place, among all tabs, of the one that the workbook opens on."""
        return self._tabs.active

    @property
    def sheet_count(self) -> int:
        """How many tabs there are after the edits so far, hidden ones and chart sheets included."""
        return self._tabs.count

    @property
    def tables(self) -> Mapping[str, TableInfo]:
        """The tables as they are after the edits so far."""
        return self._book.tables

    def replace_rows(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Value]],
        *,
        key: str | Sequence[str] | None = None,
        totals: Mapping[str, Value] | None = None,
        heights: Sequence[float | None] = (),
        kept: Mapping[int, int] | None = None,
        theirs: Collection[str] = (),
        hidden: frozenset[int] = frozenset(),
        is_as_it_stood: bool = False,
    ) -> list[str]:
        """Write all data rows of a table anew; returns the keys whose user content has no row any more.

        Columns that are not in `columns` are the user's: their cells go with the row that has the same value in
        the columns of `key` (without a key they stay at their row), and so do colours, comments, links and hidden rows.
        `kept`, `theirs`, `hidden` and `is_as_it_stood` are those of `NewRows`. Cells beside the table stay at their address. Raises
        `WorkbookError` when a column is missing, or when the rows would run into cells with content.
        """
        info = self._book.table(table, self.where)
        names = (key,) if isinstance(key, str) else tuple(key or ())
        new = NewRows(
            columns, rows, names, totals or {}, heights, kept or {}, frozenset(theirs), hidden, is_as_it_stood
        )
        part, area = self._tabs.sheet(info.sheet).part, data_area(info)
        view = TableView.read(self._package.read(info.part), info.first_col)
        done = replace_rows(
            self._text(info.sheet), info, new, self._reader(info.sheet), self._writer,
            noted_rows(self._package, part, area), view,
        )  # fmt: skip
        move_comments(self._package, part, area, done.moves)
        self._store_table(done.sheet, done.table)
        self._drop_view(info.part, done)
        return done.orphans

    def edit_rows(
        self,
        table: str,
        *,
        columns: Sequence[str] = (),
        append: Sequence[Sequence[Value]] = (),
        update: Mapping[int, Mapping[str, Value]] | None = None,
        delete: Collection[int] = (),
        owned: Collection[str] | None = None,
    ) -> None:
        """Append (values in the order of `columns`), update (by sheet row and column) and delete (by sheet row) rows.

        All other rows keep their cells, and move up with what stands beside them. Raises `WorkbookError`, with
        nothing changed, when a deleted row has content in columns that are not `owned` or beside the table.
        """
        info = self._book.table(table, self.where)
        edits = rowedit.RowEdits(columns, append, update or {}, frozenset(delete), owned)
        part, area = self._tabs.sheet(info.sheet).part, data_area(info)
        if delete:
            check_uncommented(f"{self.where} > {info.sheet}", delete, noted_rows(self._package, part, area))
        sheet, resized = rowedit.edit_rows(self._text(info.sheet), info, edits, self._writer)
        moves = closed_up(info, resized, edits.delete)
        move_comments(self._package, part, area, moves)
        self._store_table(follow_rows(sheet, info, resized, moves), resized)

    def set_cells(self, sheet: str, cells: Mapping[str, Value]) -> None:
        """Set single cells by address, keeping their formatting; cheap when they stand above a big table."""
        part = self._tabs.sheet(sheet).part
        if part not in self._texts and is_large(self._package, part):
            # Rows of the same sheet often follow: then all of it is written once.
            self._waiting.setdefault(sheet, {}).update(cells)
        else:
            self._keep(sheet, set_cells(self._text(sheet), cells, self._writer))

    def _set_top(self, sheet: str, cells: Mapping[str, Value]) -> None:
        """Set cells of a large sheet of which nothing else changes."""
        part = self._tabs.sheet(sheet).part
        where, last = f"{self.where} > {sheet}", self._top_row(sheet)
        if top := set_top_cells(self._package, part, where, cells, self._writer, last):
            self._forget(part)
            self._top_rows[part] = top
        else:
            self._package.replace(part, set_cells(self._read(sheet), cells, self._writer).pieces())

    def _top_row(self, sheet: str) -> int:
        """The last row that a proof of the sheet's top must look at: a table's header, or a cell that was set before."""
        headers = [info.first_row for info in self._book.tables.values() if info.sheet == sheet]
        return max([*headers, self._top_rows.get(self._tabs.sheet(sheet).part, 0)])

    def clone_sheets(
        self, template: str, sheets: Sequence[ClonedSheet], *, first_row: int, print_title_rows: str | None = None
    ) -> None:
        """Make visible sheets from a template sheet, each at the end or in place of the sheet with its name.

        The template's rows above `first_row` are taken over, then come the cloned rows; its own rows from there on
        are prototypes only. `print_title_rows` is like `6:7`.
        """
        for start in range(0, len(sheets), _CLONES):
            some = sheets[start : start + _CLONES]
            for sheet, cast in zip(some, self._mould(template, first_row).cast(some), strict=True):
                self._forget(self._tabs.clone(template, sheet.name, cast))
                self._tabs.set_print_names(sheet.name, sheet.print_area, print_title_rows)

    def _mould(self, template: str, first_row: int) -> Mould:
        key = (self._tabs.sheet(template).part, first_row)
        if key not in self._moulds:
            are = partial(are_good_rows, known=self._good_rows)
            self._moulds[key] = Mould(self._text(template), first_row, self._writer, are)
        return self._moulds[key]

    def remove_sheet(self, name: str, *, ignore: Collection[str] = ()) -> None:
        """Remove a sheet and what hangs on it; refused when anything but the sheets in `ignore` refers to it."""
        self._flush()
        self._tabs.remove(name, ignore)
        kept = {key: table for key, table in self._book.tables.items() if table.sheet != name}
        self._book = replace(self._book, tables=kept)

    def set_active_sheet(self, name: str) -> None:
        """Have Excel open the workbook on this sheet, with this sheet alone selected."""
        self._flush()
        self._tabs.activate(name)

    def package(self) -> Package:
        """Return the edited package, ready to be saved."""
        self._flush()
        self._tabs.flush()
        return self._package

    def _text(self, sheet: str) -> SheetText:
        part = self._tabs.sheet(sheet).part
        if sheet in self._waiting:
            self._keep(sheet, set_cells(self._read(sheet), self._waiting.pop(sheet), self._writer))
        return self._texts[part] if part in self._texts else self._read(sheet)

    def _read(self, sheet: str) -> SheetText:
        return SheetText.parse(self._package.read(self._tabs.sheet(sheet).part), f"{self.where} > {sheet}")

    def _store_table(self, sheet: GrowingSheet, table: TableInfo) -> None:
        """Take a sheet back; the rows of a large table go straight into the compressed part."""
        if table.last_row - table.first_row < _LARGE:
            self._keep(table.sheet, sheet.whole())
        else:
            part = self._tabs.sheet(table.sheet).part
            self._forget(part)
            self._flush()
            proven = ProvenRows(sheet, self._good_rows)
            self._package.replace(part, sheet.pieces(proven.see), proven.abridged)
        self._package.replace(table.part, resized(self._package.read(table.part), table))
        self._book = replace(self._book, tables={**self._book.tables, table.name: table})

    def _drop_view(self, part: str, done: Replaced) -> None:
        """Take a sort or filter off a table that cannot be done over again, so that Excel shows none."""
        if done.drops_sort or done.drops_filter:
            text = self._package.read(part).decode("utf-8")
            text = without_sort(text) if done.drops_sort else text
            text = without_filter(text) if done.drops_filter else text
            self._package.replace(part, text.encode())

    def _keep(self, sheet: str, text: SheetText) -> None:
        """Hold a sheet as text while it is edited: one at a time, because a large one takes much room."""
        part = self._tabs.sheet(sheet).part
        self._forget(part)
        self._flush()
        self._texts[part] = text

    def _forget(self, part: str) -> None:
        """Drop what was made of an earlier content of a sheet."""
        self._texts.pop(part, None)
        for mould in [mould for mould in self._moulds if mould[0] == part]:
            del self._moulds[mould]

    def _flush(self) -> None:
        for part, text in self._texts.items():
            self._package.replace(part, text.pieces())
        self._texts.clear()
        while self._waiting:
            self._set_top(*self._waiting.popitem())

    def _reader(self, sheet: str) -> CellReader:
        return CellReader(f"{self.where} > {sheet}", self._package.strings(self._book.strings_part), frozenset())


def _check_editable(package: Package) -> None:
    """Refuse a workbook that a change would break."""
    for start, found, todo in (
        ("_xmlsignatures/", "a digitally signed workbook", "Remove the signature (File > Info > View Signatures)."),
        ("xl/revisions/", "a workbook shared in the old way", "Stop sharing it (Review > Unshare Workbook)."),
    ):
        if any(name.startswith(start) for name in package.names):
            raise WorkbookError(where=package.where, found=found, expected="a workbook that may change", todo=todo)
