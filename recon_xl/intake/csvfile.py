"""Reads delimited text strictly: encoding, delimiter, quotes and row lengths are checked, nothing is dropped."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from hashlib import sha256

from recon_xl.core.cells import Cell
from recon_xl.core.errors import InputError
from recon_xl.intake.filekind import empty_file, refuse_other_kinds
from recon_xl.intake.filesheet import (
    HEADER_SEARCH,
    FileRow,
    FileSheet,
    find_header,
    header_score,
    header_text,
    is_blank,
)

_DELIMITERS = (",", ";", "\t", "|")
_MAX_CELL = 32_767
_DOWNLOAD_AGAIN = "Download or export the file again; do not edit it with a text editor."


def read_csv(content: bytes, name: str) -> FileSheet:
    """The one sheet of a CSV file; `InputError` naming file and row for what cannot be read without guessing."""
    refuse_other_kinds(content, name)
    text, notes = _decode(content, name)
    delimiter, text, skipped = _delimiter(text)
    records = list(_records(text, delimiter, skipped, name))
    index = find_header([cells for _, cells in records[:HEADER_SEARCH]])
    if index is None:
        raise empty_file(name, "a file without any text")
    header_row, header = records[index]
    headers = [header_text(cell) for cell in header]
    rows = [_fit(row, headers, name) for row in records[index + 1 :]]
    if not rows:
        raise empty_file(name, "a header and no rows")
    return FileSheet(name, None, header_row, headers, rows, digest=sha256(content).hexdigest(), notes=notes)


def _decode(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text, and a note where the encoding had to be assumed."""
    notes: tuple[str, ...] = ()
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decode_western(content, name)
        notes = (f"{name}: not UTF-8, read as Windows-1252; save it as CSV UTF-8 if names look wrong.",)
    if "\0" in text:
        raise InputError(
            where=f"{name} > row {text.count(chr(10), 0, text.index(chr(0))) + 1}",
            found="a NUL character",
            expected="text in UTF-8, or UTF-16 with a byte order mark",
            todo=_DOWNLOAD_AGAIN,
        )
    return text, notes


def _decode_western(content: bytes, name: str) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            where=f"{name} > row {row}",
            found="text in an unknown encoding",
            expected="UTF-8, UTF-16 with a byte order mark, or Windows-1252",
            todo='Save the file in Excel as "CSV UTF-8 (Comma delimited)".',
        ) from None


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
        raise InputError(
            where=f"{name} > row {line}",
            found=f"quotes that do not close, or a damaged row ({error})",
            expected='texts in quotes, with "" for a quote inside',
            todo=_DOWNLOAD_AGAIN,
        ) from None


def _fit(row: tuple[int, list[str]], headers: list[str], name: str) -> FileRow:
    """The row with one cell a header; a row cut short or shifted is refused, blank cells beyond the header are not."""
    number, cells = row
    width = len(headers)
    if len(cells) < width or (len(cells) > width and any(cells[width:])):
        raise InputError(
            where=f"{name} > row {number}",
            found=f"{len(cells)} cells",
            expected=f"{width}, as many as the header has",
            todo=_DOWNLOAD_AGAIN,
        )
    if max(map(len, cells)) > _MAX_CELL:
        raise InputError(
            where=f"{name} > row {number}",
            found="a text longer than an Excel cell can hold",
            expected=f"at most {_MAX_CELL:,} characters",
            todo="Shorten the text, or leave that column out.",
        )
    return number, list[Cell](cells[:width])
