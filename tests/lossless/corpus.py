"""The corpus: every workbook with the features that it is there for."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from lossless import forms, plain, stubs

Maker = Callable[[Path], Path]

MADE: Mapping[str, Maker] = {
    maker.__name__: maker
    for maker in (
        plain.charts, plain.pictures, plain.comments, plain.conditions, plain.texts, plain.arrays, plain.tables, plain.protection,
        plain.since_1904, plain.macros, plain.macros_signed, plain.streamed, plain.many_formats,
        stubs.threaded, stubs.pivot, stubs.controls, stubs.queries, stubs.ribbon, stubs.links, stubs.extensions,
        forms.prefixed, forms.without_styles, forms.quoted_once, forms.zipped_as_stream, forms.named_like_ours,
    )
}  # fmt: skip
"""Name -> what makes the workbook; macros need another ending."""

BY_LIBREOFFICE = ("charts", "comments", "conditions", "tables", "since_1904")
"""Workbooks of which LibreOffice saves a second version, where it is installed."""


def make(name: str, folder: Path) -> Path:
    """One workbook of the corpus."""
    ending = ".xlsm" if name in {"macros", "macros_signed", "controls"} else ".xlsx"
    return MADE[name](folder / f"{name}{ending}")


def saved_by_libreoffice(folder: Path) -> list[Path]:
    """The same workbooks as LibreOffice saves them; none where it is not installed."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return []
    sources = folder / "sources"
    sources.mkdir()
    books = [str(make(name, sources)) for name in BY_LIBREOFFICE]
    out = folder / "libreoffice"
    convert(books, out, "xlsx:Calc MS Excel 2007 XML")
    return [path.rename(path.with_name(f"lo_{path.name}")) for path in sorted(out.glob("*.xlsx"))]


def convert(books: list[str], out: Path, form: str) -> None:
    """One call of LibreOffice for many workbooks, in a profile of its own."""
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(out), *books]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
