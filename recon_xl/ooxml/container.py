"""Opens an .xlsx or .xlsm package, or says in an accountant's words what the file really is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.guard import GuardedZip, check_entries
from recon_xl.ooxml.guard import unsafe as damaged
from recon_xl.ooxml.limits import limits
from recon_xl.ooxml.opening import EXCEL, unreadable

__all__ = ["damaged", "ole_kind", "open_zip"]

_OTHER_FILES: tuple[tuple[bytes, str, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        "a file that is password protected, or the old .xls format",
        "Open it in Excel, remove the password (File > Info > Protect Workbook) or save it as .xlsx.",
    ),
    (b"%PDF", "a PDF document", "Export the data as Excel or CSV."),
    (b"<!DOCTYPE", "a web page", "Sign in again at the vendor's site and download the file once more."),
    (b"<html", "a web page", "Sign in again at the vendor's site and download the file once more."),
    (b"{", "a JSON file", "Export the data as Excel or CSV."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
)
_OLE = b"\xd0\xcf\x11\xe0"
_OLE_STREAMS: tuple[tuple[str, str, str], ...] = (
    (
        "EncryptedPackage",
        "a file that is password protected",
        "Open it in Excel, remove the password (File > Info > Protect Workbook) and save it.",
    ),
    ("Workbook", "a workbook in the old .xls format", "Open it in Excel and save it as .xlsx."),
    ("WordDocument", "an old Word document", "Choose the workbook instead."),
)
_OTHER_PACKAGES: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook.bin", "the binary .xlsb format", "Open it in Excel and save it as .xlsx."),
    ("word/document.xml", "a Word document", "Choose the workbook instead."),
    ("ppt/presentation.xml", "a PowerPoint presentation", "Choose the workbook instead."),
    ("content.xml", "an OpenDocument spreadsheet (.ods)", "Save it as .xlsx."),
)


def ole_kind(content: bytes) -> tuple[str, str] | None:
    """What an OLE file (the container of .xls, and of every file with a password) is, and what to do; None = untold."""
    if not content.startswith(_OLE):
        return None
    for stream, found, todo in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return found, todo
    return None


def open_zip(source: Path | bytes, where: str) -> GuardedZip:
    """Return the checked package; raises `WorkbookError` for anything that is not a plain, safe Excel package.

    What is read from it is counted: a part that is not what the directory says of it raises `BadZipFile`.
    """
    start = source[:16] if isinstance(source, bytes) else _start_of(source, where)
    if not start.startswith(b"PK"):
        told = ole_kind(source if isinstance(source, bytes) else source.read_bytes()) if start[:4] == _OLE else None
        if told:
            raise WorkbookError(where=where, found=told[0], expected=EXCEL, todo=told[1])
        raise _other_file(start, where)
    try:
        package = GuardedZip(io.BytesIO(source) if isinstance(source, bytes) else source)
    except PermissionError as error:
        raise unreadable(where, error) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise damaged(where, "a damaged or incomplete file") from error
    package.where = where
    try:
        _refuse_other_packages(set(package.namelist()), where)
        check_entries(package.infolist(), where, limits())
    except BaseException:
        package.close()
        raise
    return package


def _start_of(path: Path, where: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError as error:
        raise unreadable(where, error) from error


def _other_file(start: bytes, where: str) -> WorkbookError:
    for magic, found, todo in _OTHER_FILES:
        if start.lower().startswith(magic.lower()):
            return WorkbookError(where=where, found=found, expected=EXCEL, todo=todo)
    found = "a text or unknown file" if start else "an empty file"
    return WorkbookError(where=where, found=found, expected=EXCEL, todo="Choose the workbook, or save it as .xlsx.")


def _refuse_other_packages(names: set[str], where: str) -> None:
    for part, found, todo in _OTHER_PACKAGES:
        if part in names:
            raise WorkbookError(where=where, found=found, expected=EXCEL, todo=todo)
