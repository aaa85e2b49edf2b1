"""An edited package: untouched parts are written out as the very bytes that were read, still compressed."""

from __future__ import annotations

import copy
import hashlib
import struct
import zipfile
from collections.abc import Callable, Collection, Iterable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

from recon_xl.ooxml.container import damaged, open_zip
from recon_xl.ooxml.opening import unreadable
from recon_xl.ooxml.packedpart import PackedPart
from recon_xl.ooxml.sharedstrings import SharedStrings
from recon_xl.ooxml.trial import admit

_LOCAL_HEADER = 30
_BLOCK = 1 << 16
_DATA_DESCRIPTOR = 0x08
_ZIP64_EXTRA = 0x0001
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


class Package:
    """All parts of a workbook in memory, as read, plus the changes made since. Nothing is written until `write_to`."""

    def __init__(self, source: Path | bytes, where: str | None = None) -> None:
        self.where = where or (source.name if isinstance(source, Path) else "workbook")
        self._data = _read(source, self.where) if isinstance(source, Path) else source
        self._zip = open_zip(self._data, self.where)
        if isinstance(source, Path):
            admit(self._zip, source, self.where)
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._changed: dict[str, PackedPart] = {}
        self._names = dict.fromkeys(self._entries)
        self._folded = {name.casefold() for name in self._names}
        self._strings: dict[str | None, SharedStrings] = {}
        self.edits: list[str] = []
        """The parts that were added, replaced or removed, in this order, each as often as that was done."""

    @property
    def hash(self) -> str:
        """SHA-256 of the file as it was read."""
        return hashlib.sha256(self._data).hexdigest()

    @property
    def names(self) -> Collection[str]:
        """The names of all parts that the written package will have, in its order."""
        return self._names.keys()

    @property
    def changed(self) -> Collection[str]:
        """The parts that were replaced or added."""
        return self._changed.keys()

    @property
    def untouched(self) -> Collection[str]:
        """The parts that are written out as they were read."""
        return (self._entries.keys() & self._names.keys()) - self._changed.keys()

    def holds(self, part: str) -> bool:
        """True where a part has the name in any letter case: a package cannot have both."""
        return part.casefold() in self._folded

    @property
    def differing(self) -> Collection[str]:
        """The parts of the file as it was read that are gone, or have another content now."""
        gone = self._entries.keys() - self._names.keys()
        old = {name: self._entries[name] for name in self._entries.keys() & self._changed.keys()}
        new = self._changed
        return gone | {part for part, was in old.items() if (was.CRC, was.file_size) != (new[part].crc, new[part].size)}

    def strings(self, part: str | None) -> SharedStrings:
        """The shared strings of the workbook as it was read, unpacked once and only when asked for; no part, no strings."""
        if part not in self._strings:
            opening = None if part is None else partial(self._zip.open, part)
            self._strings[part] = SharedStrings(opening, f"{self.where} > {part}")
        return self._strings[part]

    def read(self, part: str) -> bytes:
        """Return the current content of a part; `KeyError` when there is none."""
        if part in self._changed:
            return self._changed[part].read()
        return self._unpack(part, -1)

    def open(self, part: str) -> IO[bytes]:
        """Return the current content of a part as a stream."""
        return self._changed[part].open() if part in self._changed else self._zip.open(part)

    def peek(self, part: str, size: int) -> bytes:
        """Return the first bytes of a part, without unpacking the rest."""
        return self._changed[part].read(size) if part in self._changed else self._unpack(part, size)

    def as_read(self) -> Package:
        """Return the package without any change."""
        return Package(self._data, self.where)

    def open_for_lint(self, part: str) -> IO[bytes]:
        """Return the content as a stream, without the rows that were proved good when they were packed."""
        abridged = self.abridged(part)
        return self.open(part) if abridged is None else BytesIO(abridged)

    def abridged(self, part: str) -> bytes | None:
        """Return the content without the rows that were proved good when they were packed; None where none were."""
        return self._changed[part].abridged if part in self._changed else None

    def replace(self, part: str, data: bytes | Iterable[bytes], abridged: Callable[[], bytes] | None = None) -> None:
        """Give an existing part a new content, whole or in pieces; `abridged` as `PackedPart.of` takes it."""
        if part not in self.names:
            raise KeyError(part)
        self.edits.append(part)
        self._changed[part] = PackedPart.of(data, abridged)

    def add(self, part: str, data: bytes | Iterable[bytes], abridged: Callable[[], bytes] | None = None) -> None:
        """Add a part whose name is not taken; `abridged` as `PackedPart.of` takes it."""
        if part in self.names:
            raise ValueError(part)
        self.edits.append(part)
        self._names[part] = None
        self._folded.add(part.casefold())
        self._changed[part] = PackedPart.of(data, abridged)

    def remove(self, part: str) -> None:
        """Leave a part out of the written package."""
        if part not in self.names:
            raise KeyError(part)
        self.edits.append(part)
        self._changed.pop(part, None)
        del self._names[part]
        self._folded.discard(part.casefold())

    def write_to(self, file: IO[bytes]) -> None:
        """Write the package; equal content gives equal bytes, whatever the time of day."""
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            for name, entry in self._entries.items():
                if name in self._changed:
                    _append(out, _new_entry(name, self._changed[name]), self._changed[name].data)
                elif name in self._names:
                    _append(out, _old_entry(entry), self.raw(name))
            for name, part in self._changed.items():
                if name not in self._entries:
                    _append(out, _new_entry(name, part), part.data)

    def stored(self, part: str) -> tuple[int, int, bytes | memoryview]:
        """Return checksum, size and compressed bytes of a part: equal ones have equal content."""
        if part in self._changed:
            new = self._changed[part]
            return new.crc, new.size, new.data
        return self._entries[part].CRC, self._entries[part].file_size, self.raw(part)

    def raw(self, part: str) -> memoryview:
        """Return the compressed bytes of a part as they lie in the file that was read."""
        entry = self._entries[part]
        header = self._data[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
        start = entry.header_offset + _length_of_header(header, f"{self.where} > {part}")
        return memoryview(self._data)[start : start + entry.compress_size]

    def unlike(self, written: Path) -> list[str]:
        """The parts that a file does not hold byte for byte as this package does; never is the whole file in memory."""
        with written.open("rb") as file, open_zip(written, self.where) as other:
            entries = {entry.filename: entry for entry in other.infolist()}
            both = entries.keys() & self._names.keys()
            wrong = sorted(part for part in both if not self._is_stored_in(file, entries[part]))
        return wrong + sorted(entries.keys() ^ self._names.keys())

    def _is_stored_in(self, file: IO[bytes], entry: zipfile.ZipInfo) -> bool:
        crc, size, data = self.stored(entry.filename)
        if (entry.CRC, entry.file_size, entry.compress_size) != (crc, size, len(data)):
            return False
        file.seek(entry.header_offset)
        file.seek(entry.header_offset + _length_of_header(file.read(_LOCAL_HEADER), self.where))
        # Copied to bytes, which are compared at once: a view is compared byte by byte, in ten times the time.
        pieces = (bytes(data[at : at + _BLOCK]) for at in range(0, len(data), _BLOCK))
        return all(file.read(len(piece)) == piece for piece in pieces)

    def _unpack(self, part: str, size: int) -> bytes:
        if part not in self._names:
            raise KeyError(part)
        try:
            with self._zip.open(part) as stream:
                return stream.read(size)
        except (zipfile.BadZipFile, EOFError) as error:
            raise damaged(f"{self.where} > {part}", "a damaged or incomplete part") from error


def _length_of_header(header: bytes, where: str) -> int:
    """The local header has its own lengths of name and extra field; its sizes may be zero, the directory's never."""
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise damaged(where, "a damaged package")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    return int(_LOCAL_HEADER + name_length + extra_length)


def _read(path: Path, where: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(where, error) from error


def _new_entry(name: str, part: PackedPart) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0  # as Excel on Windows, on every machine
    entry.CRC, entry.file_size, entry.compress_size = part.crc, part.size, len(part.data)
    return entry


def _old_entry(source: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = copy.copy(source)
    entry.flag_bits &= ~_DATA_DESCRIPTOR  # the sizes are known, so they stand in the header
    entry.extra = _without_zip64(entry.extra)
    return entry


def _append(out: zipfile.ZipFile, entry: zipfile.ZipInfo, data: bytes | memoryview) -> None:
    """Append an entry with its compressed data as it is; only its headers are written anew."""
    file = out.fp
    if file is None:
        raise ValueError("the archive is closed")
    entry.header_offset = file.tell()
    file.write(entry.FileHeader())
    file.write(data)
    out.filelist.append(entry)
    out.NameToInfo[entry.filename] = entry
    out.start_dir = file.tell()


def _without_zip64(extra: bytes) -> bytes:
    """Return the extra field without the 64-bit sizes, which the writer adds itself where needed."""
    kept, rest = b"", extra
    while len(rest) >= 4:
        kind, length = struct.unpack("<HH", rest[:4])
        kept += b"" if kind == _ZIP64_EXTRA else rest[: 4 + length]
        rest = rest[4 + length :]
    return kept
