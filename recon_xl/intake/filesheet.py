"""One sheet of a file as it stands: headers and rows with their numbers, nothing interpreted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from recon_xl.contract import ALL_TABLES, normalise_header
from recon_xl.core.cells import Cell
from recon_xl.intake.formats import all_formats
from recon_xl.ooxml.address import cell_ref

HEADER_SEARCH = 20
"""Rows above the header, such as a title or an export date, are passed over down to this one."""

FileRow = tuple[int, list[Cell]]
_Cells = TypeVar("_Cells", bound=Sequence[Cell])

_VOCABULARIES = tuple(
    frozenset(name for column in table.columns for name in column.answers_to()) for table in ALL_TABLES
)


@dataclass(frozen=True, slots=True)
class FileSheet:
    """Rows of a CSV file, or of one sheet of a workbook; `sheet` is None for CSV.

    Rows keep the number they have in the file; for CSV the line on which the record begins. Every
    row has one cell a header. `digest` is the SHA-256 of the whole file.
    """

    file: str
    sheet: str | None
    header_row: int
    headers: list[str]
    rows: Sequence[FileRow]
    date1904: bool = False
    digest: str = ""
    notes: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""

    @property
    def where(self) -> str:
        """`recon.csv`, or `book.xlsx > Sheet1`."""
        return f"{self.file} > {self.sheet}" if self.sheet else self.file

    def address(self, row: int, position: int) -> str:
        """Where a cell is: `C7` on a sheet, `row 7 > Subtotal` in a CSV file."""
        if self.sheet:
            return cell_ref(row, position + 1)
        return f"row {row} > {self.headers[position] or f'column {position + 1}'}"


def header_score(texts: Sequence[str]) -> int:
    """How well a row fits as a header: the most columns of one contract table or format that it names."""
    names = {normalise_header(text) for text in texts} - {""}
    best = max(len(names & vocabulary) for vocabulary in _VOCABULARIES)
    if best and any(found.recognises(texts) for found in all_formats()):
        return best + len(texts)
    return best


def find_header(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Index of the header among the first rows: the best fit, or the first row that is not blank."""
    scores = [header_score([header_text(cell) for cell in row]) for row in rows[:HEADER_SEARCH]]
    if any(scores):
        return scores.index(max(scores))
    return next((index for index, row in enumerate(rows[:HEADER_SEARCH]) if not is_blank(row)), None)


def header_text(cell: Cell) -> str:
    """A header as text, on one line."""
    return "" if cell is None or isinstance(cell, bool) else " ".join(str.__str__(cell).lstrip("\ufeff").split())


def above_header(rows: Sequence[tuple[int, Sequence[Cell]]], where: str) -> tuple[str, ...]:
    """A note about the rows above the header, which are read by nobody."""
    told = [f"row {number} {_first_text(cells)!r}" for number, cells in rows if not is_blank(cells)]
    more = f" and {len(told) - 3} more" if len(told) > 3 else ""
    return (f"{where}: above the header, passed over: {', '.join(told[:3])}{more}.",) if told else ()


def without_repeated_headers(
    rows: Sequence[tuple[int, _Cells]], headers: Sequence[str], where: str
) -> tuple[list[tuple[int, _Cells]], tuple[str, ...]]:
    """The rows without those that say the header once more, as page breaks and joined files do, and a note."""
    wanted = [header for header in headers if header]
    first = next((place for place, header in enumerate(headers) if header), 0)
    found = [
        number
        for number, cells in rows
        if len(wanted) > 1
        and len(cells) > first
        and header_text(cells[first]) == headers[first]  # quickly tells nearly every row from the header
        and wanted == [text for cell in cells if (text := header_text(cell))]
    ]
    if not found:
        return list(rows), ()
    told = ", ".join(map(str, found[:5])) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
    left = [row for row in rows if row[0] not in set(found)]
    return left, (f"{where}: the header is repeated in row {told}; passed over.",)


def _first_text(cells: Sequence[Cell]) -> str:
    return next((text[:60] for cell in cells if (text := header_text(cell))), "")


def is_blank(row: Sequence[Cell]) -> bool:
    """True for a row without any content."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)
