"""The hidden Layout sheet: where every table stands, kept true by Excel itself and read in one block.

A live host would otherwise ask Excel for each table's sheet, first row and size: a hundred calls
where one is enough. Its formulas follow tables that the user moves, renames, widens or sorts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recon_xl.contract.catalogue import EVERY_TABLE
from recon_xl.contract.model import HEADER_ROW, Table

LAYOUT_SHEET = "Layout"
SHEET_COUNT_CELL, DATE1904_CELL = "B2", "B3"
LAYOUT_HEADER_ROW = 5
LAYOUT_HEADERS = (
    "Table",
    "Header Row",
    "First Column",
    "Columns",
    "Data Rows",
    "Totals Rows",
    "Filled",
    "First Header",
    "As Made",
)
FIRST_PLACE_ROW = LAYOUT_HEADER_ROW + 1
LAST_PLACE_ROW = LAYOUT_HEADER_ROW + len(EVERY_TABLE)
WRITTEN_COLUMN = "J"
"""Holds, for each result, the fingerprints of the rows that a run wrote into the saved workbook; not a formula, not shown."""
LAYOUT_AREA = f"A1:{WRITTEN_COLUMN}{LAST_PLACE_ROW}"
"""The block that a live host reads."""
ANCHOR_AREA = f"H{FIRST_PLACE_ROW}:H{LAST_PLACE_ROW}"
"""The cells whose formulas point at each table's first header: as text they name the sheet, whatever it is called now."""

SHEET_COUNT_FORMULA = "_xlfn.SHEETS()"
DATE1904_FORMULA = "DATE(1904,1,1)=0"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands; rows and columns count from 1."""

    sheet: str
    header_row: int
    first_column: int
    columns: int
    data_rows: int
    totals_rows: int
    is_filled: bool
    """False for a table with one row and nothing in it: there is nothing to read."""
    is_as_made: bool = False
    """True where the headers are the contract's, in its order, and no others."""

    @property
    def first_data_row(self) -> int:
        """The row below the header."""
        return self.header_row + 1

    @property
    def last_data_row(self) -> int:
        """The last row above the totals."""
        return self.header_row + self.data_rows

    @property
    def last_column(self) -> int:
        """The last column of the table."""
        return self.first_column + self.columns - 1


@dataclass(frozen=True, slots=True)
class Places:
    """All tables that stand in the workbook, how many sheets it has, and which date system."""

    tables: Mapping[str, Place]
    sheet_count: int
    date1904: bool


def place_formulas(table: Table) -> tuple[str, ...]:
    """The formulas (without `=`) of one table's row on Layout, in the order of `LAYOUT_HEADERS` after the name."""
    anchor = f"'{table.sheet}'!$A${HEADER_ROW}"
    name, first = table.excel_name, table.columns[0].name
    data, whole = f"ROWS({name}[{first}])", f"ROWS({name}[[#All],[{first}]])"
    across = f"[{first}]:[{table.columns[-1].name}]"
    words = ",".join(f'"{column}"' for column in table.column_names)
    headers = f"SUMPRODUCT(--({name}[[#Headers],{across}]={{{words}}}))={len(table.columns)}"
    return (
        f"ROW({name}[[#Headers],[{first}]])",
        f"COLUMN(INDEX({name},1,1))",
        f"COLUMNS({name})",
        data,
        f"{whole}-{data}-1",
        f"IF({data}>1,TRUE,COUNTA({name}[{across}])>0)",
        anchor,
        headers,
    )


def read_places(values: Sequence[Sequence[object]], anchors: Sequence[Sequence[object]]) -> Places:
    """The values of `LAYOUT_AREA` and the formulas of `ANCHOR_AREA` as places.

    A table whose row holds anything but whole numbers is not in the workbook any more.
    """
    found = {}
    for row, (anchor,) in zip(values[FIRST_PLACE_ROW - 1 :], anchors, strict=True):
        figures = [_whole(value) for value in row[1:6]]
        sheet = _sheet_of(str(anchor))
        if isinstance(row[0], str) and sheet and None not in figures:
            header, first, columns, rows, totals = (figure for figure in figures if figure is not None)
            found[row[0]] = Place(sheet, header, first, columns, rows, totals, row[6] is not False, row[8] is True)
    return Places(found, _whole(values[1][1]) or 0, values[2][1] is True)


def data_rows(values: Sequence[Sequence[object]]) -> dict[str, int]:
    """Table -> its data rows, from the values of `LAYOUT_AREA`."""
    found = ((str(row[0]), _whole(row[4])) for row in values[FIRST_PLACE_ROW - 1 :])
    return {name: rows for name, rows in found if rows is not None}


def _sheet_of(formula: str) -> str:
    """The sheet that a plain reference names: `='Vendor Lines'!$A$5` and `=Tax!$A$5`."""
    name, mark, _ = formula.removeprefix("=").rpartition("!")
    if not mark or "#REF" in name:
        return ""
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _whole(value: object) -> int | None:
    """A number as Excel hands it over (a float); booleans and error codes are none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if value >= 0 and value == int(value) else None
