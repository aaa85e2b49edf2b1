"""Fake COM: Range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from excel import reading, writing
from excel.areas import MAX_COLUMN, MAX_ROW, Area
from excel.com_base import ComObject, unwrapped
from excel.com_values import to_com
from excel.copying import copy_range
from excel.pywin32_stubs import time_of
from excel.resolve import Place, resolve
from excel.sheet import Sheet
from excel.values import ExcelError

if TYPE_CHECKING:
    from excel.com_app import Application
    from excel.com_sheet import Worksheet

SHIFT_DOWN, SHIFT_UP, FROM_BELOW = -4121, -4162, 1


def place_of(sheet: Sheet, where: Any) -> Place:
    """The cells that `Range(...)` names."""
    where = unwrapped(where)
    if isinstance(where, Range):
        return Place(where.sheet, where.area)
    place = resolve(sheet.book, where, sheet) if isinstance(where, str) else None
    if not isinstance(place, Place):
        raise ExcelError("Method 'Range' of object '_Worksheet' failed")
    return place


class Range(ComObject):
    """A rectangle of cells; `axis` counts rows or columns instead of cells."""

    WALKS = frozenset(
        {"Application", "Parent", "Worksheet", "Cells", "Rows", "Columns", "EntireRow", "EntireColumn", "ListObject"}
        | {"Range", "Item", "Offset", "GetOffset", "Resize", "GetResize", "Name"}
    )
    READS = frozenset({"GetAddress"})

    def __init__(self, parent: Worksheet, area: Area, axis: str = "") -> None:
        super().__init__(parent.wire, parent=parent, sheet=parent.model, area=area, axis=axis)

    def _other(self, area: Area, axis: str = "") -> Range:
        return Range(self.parent, area, axis)

    def _shaped(self, rows: reading.Rows) -> Any:
        single = (self.area.height, self.area.width) == (1, 1)
        return rows[0][0] if single else tuple(rows)

    def get_Application(self) -> Application:
        return self.parent.parent.application

    def get_Worksheet(self) -> Worksheet:
        return self.parent

    get_Parent = get_Worksheet

    def get_Value2(self) -> Any:
        return self._shaped(reading.values2(self.sheet, self.area))

    def set_Value2(self, data: Any) -> None:
        writing.write(self.sheet, self.area, to_com(data, typed=False))

    def get_Value(self) -> Any:
        return self._shaped(reading.values(self.sheet, self.area, time_of))

    def set_Value(self, data: Any) -> None:
        writing.write(self.sheet, self.area, to_com(data, typed=True))

    def get_Formula(self) -> Any:
        return self._shaped(reading.formulas(self.sheet, self.area))

    def set_Formula(self, data: Any) -> None:
        writing.write(self.sheet, self.area, to_com(data, typed=True))

    get_Formula2, set_Formula2 = get_Formula, set_Formula

    def get_NumberFormat(self) -> str | None:
        return reading.number_format(self.sheet, self.area)

    def set_NumberFormat(self, value: str) -> None:
        writing.set_number_format(self.sheet, self.area, value)

    def get_HasFormula(self) -> bool | None:
        return reading.has_formula(self.sheet, self.area)

    def get_Address(self) -> str:
        return self.area.address

    def do_GetAddress(
        self, row_absolute: bool = True, column_absolute: bool = True, _: int = 1, external: bool = False
    ) -> str:
        address = self.area.written(row_absolute=row_absolute, column_absolute=column_absolute)
        return f"'[{self.sheet.book.path.name}]{self.sheet.name}'!{address}" if external else address

    def get_Row(self) -> int:
        return self.area.top

    def get_Column(self) -> int:
        return self.area.left

    def get_Count(self) -> int:
        sizes = {"rows": self.area.height, "columns": self.area.width}
        return sizes.get(self.axis, self.area.height * self.area.width)

    def get_Rows(self) -> Range:
        return self._other(self.area, "rows")

    def get_Columns(self) -> Range:
        return self._other(self.area, "columns")

    def get_Cells(self) -> Range:
        return self._other(self.area)

    def get_EntireRow(self) -> Range:
        return self._other(Area(self.area.top, 1, self.area.bottom, MAX_COLUMN))

    def get_EntireColumn(self) -> Range:
        return self._other(Area(1, self.area.left, MAX_ROW, self.area.right))

    def do_Item(self, row: int, column: int | None = None) -> Range:
        if self.axis == "rows":
            return self._other(Area(self.area.top + row - 1, self.area.left, self.area.top + row - 1, self.area.right))
        if column is None:
            row, column = (number + 1 for number in divmod(row - 1, self.area.width))
        top, left = self.area.top + row - 1, self.area.left + column - 1
        return self._other(Area(top, left, top, left))

    def __call__(self, *args: int) -> Any:
        return self._crossed("Item", "walk", self.do_Item, *args)

    def do_GetOffset(self, rows: int = 0, columns: int = 0) -> Range:
        return self._other(self.area.offset(rows, columns))

    def do_GetResize(self, rows: int | None = None, columns: int | None = None) -> Range:
        top, left = self.area.top, self.area.left
        return self._other(
            Area(top, left, top + (rows or self.area.height) - 1, left + (columns or self.area.width) - 1)
        )

    def get_ListObject(self) -> Any:
        found = self.sheet.table_at(self.area)
        return self.parent.table_object(found) if found else None

    def do_Insert(self, Shift: int | None = None, CopyOrigin: int | None = None) -> bool:
        if Shift not in (SHIFT_DOWN, None) or CopyOrigin == FROM_BELOW:
            raise NotImplementedError(Shift)
        self.sheet.insert(self.area)
        return True

    def do_Delete(self, Shift: int | None = None) -> bool:
        if Shift not in (SHIFT_UP, None):
            raise NotImplementedError(Shift)
        self.sheet.delete(self.area)
        return True

    def do_Copy(self, Destination: Any = None) -> bool:
        if Destination is None:
            self.sheet.book.app.cut_copy = True
        else:
            onto = place_of(self.sheet, Destination)
            copy_range(self.sheet, self.area, onto.sheet, onto.area)
        return True

    def do_ClearContents(self) -> None:
        writing.clear(self.sheet, self.area, formats=False)

    def do_Clear(self) -> None:
        writing.clear(self.sheet, self.area, formats=True)

    def do_Select(self) -> bool:
        self.sheet.book.select(self.sheet, self.area)
        return True

    do_Activate = do_Select

    def get_RowHeight(self) -> float | None:
        return reading.row_height(self.sheet, self.area)

    def set_RowHeight(self, value: float) -> None:
        self.sheet.look(self.area, height=float(value))

    def do_AutoFit(self) -> bool:
        if self.axis != "columns":
            self.sheet.look(self.area, height=None)
        return True

    def get_Hidden(self) -> bool | None:
        return reading.hidden(self.sheet, self.area)

    def set_Hidden(self, value: bool) -> None:
        self.sheet.look(self.area, hidden=value)

    def get_Name(self) -> Any:
        return self.parent.parent.name_object(self.sheet, self.area)
