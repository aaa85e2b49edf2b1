"""Workbooks of unusual form: other programs' spelling of the XML, missing parts, other packers."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from lossless.plain import charts, conditions, many_formats, opened, tables
from lossless.zipped import Edit

_MAIN_PARTS = re.compile(r"xl/(?:workbook|styles|sharedStrings|worksheets/sheet[0-9]+|tables/table[0-9]+)\.xml")


def prefixed(path: Path) -> Path:
    """Every element of the main namespace has a prefix, as the Open XML SDK writes it."""
    edit = Edit(tables(path))
    for name in filter(_MAIN_PARTS.fullmatch, list(edit.parts)):
        text = edit.parts[name].decode()
        text = re.sub(r"<(/?)(?=[A-Za-z]+[\s/>])", r"<\1x:", text)
        edit.parts[name] = text.replace(' xmlns="', ' xmlns:x="', 1).encode()
    return edit.save()


def without_styles(path: Path) -> Path:
    """No style part, no document properties, no theme."""
    edit = Edit(_small(path))
    for name in ("xl/styles.xml", "xl/theme/theme1.xml", "docProps/app.xml", "docProps/core.xml"):
        edit.parts.pop(name)
        edit.parts = {part: _without(data, name) for part, data in edit.parts.items()}
    sheet = "xl/worksheets/sheet1.xml"
    edit.parts[sheet] = re.sub(rb'\ss="[0-9]+"', b"", edit.parts[sheet])
    return edit.save()


def quoted_once(path: Path) -> Path:
    """Single quotes, comments between elements, and UTF-16 in the parts that list things."""
    edit = Edit(many_formats(path))
    for name in ("xl/workbook.xml", "xl/styles.xml"):
        text = edit.parts[name].decode().replace("><", "><!-- by hand --><", 3)
        text = re.sub(r'(\s[\w:]+=)"([^"\']*)"', r"\1'\2'", text)
        edit.parts[name] = text.replace("UTF-8", "UTF-16").encode("utf-16")
    return edit.save()


def zipped_as_stream(path: Path) -> Path:
    """A package whose entries have their sizes behind them, as a program writes that cannot go back."""
    edit = Edit(conditions(path))
    target = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return target.write(bytes(data))  # type: ignore[call-overload,no-any-return]

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as package:  # type: ignore[arg-type]
        for name, data in edit.parts.items():
            package.writestr(name, data)
    path.write_bytes(target.getvalue())
    return path


def named_like_ours(path: Path) -> Path:
    """Parts under the very names that ours would get, gaps in the numbers, letter case mixed; far sheet ids."""
    edit = Edit(charts(path))
    text = edit.parts["xl/workbook.xml"].decode().replace('sheetId="1"', 'sheetId="900"')
    edit.parts["xl/workbook.xml"] = text.encode()
    for folder, old, new in (("worksheets", "sheet1.xml", "Sheet2.xml"), ("drawings", "drawing1.xml", "drawing3.xml")):
        edit.parts[f"xl/{folder}/{new}"] = edit.parts.pop(f"xl/{folder}/{old}")
        edit.parts[f"xl/{folder}/_rels/{new}.rels"] = edit.parts.pop(f"xl/{folder}/_rels/{old}.rels")
        names = f"{folder}/{old}".encode(), f"{folder}/{new}".encode()
        edit.parts = {part: data.replace(*names) for part, data in edit.parts.items()}
    return edit.save()


def _small(path: Path) -> Path:
    book, _sheet = opened(path)
    book.close()
    return path


def _without(data: bytes, name: str) -> bytes:
    """A list of relationships or types without a part."""
    last = name.rpartition("/")[2].encode()
    return re.sub(rb"<(?:Override|Relationship)\s[^>]*" + re.escape(last) + rb'"[^>]*/>', b"", data)
