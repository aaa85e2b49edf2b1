"""Reads delimited text strictly: encoding, delimiter, quotes and row lengths are checked, nothing is dropped."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from hashlib import sha256

from recon_xl.core.cells import Cell
from recon_xl.core.errors import InputError
from recon_xl.intake.encodings import DOWNLOAD_AGAIN, decode
from recon_xl.intake.filekind import empty_file, refuse_other_kinds
from recon_xl.intake.filesheet import (
    HEADER_SEARCH,
    FileRow,
    FileSheet,
    above_header,
    find_header,
    header_score,
    header_text,
    is_blank,
    without_repeated_headers,
)

_DELIMITERS = (",", ";", "\t", "|")
_MAX_CELL = 32_767


def read_csv(content: bytes, name: str) -> FileSheet:
    """The one sheet of a CSV file; `InputError` naming file and row for what cannot be read without guessing."""
    refuse_other_kinds(content, name)
    text, encoding, notes = decode(content, name)
    delimiter, text, skipped = _delimiter(text)
    records = list(_records(text, delimiter, skipped, name))
    index = find_header([cells for _, cells in records[:HEADER_SEARCH]])
    if index is None:
        raise empty_file(name, "a file without any text")
    header_row, header = records[index]
    headers = [header_text(cell) for cell in header]
    if len(headers) == 1 and not header_score(headers):
        raise _no_header(name)
    below, repeated = without_repeated_headers(records[index + 1 :], headers, name)
    beyond = min((len(cells) for _, cells in below), default=len(headers)) - len(headers)
    rows = [_fit(row, headers, beyond, name) for row in below]
    if not rows:
        raise empty_file(name, "a header and no rows")
    notes += (*above_header(records[:index], name), *repeated)
    return FileSheet(
        name,
        None,
        header_row,
        headers,
        rows,
        digest=sha256(content).hexdigest(),
        notes=notes,
        encoding=encoding,
        delimiter=delimiter,
    )


def _delimiter(text: str) -> tuple[str, str, int]:
    """The delimiter, the text without a `sep=` line, and the number of lines left out."""
    first, mark, rest = text.partition("\n")
    declared = first.strip("\r").lower()
    if declared.startswith("sep=") and len(declared) == 5:
        return first[4], rest, 1
    head = text.splitlines(keepends=True)[:HEADER_SEARCH]
    best = max(_DELIMITERS, key=lambda delimiter: _fit_of(head, delimiter))  # the first of equals
    return best, first + mark + rest, 0


def _fit_of(head: list[str], delimiter: str) -> tuple[int, int]:
    """How many known columns a delimiter shows in one line of the head, and how many cells the first line has."""
    try:
        lines = [row for row in csv.reader(head, delimiter=delimiter) if row]
    except csv.Error:
        return 0, 0
    cells = len(lines[0]) if lines else 0
    return max((header_score(row) for row in lines if len(row) > 1), default=0), cells


def _records(text: str, delimiter: str, skipped: int, name: str) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank, with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = skipped + 1
    try:
        for record in reader:
            if any(record) and not is_blank(record):
                yield line, record
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise _too_long(name, line) from None
        raise InputError(
            where=f"{name} > row {line}",
            found=f"quotes that do not close, or a damaged row ({error})",
            expected='texts in quotes, with "" for a quote inside',
            todo=DOWNLOAD_AGAIN,
        ) from None


def _fit(row: tuple[int, list[str]], headers: list[str], beyond: int, name: str) -> FileRow:
    """The row with one cell a header; a row cut short or shifted is refused.

    Blank cells beyond the header are harmless where every row has as many, `beyond`: some programs end each row
    with a delimiter. One row with more of them than the others has been shifted by a comma inside a text.
    """
    number, cells = row
    width = len(headers)
    if len(cells) < width or any(cells[width:]) or len(cells) > width + max(beyond, 0):
        raise InputError(
            where=f"{name} > row {number}",
            found=f"{len(cells)} cells",
            expected=f"{width}, as many as the header has",
            todo=DOWNLOAD_AGAIN,
        )
    if max(map(len, cells)) > _MAX_CELL:
        raise _too_long(name, number)
    return number, list[Cell](cells[:width])


def _no_header(name: str) -> InputError:
    return InputError(
        where=name,
        found=f"no headers of any table in the first {HEADER_SEARCH} rows",
        expected="the headers of one table, in one row",
        todo="Delete the rows above the header, or rename the headers to the table's own names.",
    )


def _too_long(name: str, row: int) -> InputError:
    return InputError(
        where=f"{name} > row {row}",
        found="a text longer than an Excel cell can hold",
        expected=f"at most {_MAX_CELL:,} characters",
        todo="Shorten the text, or leave that column out.",
    )
