"""What a file really is, by its content, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

from recon_xl.core.errors import InputError
from recon_xl.ooxml.container import ole_kind

_TODO_EXPORT = "Export the data as CSV or Excel (.xlsx)."
_SIGN_IN = "Sign in again at the vendor's site and download the file once more."
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<table", b"<meta")
_KINDS: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    (
        (b"pk\x03\x04", b"pk\x05\x06"),
        "a zip archive or an Excel workbook",
        "Unpack it, or rename the workbook to .xlsx.",
    ),
    ((b"\xd0\xcf\x11\xe0",), "an old .xls workbook or a password-protected file", "Save it in Excel as .xlsx or CSV."),
    ((b"%pdf",), "a PDF document", _TODO_EXPORT),
    ((b"\x1f\x8b",), "a gzip archive", "Unpack it first."),
    (_HTML, "a web page", _SIGN_IN),
    ((b"<?xml", b"<"), "an XML or HTML document", _TODO_EXPORT),
    ((b"{", b"[{", b"[\n", b"[\r", b"[ "), "a JSON document", _TODO_EXPORT),
    ((b"par1",), "a Parquet file", _TODO_EXPORT),
    ((b"\x89png", b"\xff\xd8\xff", b"gif8"), "a picture", _TODO_EXPORT),
)
_PACKAGES: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook.xml", "an Excel workbook", "Rename it to .xlsx."),
    ("xl/workbook.bin", "a workbook in the binary .xlsb format", "Open it in Excel and save it as .xlsx."),
    ("content.xml", "an OpenDocument spreadsheet (.ods)", "Open it and save it as .xlsx."),
    ("word/document.xml", "a Word document", _TODO_EXPORT),
)


def refuse_other_kinds(content: bytes, where: str) -> None:
    """`InputError` that says what a file named like a CSV really is."""
    if (told := told_kind(content)) is not None:
        raise InputError(where=where, found=told[0], expected="a CSV file", todo=told[1])
    if is_empty(content):
        raise empty_file(where, "an empty file")


def refuse_no_workbook(content: bytes, where: str, *, is_old: bool = False) -> None:
    """`InputError` for a file named like a workbook that is none: what it is, down to plain text.

    A file named .xls, .xlsb or .ods is none of ours either way, even where it is what it says: the libraries that
    read those give Excel's errors as blanks, and a blank is not an error.
    """
    if content[:2] == b"PK" and not is_old:
        return
    if is_empty(content):
        raise empty_file(where, "an empty file")
    text = ("a CSV or other text file", "Rename it to .csv, or open it in Excel and save it as .xlsx.")
    found, todo = told_kind(content) or (text if is_text(content) else ("a file of unknown kind", _TODO_EXPORT))
    raise InputError(where=where, found=found, expected="an Excel workbook (.xlsx or .xlsm)", todo=todo)


def told_kind(content: bytes) -> tuple[str, str] | None:
    """What a file is, and what to do about it; None where it may be delimited text."""
    start = _start(content)
    if start.startswith(b"pk") and (package := _package(content)) is not None:
        return package
    if (old := ole_kind(content)) is not None:
        return old
    for magics, found, todo in _KINDS:
        if start.startswith(magics):
            return found, todo
    return None


def is_empty(content: bytes) -> bool:
    """True for a file of nothing but a byte order mark, blanks and line ends."""
    return not _start(content)


def is_text(content: bytes) -> bool:
    """True for what may be text: no control characters but those of text files, or UTF-16."""
    sample = content[:4096]
    return sample.startswith((b"\xff\xfe", b"\xfe\xff")) or not any(byte < 9 or 13 < byte < 26 for byte in sample)


def empty_file(where: str, found: str) -> InputError:
    """The refusal of a file without rows: an empty source is never clean."""
    return InputError(
        where=where,
        found=found,
        expected="a header row and at least one row below it",
        todo="Download or export the file again; if it is rightly empty, leave it out.",
    )


def _start(content: bytes) -> bytes:
    """The beginning without a byte order mark, also of UTF-16 text as its ASCII letters."""
    begin = content[:1024]
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        begin = begin[2:].replace(b"\0", b"")
    return begin.removeprefix(b"\xef\xbb\xbf").lstrip()[:256].lower()


def _package(content: bytes) -> tuple[str, str] | None:
    with (
        suppress(zipfile.BadZipFile, ValueError, NotImplementedError, OSError),
        zipfile.ZipFile(io.BytesIO(content)) as archive,
    ):
        names = set(archive.namelist())
        return next(((found, todo) for part, found, todo in _PACKAGES if part in names), None)
    return None
