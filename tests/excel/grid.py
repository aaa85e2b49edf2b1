"""The cells of one sheet, by columns: blocks are read, written and shifted as slices of lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from excel.areas import MAX_ROW, Area, Shift
from excel.values import Content, ExcelError


@dataclass(slots=True)
class Column:
    """The contents and styles of one column from row 1 on; a style of None is that of the row or column."""

    contents: list[Content] = field(default_factory=list)
    styles: list[int | None] = field(default_factory=list)

    def reach(self, row: int) -> None:
        """Make the lists hold this row."""
        missing = row - len(self.contents)
        if missing > 0:
            self.contents.extend([None] * missing)
            self.styles.extend([None] * missing)

    def cut(self, top: int, bottom: int) -> tuple[list[Content], list[int | None]]:
        """Contents and styles of some rows, at their full length."""
        contents, styles = self.contents[top - 1 : bottom], self.styles[top - 1 : bottom]
        missing = bottom - top + 1 - len(contents)
        return contents + [None] * missing, styles + [None] * missing


class Grid:
    """The cells of one sheet."""

    def __init__(self) -> None:
        self.columns: dict[int, Column] = {}
        self.column_styles: dict[int, int] = {}
        self.row_styles: dict[int, int] = {}

    def column(self, number: int) -> Column:
        """A column, made where it is missing."""
        found = self.columns.get(number)
        if found is None:
            found = self.columns[number] = Column()
        return found

    def content(self, row: int, column: int) -> Content:
        """What one cell holds."""
        found = self.columns.get(column)
        return found.contents[row - 1] if found and row <= len(found.contents) else None

    def put(self, row: int, column: int, content: Content) -> None:
        """Set what one cell holds."""
        cells = self.column(column)
        cells.reach(row)
        cells.contents[row - 1] = content

    def style(self, row: int, column: int) -> int:
        """The style of one cell: its own, or that of its row or column."""
        found = self.columns.get(column)
        own = found.styles[row - 1] if found and row <= len(found.styles) else None
        return self.default_style(row, column) if own is None else own

    def default_style(self, row: int, column: int) -> int:
        """The style of a cell that has none of its own."""
        return self.row_styles.get(row, self.column_styles.get(column, 0))

    def put_style(self, row: int, column: int, style: int) -> None:
        """Give one cell a style of its own."""
        cells = self.column(column)
        cells.reach(row)
        cells.styles[row - 1] = style

    def contents_of(self, area: Area) -> list[list[Content]]:
        """The contents by columns."""
        empty = Column()
        bottom = self.clip(area)
        cuts = (self.columns.get(number, empty).cut(area.top, bottom)[0] for number in range(area.left, area.right + 1))
        return list(cuts)

    def styles_of(self, area: Area, number: int) -> list[int]:
        """The styles of one column of an area, rows' and columns' own filled in."""
        styles = self.columns.get(number, Column()).cut(area.top, self.clip(area))[1]
        if self.row_styles:
            rows = range(area.top, area.top + len(styles))
            pairs = zip(styles, rows, strict=True)
            return [self.default_style(row, number) if style is None else style for style, row in pairs]
        default = self.column_styles.get(number, 0)
        return [default if style is None else style for style in styles]

    def clip(self, area: Area) -> int:
        """The last row worth looking at: whole columns end where the cells do."""
        return min(area.bottom, max(self.last_row, area.top)) if area.whole_columns else area.bottom

    @property
    def last_row(self) -> int:
        """The last row that any column reaches."""
        return max((len(column.contents) for column in self.columns.values()), default=0)

    def used(self) -> Area:
        """The rectangle around all cells that hold or look like something; A1 of an empty sheet."""
        rows: list[int] = []
        columns = []
        for number, cells in self.columns.items():
            pairs = enumerate(zip(cells.contents, cells.styles, strict=True), start=1)
            found = [row for row, pair in pairs if pair != (None, None)]
            if found:
                columns.append(number)
                rows += (found[0], found[-1])
        return Area(min(rows), min(columns), max(rows), max(columns)) if rows else Area(1, 1, 1, 1)

    def shift(self, shift: Shift) -> None:
        """Push cells down or pull them up; what is inserted is empty and looks like the row above it."""
        for number, cells in self.columns.items():
            if shift.left <= number <= shift.right and len(cells.contents) >= shift.top - 1:
                _shift_column(cells, shift)
        if shift.whole_rows:
            self.row_styles = {
                row: style for old, style in self.row_styles.items() if (row := moved_row(old, shift)) is not None
            }

    def check_room(self, shift: Shift) -> None:
        """Excel pushes nothing off the sheet."""
        columns = (cells for number, cells in self.columns.items() if shift.left <= number <= shift.right)
        if any(len(cells.contents) + shift.rows > MAX_ROW for cells in columns):
            raise ExcelError("Excel can't shift nonblank cells off of the worksheet.")

    def cells(self) -> Iterator[tuple[int, int, Content, int | None]]:
        """Row, column, content and own style of every cell that has either."""
        for number, cells in sorted(self.columns.items()):
            for row, (content, style) in enumerate(zip(cells.contents, cells.styles, strict=True), start=1):
                if content is not None or style is not None:
                    yield row, number, content, style

    def fill(self, top: int, left: int, rows: Sequence[Sequence[Content]]) -> None:
        """Put contents as they are, without what Excel makes of an input: the fast way to many rows."""
        for number, values in enumerate(zip(*rows, strict=True), start=left):
            cells = self.column(number)
            cells.reach(top + len(values) - 1)
            cells.contents[top - 1 : top - 1 + len(values)] = values


def _shift_column(cells: Column, shift: Shift) -> None:
    start = shift.top - 1
    if shift.rows > 0:
        above = cells.styles[start - 1] if start else None
        cells.contents[start:start] = [None] * shift.rows
        cells.styles[start:start] = [above] * shift.rows
    else:
        del cells.contents[start : start - shift.rows]
        del cells.styles[start : start - shift.rows]


def moved_row(row: int, shift: Shift) -> int | None:
    """Where a row stands after a shift; None where it is deleted."""
    moved = shift.moved(Area(row, shift.left, row, shift.right))
    return moved.top if moved else None
