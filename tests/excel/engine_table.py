"""The tables of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes as base

from excel import tables
from excel.areas import Area
from excel.engine_range import Native, Range
from excel.wire import read, walk, write

if TYPE_CHECKING:
    from excel.engine_app import App
    from excel.sheet import Sheet
    from excel.table import Table as TableModel


class Tables(base.Tables):
    """The tables of a sheet."""

    def __init__(self, sheet: Sheet, app: App) -> None:
        self.model, self.app, self.wire = sheet, app, app.wire

    @property
    @walk
    def api(self) -> Native:
        return Native()

    @walk
    def __call__(self, key: str | int) -> Table:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return Table(self.model, found, self.app)

    def _find(self, key: str | int) -> TableModel | None:
        if isinstance(key, int):
            return self.model.tables[key - 1] if 0 < key <= len(self.model.tables) else None
        return next((table for table in self.model.tables if table.name.casefold() == key.casefold()), None)

    @read
    def __len__(self) -> int:
        return len(self.model.tables)

    @walk
    def __iter__(self) -> Iterator[Table]:
        return iter([Table(self.model, table, self.app) for table in self.model.tables])

    @read
    def __contains__(self, key: str) -> bool:
        return self._find(key) is not None

    @write
    def add(self, source: Any = None, name: str | None = None, **_: object) -> Table:
        table = tables.add_table(self.model, source.impl.area, name)
        return Table(self.model, table, self.app)


class Table(base.Table):
    """A table."""

    def __init__(self, sheet: Sheet, table: TableModel, app: App) -> None:
        self.model, self.table, self.app, self.wire = sheet, table, app, app.wire

    @property
    @walk
    def api(self) -> Native:
        return Native()

    @property
    @walk
    def parent(self) -> base.Sheet:
        return Range(self.model, self.table.area, self.app).sheet

    @property
    @read
    def name(self) -> str:
        return self.table.name

    @name.setter
    @write
    def name(self, value: str) -> None:
        self.model.book.rename_table(self.table, value)

    display_name = name

    def _range(self, area: Area | None) -> Range | None:
        return Range(self.model, area, self.app) if area else None

    @property
    @walk
    def range(self) -> Range | None:
        return self._range(self.table.area)

    @property
    @walk
    def data_body_range(self) -> Range | None:
        return self._range(self.table.body)

    @property
    @walk
    def header_row_range(self) -> Range | None:
        return self._range(self.table.header)

    @property
    @walk
    def totals_row_range(self) -> Range | None:
        return self._range(self.table.totals_row)

    @property
    @walk
    def insert_row_range(self) -> Range | None:
        return self._range(self.table.rows if self.table.blank else None)

    @property
    @read
    def show_totals(self) -> bool:
        return self.table.totals

    @show_totals.setter
    @write
    def show_totals(self, value: bool) -> None:
        tables.show_totals(self.model, self.table, shown=value)

    @property
    @read
    def show_headers(self) -> bool:
        return True

    @property
    @read
    def show_autofilter(self) -> bool:
        return self.table.part.autoFilter is not None

    @show_autofilter.setter
    @write
    def show_autofilter(self, value: bool) -> None:
        self.table.show_autofilter(shown=value)

    @write
    def resize(self, range: Any) -> None:  # noqa: A002
        tables.resize(self.model, self.table, range.impl.area)
