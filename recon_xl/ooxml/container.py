"""Opens an .xlsx or .xlsm package, or says in an accountant's words what the file really is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from recon_xl.core.errors import WorkbookError

_EXCEL = "an Excel workbook (.xlsx or .xlsm)"
_MAX_PARTS = 20_000
_BOMB_BYTES = 64 * 2**20
_BOMB_RATIO = 400
_MAX_BYTES = 8 * 2**30

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


def damaged(where: str, found: str) -> WorkbookError:
    """Return the refusal for a package that cannot be read as it stands."""
    return WorkbookError(
        where=where,
        found=found,
        expected=_EXCEL,
        todo="Open the file in Excel, save it again, and retry; or fetch a fresh copy.",
    )


def ole_kind(content: bytes) -> tuple[str, str] | None:
    """What an OLE file (the container of .xls, and of every file with a password) is, and what to do; None = untold."""
    if not content.startswith(_OLE):
        return None
    for stream, found, todo in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return found, todo
    return None


def open_zip(source: Path | bytes, where: str) -> zipfile.ZipFile:
    """Return the checked package; raises `WorkbookError` for anything that is not a plain, safe Excel package."""
    start = source[:16] if isinstance(source, bytes) else _start_of(source, where)
    if not start.startswith(b"PK"):
        told = ole_kind(source if isinstance(source, bytes) else source.read_bytes()) if start[:4] == _OLE else None
        if told:
            raise WorkbookError(where=where, found=told[0], expected=_EXCEL, todo=told[1])
        raise _other_file(start, where)
    try:
        package = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise damaged(where, "a damaged or incomplete file") from error
    try:
        _check_entries(package, where)
    except BaseException:
        package.close()
        raise
    return package


def _start_of(path: Path, where: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError as error:
        raise WorkbookError(
            where=where,
            found=f"a file that cannot be opened ({error.strerror or type(error).__name__})",
            expected=_EXCEL,
            todo="Check the name and that you may read it.",
        ) from error


def _other_file(start: bytes, where: str) -> WorkbookError:
    for magic, found, todo in _OTHER_FILES:
        if start.lower().startswith(magic.lower()):
            return WorkbookError(where=where, found=found, expected=_EXCEL, todo=todo)
    found = "a text or unknown file" if start else "an empty file"
    return WorkbookError(where=where, found=found, expected=_EXCEL, todo="Choose the workbook, or save it as .xlsx.")


def _check_entries(package: zipfile.ZipFile, where: str) -> None:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    for part, found, todo in _OTHER_PACKAGES:
        if part in names:
            raise WorkbookError(where=where, found=found, expected=_EXCEL, todo=todo)
    if len({name.casefold() for name in names}) != len(entries):
        raise damaged(where, "a package that holds the same part twice")
    if len(entries) > _MAX_PARTS or sum(entry.file_size for entry in entries) > _MAX_BYTES:
        raise damaged(where, f"a package of more than {_MAX_PARTS:,} parts or {_MAX_BYTES // 2**30} GiB")
    for entry in entries:
        _check_entry(entry, where)


def _check_entry(entry: zipfile.ZipInfo, where: str) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise damaged(where, "an encrypted package")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise damaged(where, f"part {name} in a compression that Excel does not use")
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise damaged(where, f"a part with the unsafe name {name!r}")
    if entry.file_size > _BOMB_BYTES and entry.file_size > _BOMB_RATIO * max(entry.compress_size, 1):
        raise damaged(where, f"part {name}, which unpacks to {entry.file_size // 2**20:,} MiB from almost nothing")
