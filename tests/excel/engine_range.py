"""The ranges and tables of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes as base

from excel import reading, writing
from excel.areas import Area
from excel.copying import copy_range
from excel.defined_names import name_of
from excel.wire import Wire, read, walk, write

if TYPE_CHECKING:
    from excel.engine_app import App
    from excel.sheet import Sheet


class Native:
    """What stands for the native object: there, but without members."""


class Range(base.Range):
    """A rectangle of cells."""

    def __init__(self, sheet: Sheet, area: Area, app: App) -> None:
        self.model, self.area, self.app = sheet, area, app
        self.wire: Wire = app.wire
        self.options: dict[str, Any] = {}

    @property
    @walk
    def api(self) -> Native:
        return Native()

    @property
    @walk
    def sheet(self) -> base.Sheet:
        from excel.engine_book import Book, Sheet  # noqa: PLC0415

        return Sheet(self.model, Book(self.model.book, self.app))

    @read
    def __len__(self) -> int:
        return self.area.height * self.area.width

    @property
    @read
    def row(self) -> int:
        return self.area.top

    @property
    @read
    def column(self) -> int:
        return self.area.left

    @property
    @read
    def shape(self) -> tuple[int, int]:
        return self.area.height, self.area.width

    @property
    @read
    def address(self) -> str:
        return self.area.address

    @read
    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        address = self.area.written(row_absolute=row_absolute, column_absolute=col_absolute)
        return f"'[{self.model.book.path.name}]{self.model.name}'!{address}" if external else address

    @walk
    def __call__(self, *args: int) -> Range:
        row, column = args if len(args) == 2 else (number + 1 for number in divmod(args[0] - 1, self.area.width))
        top, left = self.area.top + row - 1, self.area.left + column - 1
        return Range(self.model, Area(top, left, top, left), self.app)

    def _shaped(self, rows: reading.Rows) -> Any:
        single = (self.area.height, self.area.width) == (1, 1)
        return rows[0][0] if single else [list(row) for row in rows]

    @property
    @read
    def raw_value(self) -> Any:
        return self._shaped(reading.values(self.model, self.area))

    @raw_value.setter
    @write
    def raw_value(self, data: Any) -> None:
        writing.write(self.model, self.area, data)

    @property
    @read
    def formula(self) -> Any:
        return self._shaped(reading.formulas(self.model, self.area))

    @formula.setter
    @write
    def formula(self, data: Any) -> None:
        writing.write(self.model, self.area, data)

    formula2 = formula

    @property
    @read
    def number_format(self) -> str | None:
        return reading.number_format(self.model, self.area)

    @number_format.setter
    @write
    def number_format(self, value: str) -> None:
        writing.set_number_format(self.model, self.area, value)

    @property
    @read
    def row_height(self) -> float | None:
        return reading.row_height(self.model, self.area)

    @row_height.setter
    @write
    def row_height(self, value: float) -> None:
        self.model.look(self.area, height=float(value))

    @write
    def clear_contents(self) -> None:
        writing.clear(self.model, self.area, formats=False)

    @write
    def clear(self) -> None:
        writing.clear(self.model, self.area, formats=True)

    @write
    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        if shift != "down" or copy_origin == "format_from_right_or_below":
            raise NotImplementedError(shift)
        self.model.insert(self.area)

    @write
    def delete(self, shift: str | None = None) -> None:
        if shift != "up":
            raise NotImplementedError(shift)
        self.model.delete(self.area)

    @write
    def copy(self, destination: Any = None) -> None:
        if destination is None:
            self.app.model.cut_copy = True
        else:
            copy_range(self.model, self.area, destination.impl.model, destination.impl.area)

    @write
    def select(self) -> None:
        self.model.book.select(self.model, self.area)

    @write
    def autofit(self, axis: str | None = None) -> None:
        if axis in (None, "rows", "r"):
            self.model.look(self.area, height=None)

    @property
    def rows(self) -> Range:
        return self

    @property
    def columns(self) -> Range:
        return self

    @property
    @walk
    def name(self) -> Any:
        from excel.engine_names import Name  # noqa: PLC0415

        found = name_of(self.model.book, self.model, self.area)
        return Name(self.model.book, found[0], found[1], self.app) if found else None

    @property
    @walk
    def table(self) -> base.Table | None:
        from excel.engine_table import Table  # noqa: PLC0415

        found = self.model.table_at(self.area)
        return Table(self.model, found, self.app) if found else None
