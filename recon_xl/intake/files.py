"""Reads a file that was handed in: CSV text or the sheets of a workbook."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from recon_xl.core.errors import InputError, ReconError
from recon_xl.intake.csvfile import read_csv
from recon_xl.intake.filekind import empty_file
from recon_xl.intake.filesheet import FileRow, FileSheet, find_header, header_text, is_blank
from recon_xl.ooxml.reader import BookReader, open_workbook

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})


def read_file(path: Path, *, sheet: str | None = None) -> list[FileSheet]:
    """Every sheet with rows; one for CSV. `sheet` picks one of a workbook, also a hidden one.

    `InputError` where there are no rows, or where the file is not what its name says.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            where=path.name,
            found=f"a file that cannot be opened ({error.strerror or type(error).__name__})",
            expected="a CSV file or an Excel workbook (.xlsx)",
            todo="Check the name and that you may read it.",
        ) from None
    if path.suffix.lower() not in _WORKBOOKS:
        return [read_csv(content, path.name)]
    if not content:
        raise empty_file(path.name, "an empty file")
    return _workbook_sheets(path, sheet, sha256(content).hexdigest())


def _workbook_sheets(path: Path, wanted: str | None, digest: str) -> list[FileSheet]:
    with open_workbook(path) as book:
        names = _chosen(book, wanted, path.name)
        found = [one for name in names if (one := _sheet(book, name, path.name, digest)) is not None]
        hidden = [] if wanted else [sheet.name for sheet in book.sheets if sheet.state != "visible"]
    if not found:
        raise empty_file(path.name if wanted is None else f"{path.name} > {wanted}", "no rows below a header")
    if hidden:
        note = f"{path.name}: hidden sheets were not read: {', '.join(hidden)}."
        first = found[0]
        found[0] = FileSheet(
            first.file, first.sheet, first.header_row, first.headers, first.rows, first.date1904, digest, (note,)
        )
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
    rows = [row for row in _rows(book, name, file) if not is_blank(row[1])]
    index = find_header([cells for _, cells in rows])
    if index is None or index + 1 >= len(rows):
        return None
    header_row, header = rows[index]
    below = rows[index + 1 :]
    width = max(_used(cells) for _, cells in rows[index:])
    headers = [header_text(cell) for cell in header[:width]]
    headers += [""] * (width - len(headers))
    fitted = [(number, [*cells[:width], *[None] * (width - len(cells))]) for number, cells in below]
    return FileSheet(file, name, header_row, headers, fitted, book.date1904, digest)


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


def _used(cells: list[str | bool | None]) -> int:
    """Number of cells up to the last one with content."""
    return next((index for index in range(len(cells), 0, -1) if not is_blank(cells[index - 1 : index])), 0)
