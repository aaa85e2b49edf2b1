"""Reads workbooks as a stream: exact number text, errors as errors, every cell with its place, flat memory."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, TypeVar

from recon_xl.core.rows import ColumnRows, NumberedRow
from recon_xl.ooxml.book import DefinedName, SheetInfo, TableInfo, read_book
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.container import damaged, open_zip
from recon_xl.ooxml.formats import date_styles, percent_styles
from recon_xl.ooxml.heldcells import Held, held_rows
from recon_xl.ooxml.passedrows import wanted_rows
from recon_xl.ooxml.quickrows import QuickRows
from recon_xl.ooxml.rawxml import read_part, rows_at_once
from recon_xl.ooxml.sharedstrings import SharedStrings
from recon_xl.ooxml.tablecells import by_column, one_by_one
from recon_xl.ooxml.trial import admit

_T = TypeVar("_T")
NONSENSE = (ValueError, LookupError, OverflowError)
"""What a value raises that no program writes: here, at the border, it is the file's fault and not ours."""


def open_workbook(path: Path, *, tell_dates: bool = False) -> BookReader:
    """Open a workbook for reading; raises `WorkbookError` saying what the file is when it cannot be read.

    With `tell_dates` a number that Excel shows as a date is a `DateText`, so that it is not taken for an amount.
    """
    return BookReader(path, tell_dates=tell_dates)


class BookReader:
    """An open workbook; use it as a context manager. Sheets are read again from the file at each call."""

    def __init__(self, path: Path, *, tell_dates: bool = False) -> None:
        self.where = path.name
        self._zip = open_zip(path, self.where)
        try:
            admit(self._zip, path, self.where)
            self.names: Collection[str] = frozenset(self._zip.namelist())
            self._book = read_book(self)
            styles = self._book.styles_part
            content, place = (self.read(styles), f"{self.where} > {styles}") if styles else (b"", "")
            self._percent = percent_styles(content, place) if styles else frozenset()
            self._dates = date_styles(content, place) if styles and tell_dates else frozenset()
        except NONSENSE as error:
            self._zip.close()
            raise damaged(self.where, f"a workbook that contradicts itself ({error})") from error
        except BaseException:
            self._zip.close()
            raise
        part = self._book.strings_part
        opening = None if part is None else partial(self._zip.open, part)
        self._strings = SharedStrings(opening, f"{self.where} > {part}")
        self.formulas: dict[str, list[str]] = {}
        """By sheet, as far as it was read: the addresses of the cells whose value a formula gave."""

    def __enter__(self) -> BookReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, so that it can be replaced."""
        self._zip.close()

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """The worksheets in tab order; chart and module sheets are left out."""
        return self._book.sheets

    @property
    def tables(self) -> dict[str, TableInfo]:
        """All tables by name."""
        return self._book.tables

    @property
    def defined_names(self) -> tuple[DefinedName, ...]:
        """All defined names in file order."""
        return self._book.defined_names

    @property
    def date1904(self) -> bool:
        """True when dates count from 1904 (old Macs) instead of 1900."""
        return self._book.date1904

    def read(self, part: str) -> bytes:
        """Return the whole content of one part; raises `WorkbookError` when it is damaged."""
        try:
            return self._zip.read(part)
        except (zipfile.BadZipFile, EOFError) as error:
            raise damaged(f"{self.where} > {part}", "a damaged or incomplete part") from error

    @property
    def styles_part(self) -> str | None:
        """The part with the formats of cells."""
        return self._book.styles_part

    def stream(self, part: str) -> IO[bytes]:
        """Return the content of one part as a stream."""
        return self._zip.open(part)

    def rows(self, sheet: str, min_row: int = 1, max_row: int | None = None) -> Iterator[NumberedRow]:
        """Row number and cells (from column A on, gaps None) of each row that has cells; stops after `max_row`."""
        where = f"{self.where} > {sheet}"

        def read(blocks: Iterator[str]) -> Iterator[NumberedRow]:
            quick, cells = self._readers(sheet)
            for rows in wanted_rows(rows_at_once(blocks), where, min_row, max_row):
                yield from one_by_one(rows, quick, cells)

        return self._read(sheet, read)

    def held_rows(self, sheet: str) -> Iterator[tuple[int, Held]]:
        """Number and cells, with their formulas, of the rows of a sheet; NotPlainError where `rows` alone can tell."""
        return held_rows(self.read(self._book.sheet(sheet, self.where).part), self._strings, self._percent)

    def table_rows(self, table_name: str) -> Iterator[NumberedRow]:
        """Sheet row number and cells of each non-empty data row of a table, one cell a column."""
        return iter(self.table(table_name))

    def table(self, table_name: str) -> ColumnRows:
        """The same rows, held by column."""
        table = self._book.table(table_name, self.where)

        def read(blocks: Iterator[str]) -> Iterator[ColumnRows]:
            # The whole sheet is read, so that rows stored out of order are not lost.
            found = wanted_rows(rows_at_once(blocks), f"{self.where} > {table.sheet}", table.first_data_row)
            yield by_column(found, table, *self._readers(table.sheet))

        (rows,) = self._read(table.sheet, read)
        return rows

    def _readers(self, sheet: str) -> tuple[QuickRows, CellReader]:
        formulas = self.formulas[sheet] = []
        cells = CellReader(f"{self.where} > {sheet}", self._strings, self._percent, self._dates, formulas)
        return QuickRows(self._strings, self._percent, self._dates), cells

    def _read(self, sheet: str, read: Callable[[Iterator[str]], Iterator[_T]]) -> Iterator[_T]:
        part = self._book.sheet(sheet, self.where).part
        try:
            yield from read_part(lambda: self._zip.open(part), f"{self.where} > {part}", read)
        except NONSENSE as error:
            raise damaged(f"{self.where} > {sheet}", f"a sheet that contradicts itself ({error})") from error
