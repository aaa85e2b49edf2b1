"""Reads delimited text strictly: encoding, delimiter, quotes and row lengths are checked, nothing is dropped."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import accumulate, chain, islice
from typing import cast

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
    without_repeated_headers,
)
from recon_xl.intake.textcolumns import TextColumns

_DELIMITERS = (",", ";", "\t", "|")
_MAX_CELL = 32_767
_PIECE = 1 << 16
_AT_ONCE = 500
Record = tuple[int, list[str]]


def read_csv(content: bytes, name: str) -> FileSheet:
    """The one sheet of a CSV file; `InputError` naming file and row for what cannot be read without guessing."""
    refuse_other_kinds(content, name)
    digest = sha256(content).hexdigest()
    text, encoding, notes = decode(content, name)
    del content  # a large file is not held in several forms at once
    delimiter, begin, skipped = _delimiter(text)
    records = _records(_lines(text, begin), delimiter, skipped, name)
    head = list(islice(records, HEADER_SEARCH))
    index = find_header([cells for _, cells in head])
    held = _held(chain(head if index is None else head[index + 1 :], records))
    del text
    if index is None:
        raise empty_file(name, "a file without any text")
    header_row, header = head[index]
    headers = [header_text(cell) for cell in header]
    if len(headers) == 1 and not header_score(headers):
        raise _no_header(name)
    rows, repeated = _fitted(held, headers, name)
    if not rows:
        raise empty_file(name, "a header and no rows")
    notes += (*above_header(head[:index], name), *repeated)
    return FileSheet(
        name,
        None,
        header_row,
        headers,
        rows,
        digest=digest,
        notes=notes,
        encoding=encoding,
        delimiter=delimiter,
    )


def _delimiter(text: str) -> tuple[str, int, int]:
    """The delimiter, where the text begins without a `sep=` line, and the number of lines left out."""
    end = text.find("\n")
    first = text if end < 0 else text[:end]
    declared = first.strip("\r").lower()
    if declared.startswith("sep=") and len(declared) == 5:
        return first[4], len(first) + 1, 1
    head = _head(text)
    best = max(_DELIMITERS, key=lambda delimiter: _fit_of(head, delimiter))  # the first of equals
    return best, 0, 0


def _head(text: str) -> list[str]:
    """The lines among which the header is looked for; the rest of a long text is not cut up for them."""
    size = _PIECE
    while len(lines := text[:size].splitlines(keepends=True)) <= HEADER_SEARCH and size < len(text):
        size *= 2
    return lines[:HEADER_SEARCH]


def _lines(text: str, begin: int) -> Iterator[str]:
    """The lines of a text, each with its end, a piece of the text at a time: as a stream it takes four times its room."""
    while begin < len(text):
        end = text.find("\n", begin + _PIECE) + 1 or len(text)
        yield from io.StringIO(text[begin:end], newline="")
        begin = end


def _fit_of(head: list[str], delimiter: str) -> tuple[int, int]:
    """How many known columns a delimiter shows in one line of the head, and how many cells the first line has."""
    try:
        lines = [row for row in csv.reader(head, delimiter=delimiter) if row]
    except csv.Error:
        return 0, 0
    cells = len(lines[0]) if lines else 0
    return max((header_score(row) for row in lines if len(row) > 1), default=0), cells


def _records(lines: Iterator[str], delimiter: str, skipped: int, name: str) -> Iterator[Record]:
    """Every record that is not blank, with the line on which it begins; read and counted many at a time."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = skipped + 1
    while True:
        some: list[list[str]] = []
        try:
            some.extend(islice(reader, _AT_ONCE))
        except csv.Error as error:  # those before the damaged one are in `some`
            raise _damaged(name, line + sum(map(_lines_of, some)), error) from None
        if not some:
            return
        end = skipped + reader.line_num + 1
        is_a_line_each = end - line == len(some)
        begins = range(line, end) if is_a_line_each else accumulate(map(_lines_of, some), initial=line)
        records = zip(begins, some, strict=False)
        yield from records if _are_filled(some) else (one for one in records if "".join(one[1]).strip())
        line = end


def _lines_of(record: list[str]) -> int:
    """How many lines a record takes: texts in quotes may hold some."""
    text = "\0".join(record)
    return 1 + text.count("\n") + text.count("\r") - text.count("\r\n")


def _are_filled(records: Sequence[Sequence[str]]) -> bool:
    """True where none of the records is blank, because some column has a text in each."""
    is_square = len({*map(len, records)}) == 1
    return is_square and any(all(map(str.strip, column)) for column in zip(*records, strict=True))


def _held(records: Iterator[Record]) -> TextColumns | list[Record]:
    """The records by column, if each has as many cells as the first."""
    held: TextColumns | None = None
    while some := list(islice(records, _AT_ONCE)):
        numbers, cells = zip(*some, strict=True)
        held = held or TextColumns(len(cells[0]))
        if not held.add(numbers, cells):
            before = cast("Iterator[Record]", iter(held.rows()))
            return [*before, *some, *records]
    return held or []


def _fitted(
    held: TextColumns | list[Record], headers: list[str], name: str
) -> tuple[Sequence[FileRow], tuple[str, ...]]:
    """The rows below the header, one cell a header, and a note about headers among them; a row of other length is refused."""
    if isinstance(held, TextColumns) and not _needs_a_closer_look(held, headers):
        return held.rows(), ()
    found = cast("list[Record]", list(held.rows() if isinstance(held, TextColumns) else held))
    below, repeated = without_repeated_headers(found, headers, name)
    beyond = min((len(cells) for _, cells in below), default=len(headers)) - len(headers)
    return [_fit(row, headers, beyond, name) for row in below], repeated


def _needs_a_closer_look(held: TextColumns, headers: list[str]) -> bool:
    """Whether rows are wider or narrower than the header, a cell may be that of another header row, or is too long for Excel."""
    columns = held.rows().columns
    if len(columns) != len(headers) or held.longest > _MAX_CELL:
        return True
    first = next((place for place, header in enumerate(headers) if header), 0)
    return headers[first] in map(header_text, {*columns[first]})


def _fit(row: Record, headers: list[str], beyond: int, name: str) -> FileRow:
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
    return number, cast("list[Cell]", cells if len(cells) == width else cells[:width])


def _no_header(name: str) -> InputError:
    return InputError(
        where=name,
        found=f"no headers of any table in the first {HEADER_SEARCH} rows",
        expected="the headers of one table, in one row",
        todo="Delete the rows above the header, or rename the headers to the table's own names.",
    )


def _damaged(name: str, row: int, error: csv.Error) -> InputError:
    if "field larger" in str(error):
        return _too_long(name, row)
    return InputError(
        where=f"{name} > row {row}",
        found=f"quotes that do not close, or a damaged row ({error})",
        expected='texts in quotes, with "" for a quote inside',
        todo=DOWNLOAD_AGAIN,
    )


def _too_long(name: str, row: int) -> InputError:
    return InputError(
        where=f"{name} > row {row}",
        found="a text longer than an Excel cell can hold",
        expected=f"at most {_MAX_CELL:,} characters",
        todo="Shorten the text, or leave that column out.",
    )
