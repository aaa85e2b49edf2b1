"""Fake COM: ListObjects, ListObject, ListRows, ListColumns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from excel import tables
from excel.areas import Area
from excel.com_base import ComCollection, ComObject
from excel.com_range import Range, place_of
from excel.table import Table

if TYPE_CHECKING:
    from excel.com_sheet import Worksheet


class ListObjects(ComCollection):
    """The tables of a sheet."""

    def items(self) -> list[Table]:
        found: list[Table] = self.parent.model.tables
        return found

    def wrapped(self, thing: Table) -> ListObject:
        return ListObject(self.parent, thing)

    def do_Add(self, Source: Any = None, **_: object) -> ListObject:
        return self.wrapped(tables.add_table(self.parent.model, place_of(self.parent.model, Source).area))


class ListObject(ComObject):
    """A table."""

    WALKS = frozenset(
        {"Application", "Parent", "Range", "DataBodyRange", "HeaderRowRange", "TotalsRowRange", "InsertRowRange"}
        | {"ListRows", "ListColumns"}
    )

    def __init__(self, parent: Worksheet, table: Table) -> None:
        super().__init__(parent.wire, parent=parent, table=table)

    def range_over(self, area: Area | None) -> Range | None:
        """A range of the table's sheet."""
        return Range(self.parent, area) if area else None

    def get_Parent(self) -> Worksheet:
        found: Worksheet = self.parent
        return found

    def get_Name(self) -> str:
        name: str = self.table.name
        return name

    def set_Name(self, value: str) -> None:
        self.parent.model.book.rename_table(self.table, value)

    get_DisplayName, set_DisplayName = get_Name, set_Name

    def get_Range(self) -> Range | None:
        return self.range_over(self.table.area)

    def get_DataBodyRange(self) -> Range | None:
        return self.range_over(self.table.body)

    def get_HeaderRowRange(self) -> Range | None:
        return self.range_over(self.table.header)

    def get_TotalsRowRange(self) -> Range | None:
        return self.range_over(self.table.totals_row)

    def get_InsertRowRange(self) -> Range | None:
        return self.range_over(self.table.rows if self.table.blank else None)

    def get_ListRows(self) -> ListRows:
        return ListRows(self.wire, parent=self)

    def get_ListColumns(self) -> ListColumns:
        return ListColumns(self.wire, parent=self)

    def get_ShowTotals(self) -> bool:
        return bool(self.table.totals)

    def set_ShowTotals(self, value: bool) -> None:
        tables.show_totals(self.parent.model, self.table, shown=value)

    def get_ShowHeaders(self) -> bool:
        return True

    def get_ShowAutoFilter(self) -> bool:
        return self.table.part.autoFilter is not None

    def set_ShowAutoFilter(self, value: bool) -> None:
        self.table.show_autofilter(shown=value)

    def do_Resize(self, Range: Any) -> None:
        tables.resize(self.parent.model, self.table, place_of(self.parent.model, Range).area)


class ListRows(ComCollection):
    """The data rows of a table."""

    def items(self) -> list[Area]:
        body = self.parent.table.body
        rows = range(body.top, body.bottom + 1) if body else ()
        return [Area(row, body.left, row, body.right) for row in rows]

    def wrapped(self, thing: Area) -> ListPart:
        return ListPart(self.wire, parent=self.parent, area=thing, text="")


class ListColumns(ComCollection):
    """The columns of a table."""

    def items(self) -> list[Area]:
        area = self.parent.table.area
        return [Area(area.top, column, area.bottom, column) for column in range(area.left, area.right + 1)]

    def item_name(self, thing: Area) -> str:
        return str(self.parent.parent.model.grid.content(thing.top, thing.left))

    def wrapped(self, thing: Area) -> ListPart:
        return ListPart(self.wire, parent=self.parent, area=thing, text=self.item_name(thing))


class ListPart(ComObject):
    """A ListRow or a ListColumn."""

    WALKS = frozenset({"Range", "DataBodyRange"})

    def get_Name(self) -> str:
        text: str = self.text
        return text

    def get_Range(self) -> Range | None:
        found: Range | None = self.parent.range_over(self.area)
        return found

    def get_DataBodyRange(self) -> Range | None:
        body = self.parent.table.body
        found: Range | None = self.parent.range_over(self.area.intersect(body) if body else None)
        return found
