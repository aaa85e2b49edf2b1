"""Reads a file that was handed in: CSV text or the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from recon_xl.core.cells import Cell
from recon_xl.core.errors import InputError, ReconError
from recon_xl.intake.csvfile import read_csv
from recon_xl.intake.filekind import empty_file, refuse_no_workbook
from recon_xl.intake.filesheet import (
    FileRow,
    FileSheet,
    above_header,
    find_header,
    header_text,
    is_blank,
    without_repeated_headers,
)
from recon_xl.ooxml.reader import BookReader, open_workbook

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
_OLD_BOOKS = frozenset({".xls", ".xlsb", ".ods", ".xlt"})
EVERY_SHEET = "*"
"""In the place of a sheet's name: every visible sheet that fits, though several go to one table."""


def read_file(path: Path, *, sheet: str | None = None) -> list[FileSheet]:
    """Every sheet with rows; one for CSV. `sheet` picks one of a workbook, also a hidden one.

    `InputError` where there are no rows, or where the file is not what its name says.
    """
    wanted = None if sheet == EVERY_SHEET else sheet
    suffix = path.suffix.lower()
    if suffix not in _WORKBOOKS | _OLD_BOOKS:
        return [read_csv(_content(path), path.name)]
    content = _content(path)
    refuse_no_workbook(content, path.name, is_old=suffix in _OLD_BOOKS)
    return _workbook_sheets(path, wanted, sha256(content).hexdigest())


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            where=path.name,
            found=f"a file that cannot be opened ({error.strerror or type(error).__name__})",
            expected="a CSV file or an Excel workbook (.xlsx)",
            todo="Check the name and that you may read it.",
        ) from None


def _workbook_sheets(path: Path, wanted: str | None, digest: str) -> list[FileSheet]:
    with open_workbook(path, tell_dates=True) as book:
        names = _chosen(book, wanted, path.name)
        found = [one for name in names if (one := _sheet(book, name, path.name, digest)) is not None]
        hidden = [] if wanted else [sheet.name for sheet in book.sheets if sheet.state != "visible"]
    return _named(found, hidden, path.name, wanted)


def _named(found: list[FileSheet], hidden: Sequence[str], file: str, wanted: str | None) -> list[FileSheet]:
    """The sheets, with a note about hidden ones; `InputError` where none has rows."""
    if not found:
        refusal = empty_file(file if wanted is None else f"{file} > {wanted}", "no rows below a header")
        if hidden:
            refusal = InputError(
                where=file,
                found=f"no rows on a visible sheet; hidden: {', '.join(hidden)}",
                expected=refusal.expected,
                todo=f'Unhide the sheet, or name it: --sheet "{hidden[0]}".',
            )
        raise refusal
    if hidden:
        note = f"{file}: hidden sheets were not read: {', '.join(hidden)}."
        found[0] = replace(found[0], notes=(note, *found[0].notes))
    return found


def _chosen(book: BookReader, wanted: str | None, file: str) -> list[str]:
    if wanted is None:
        return [sheet.name for sheet in book.sheets if sheet.state == "visible"]
    names = {sheet.name.casefold(): sheet.name for sheet in book.sheets}
    if wanted.casefold() not in names:
        raise InputError(
            where=file,
            found=f"the sheets {', '.join(names.values())}",
            expected=f"a sheet {wanted}",
            todo="Choose one of the sheets that there are.",
        )
    return [names[wanted.casefold()]]


def _sheet(book: BookReader, name: str, file: str, digest: str) -> FileSheet | None:
    """The sheet from its header on; None where no row stands below a header."""
    found = table_of(_rows(book, name, file), file, name)
    if found is None:
        return None
    formulas = list(dict.fromkeys(book.formulas.get(name, ())))
    note = (
        f"{found.where}: {_cells(len(formulas))}; their values as last calculated were read, "
        f"the first is {formulas[0]}."
        if formulas
        else ""
    )
    notes = (*found.notes, note) if note else found.notes
    return replace(found, date1904=book.date1904, digest=digest, notes=notes)


def _cells(number: int) -> str:
    return "1 cell is a formula" if number == 1 else f"{number} cells are formulas"


def table_of(all_rows: Sequence[FileRow], file: str, name: str) -> FileSheet | None:
    """The header and the rows below it, each as wide as the widest; None where no row stands below a header."""
    rows = [row for row in all_rows if not is_blank(row[1])]
    index = find_header([cells for _, cells in rows])
    if index is None:
        return None
    header_row, header = rows[index]
    where = f"{file} > {name}"
    below, repeated = without_repeated_headers(rows[index + 1 :], [header_text(cell) for cell in header], where)
    if not below:
        return None
    width = max(_used(cells) for _, cells in rows[index:])
    headers = [header_text(cell) for cell in header[:width]]
    headers += [""] * (width - len(headers))
    fitted = [(number, [*cells[:width], *[None] * (width - len(cells))]) for number, cells in below]
    notes = (*above_header(rows[:index], where), *repeated)
    return FileSheet(file, name, header_row, headers, fitted, notes=notes)


def _rows(book: BookReader, name: str, file: str) -> list[FileRow]:
    try:
        return list(book.rows(name))
    except ReconError:
        raise
    except (ValueError, KeyError) as error:
        raise InputError(
            where=f"{file} > {name}",
            found=f"a damaged sheet ({error})",
            expected="a sheet that Excel can open",
            todo="Open the file in Excel, save it again, and retry.",
        ) from error


def _used(cells: Sequence[Cell]) -> int:
    """Number of cells up to the last one with content."""
    return next((index for index in range(len(cells), 0, -1) if not is_blank(cells[index - 1 : index])), 0)
