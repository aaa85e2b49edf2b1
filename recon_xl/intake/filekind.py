"""What a file really is, by its first bytes, whatever its name says."""

from __future__ import annotations

from recon_xl.core.errors import InputError

_TODO_EXPORT = "Export the data as CSV or Excel (.xlsx)."
_SIGN_IN = "Sign in again at the vendor's site and download the file once more."
_KINDS: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    (
        (b"pk\x03\x04", b"pk\x05\x06"),
        "a zip archive or an Excel workbook",
        "Unpack it, or rename the workbook to .xlsx.",
    ),
    ((b"\xd0\xcf\x11\xe0",), "an old .xls workbook or a password-protected file", "Save it in Excel as .xlsx or CSV."),
    ((b"%pdf",), "a PDF document", _TODO_EXPORT),
    ((b"\x1f\x8b",), "a gzip archive", "Unpack it first."),
    ((b"<!doctype html", b"<html", b"<head", b"<body", b"<script"), "a web page", _SIGN_IN),
    ((b"<?xml", b"<"), "an XML or HTML document", _TODO_EXPORT),
    ((b"{", b"[{", b"[\n", b"[\r"), "a JSON document", _TODO_EXPORT),
    ((b"par1",), "a Parquet file", _TODO_EXPORT),
    ((b"\x89png", b"\xff\xd8\xff", b"gif8"), "a picture", _TODO_EXPORT),
)


def refuse_other_kinds(content: bytes, where: str) -> None:
    """`InputError` that says what a file named like a CSV really is."""
    start = content.removeprefix(b"\xef\xbb\xbf")[:256].lstrip().lower()
    for magics, found, todo in _KINDS:
        if start.startswith(magics):
            raise InputError(where=where, found=found, expected="a CSV file", todo=todo)
    if not start:
        raise empty_file(where, "an empty file")


def empty_file(where: str, found: str) -> InputError:
    """The refusal of a file without rows: an empty source is never clean."""
    return InputError(
        where=where,
        found=found,
        expected="a header row and at least one row below it",
        todo="Download or export the file again; if it is rightly empty, leave it out.",
    )
