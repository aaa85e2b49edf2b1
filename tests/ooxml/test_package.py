"""Packages are written with untouched parts as raw bytes, the same every time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ooxml.books import month_end, read_parts
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import Package


def written(package: Package) -> bytes:
    out = io.BytesIO()
    package.write_to(out)
    return out.getvalue()


def test_edits(tmp_path: Path) -> None:
    """Replaced, added and removed parts are what they should be; the order of the others stays."""
    package = Package(month_end(tmp_path / "b.xlsx"))
    names = list(package.names)
    package.replace(names[1], b"new")
    package.remove(names[2])
    package.add("xl/extra.xml", b"<x/>")
    result = Package(written(package))
    assert [*names[:2], *names[3:], "xl/extra.xml"] == list(result.names)
    assert [b"new", b"<x/>"] == [result.read(names[1]), result.read("xl/extra.xml")]
    assert all(package.raw(name) == result.raw(name) for name in package.untouched)
    assert written(package) == written(package)


def test_data_descriptors_and_stored_entries(tmp_path: Path) -> None:
    """Entries that were streamed (sizes behind the data) or stored are copied right."""
    source = read_parts(month_end(tmp_path / "b.xlsx"))

    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    out = Unseekable()
    with zipfile.ZipFile(out, "w") as package:
        for number, (name, data) in enumerate(source.items()):
            package.writestr(name, data, [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED][number % 2])
    result = written(Package(out.getvalue()))
    with zipfile.ZipFile(io.BytesIO(result)) as package:
        assert package.testzip() is None
        assert source == {name: package.read(name) for name in package.namelist()}
        assert {0} == {entry.flag_bits & 8 for entry in package.infolist()}


def test_64_bit_entries(tmp_path: Path) -> None:
    """Entries with 64-bit sizes are read, and written without them where they fit."""
    source = read_parts(month_end(tmp_path / "b.xlsx"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in source.items():
            with package.open(name, "w", force_zip64=True) as stream:
                stream.write(data)
    with zipfile.ZipFile(io.BytesIO(written(Package(out.getvalue())))) as package:
        assert package.testzip() is None
        assert source == {name: package.read(name) for name in package.namelist()}


def test_damage_is_named(tmp_path: Path) -> None:
    """A flipped bit is found when the part is read, and named."""
    path = month_end(tmp_path / "b.xlsx")
    package = Package(path)
    part = "xl/worksheets/sheet1.xml"
    data = bytearray(path.read_bytes())
    at = bytes(data).index(bytes(package.raw(part))) + 40
    data[at] ^= 0xFF
    with pytest.raises(WorkbookError, match="damaged"):
        Package(bytes(data)).read(part)


@pytest.mark.parametrize(
    ("name", "words"), [("../evil.xml", "unsafe"), ("/abs.xml", "unsafe"), ("a\\b.xml", "unsafe|without")]
)
def test_unsafe_names(tmp_path: Path, name: str, words: str) -> None:
    """Names that lead out of the package are refused."""
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        package.writestr(entry, "x")
    with pytest.raises(WorkbookError, match=words):
        Package(path).read(name)


def test_bombs_are_refused(tmp_path: Path) -> None:
    """A part that unpacks to much from almost nothing is refused before it is unpacked."""
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(65 * 2**20))
    with pytest.raises(WorkbookError, match="unpacks to 65 MiB"):
        Package(path)
