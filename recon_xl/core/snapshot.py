"""What a command sees of the workbook: every declared table as found, read once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from recon_xl.core.rows import NumberedRow


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as it stands in the workbook; nothing is interpreted yet.

    `columns` are the headers as found, the user's own included. `rows` pairs the sheet's row
    number with the cells of that row, one a column; wholly empty rows are left out. `calculated` columns are filled by
    Excel with a formula of their own. `first_column` is the sheet's column, from 1, in which the table begins.
    `last_row` is its last data row, a blank one too; 0 where that is not known.
    Of a result table, `noted` are the sheet rows with a colour, a comment or a link of the user's, and `altered` those
    in which something else stands than the last run wrote.
    """

    name: str
    sheet: str
    columns: tuple[str, ...]
    rows: Sequence[NumberedRow]
    header_row: int = 5
    calculated: frozenset[str] = frozenset()
    first_column: int = 1
    last_row: int = field(default=0, compare=False)
    noted: frozenset[int] = frozenset()
    altered: frozenset[int] = frozenset()

    def address(self, row: int, column: str) -> str:
        """Where a cell is, in the accountant's words: `Customers > row 7 > Currency`."""
        return f"{self.sheet} > row {row} > {column}"


@dataclass(frozen=True, slots=True)
class Selection:
    """The cell that the user stands on: the tab, and its row and column counted from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The workbook at one moment. `tables` holds the contract tables that were found, by name; `draft_tabs` names ours.

    `selection` is known where the workbook is open in Excel, or where the command line names a cell.
    """

    book: str
    tables: Mapping[str, RawTable]
    sheets: tuple[str, ...]
    date1904: bool = False
    digest: str = ""
    draft_tabs: tuple[str, ...] = ()
    defined_names: Mapping[str, str] = field(default_factory=dict)
    selection: Selection | None = None

    def outline(self, whole: Collection[str] = ()) -> Snapshot:
        """The workbook with one row at most of each table that is not `whole`: enough to write into it."""
        tables = {name: raw if name in whole else replace(raw, rows=raw.rows[:1]) for name, raw in self.tables.items()}
        return replace(self, tables=tables)
