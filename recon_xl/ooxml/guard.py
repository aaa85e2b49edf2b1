"""What stands before every parser: names, sizes, ratios, overlaps and document types of a package, checked without unpacking it.

The directory says how large each part is; that is checked here, and `PartStream` sees to it that no part gives a byte more. So a
package that lies about its sizes is refused while it is read, and one that tells the truth is never unpacked twice.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.limits import Limits, beyond
from recon_xl.ooxml.partstream import PartStream

_MIB = 1 << 20
_BUFFER = 1 << 16
_XML = (".xml", ".rels", ".vml")
_PROLOG = 1 << 16
_NO_XML = 24 << 20
_HEADER = 30
_ODD_NAME = re.compile(r"[\\:\0]|(?:^|/)\.{0,2}/|(?:^|/)\.{1,2}$|^$").search


class GuardedZip(zipfile.ZipFile):
    """A package whose parts are counted as they are unpacked; `where` is its name for messages."""

    where = "workbook"

    def open(
        self, name: str | zipfile.ZipInfo, mode: str = "r", pwd: bytes | None = None, *, force_zip64: bool = False
    ) -> IO[bytes]:
        """The content of a part as a stream; reading it raises `BadZipFile` where it is not what the directory says.

        Raises `WorkbookError` where the part itself contradicts the directory.
        """
        if mode != "r" or self.fp is None:
            raise ValueError("this package is for reading")
        entry = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        place = f"{self.where} > {entry.filename}"
        # Sizes of XML parts were checked before; a part under another name is no smaller for that.
        if not is_xml(entry.filename) and entry.file_size > _NO_XML:
            raise unsafe(place, f"a part of {entry.file_size // _MIB:,} MiB that is named as if it held no XML")
        try:
            return io.BufferedReader(PartStream(self.fp, entry), _BUFFER)
        except zipfile.BadZipFile as error:
            raise unsafe(place, "a damaged or incomplete part") from error

    @property
    def xml_size(self) -> int:
        """What all XML parts unpack to, in bytes."""
        return sum(entry.file_size for entry in self.infolist() if is_xml(entry.filename))


def is_xml(name: str) -> bool:
    """True for a part that a parser may be given; pictures and macros are only ever copied as they are."""
    return name.lower().endswith(_XML)


def check_entries(entries: Sequence[zipfile.ZipInfo], where: str, limits: Limits) -> None:
    """Raise `WorkbookError` for a package that is unsafe, contradicts itself, or is beyond a limit."""
    if len(entries) > limits.parts:
        raise beyond(where, f"a package of {len(entries):,} parts", "parts", limits.parts)
    if len({_folded(entry.filename) for entry in entries}) != len(entries):
        raise unsafe(where, "a package that holds the same part twice")
    _check_overlaps(entries, where)
    for entry in entries:
        _check_entry(entry, where)
        if is_xml(entry.filename):
            _check_size(entry, where, limits)
    total = sum(entry.file_size for entry in entries if is_xml(entry.filename)) // _MIB
    if total > limits.file_mib:
        raise beyond(where, f"a package that unpacks to {total:,} MiB of XML", "file_mib", limits.file_mib)


def check_prologs(package: GuardedZip, where: str) -> None:
    """Raise `WorkbookError` where any XML part, in whatever encoding, has a document type: there are entities declared.

    A document type can stand only before the first element, so only the beginning of each part is unpacked.
    """
    for entry in package.infolist():
        if not is_xml(entry.filename) or package.fp is None:
            continue
        place = f"{where} > {entry.filename}"
        try:
            stream = PartStream(package.fp, entry)
            start = stream.piece(512)
            while (told := _has_document_type(start)) is None and len(start) < _PROLOG and (more := stream.piece(8192)):
                start += more
        except zipfile.BadZipFile as error:
            raise unsafe(place, "a damaged or incomplete part") from error
        if told is None and len(start) >= _PROLOG:
            raise unsafe(place, f"XML whose first {_PROLOG:,} bytes hold no element")
        if told:
            raise unsafe(place, "XML with a document type (DOCTYPE), which workbooks never have")


def unsafe(where: str, found: str) -> WorkbookError:
    """The refusal of a package that cannot be read as it stands."""
    return WorkbookError(
        where=where,
        found=found,
        expected="an Excel workbook (.xlsx or .xlsm)",
        todo="Open the file in Excel, save it again, and retry; or fetch a fresh copy.",
    )


def _has_document_type(start: bytes) -> bool | None:
    """None where the beginning is too short to tell. Without its zero bytes, UTF-16 is as readable as UTF-8."""
    text = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    while text.startswith((b"<?", b"<!--")):
        opening, end = (b"<?", b"?>") if text.startswith(b"<?") else (b"<!--", b"-->")
        at = text.find(end, len(opening))
        if at < 0:
            return None
        text = text[at + len(end) :].lstrip()
    return None if len(text) < 3 else text.startswith(b"<!")


def _folded(name: str) -> str:
    return name.casefold() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


def _check_overlaps(entries: Iterable[zipfile.ZipInfo], where: str) -> None:
    """Parts that share their packed bytes unpack to any size from almost none."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise unsafe(where, f"part {entry.filename}, which overlaps another part")
        end = entry.header_offset + _HEADER + entry.compress_size


def _check_entry(entry: zipfile.ZipInfo, where: str) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise unsafe(where, "an encrypted package")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise unsafe(where, f"part {name} in a compression that Excel does not use")
    is_link = entry.create_system == 3 and stat.S_ISLNK(entry.external_attr >> 16)  # 3 = made on Unix
    # `orig_filename` is the name before the library has cut it at a zero byte or turned it for Windows.
    if is_link or _ODD_NAME(entry.orig_filename):
        raise unsafe(where, f"a part with the unsafe name {entry.orig_filename!r}")


def _check_size(entry: zipfile.ZipInfo, where: str, limits: Limits) -> None:
    size, packed = entry.file_size, max(entry.compress_size, 1)
    if size > limits.part_mib * _MIB:
        raise beyond(
            where, f"part {entry.filename}, which unpacks to {size // _MIB:,} MiB", "part_mib", limits.part_mib
        )
    if size > _MIB and size > limits.ratio * packed:
        found = f"part {entry.filename}, which unpacks to {size // _MIB:,} MiB from almost nothing, {size // packed:,} times its size"
        raise beyond(where, found, "ratio", limits.ratio)
