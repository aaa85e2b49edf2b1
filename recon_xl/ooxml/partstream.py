"""One part of a package, unpacked as it is read: never a byte more than the package says that it has, and its checksum proved."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import IO

from recon_xl.ooxml.deflate import UnpackError, checksum, unpacker

_HEADER = struct.Struct("<4s5H3I2H")
_FIRST = 2048
"""So much is fetched first: to look at the beginning of a part costs little."""
_BLOCK = 1 << 16
_OUT = 1 << 20
_UTF8, _ENCRYPTED = 0x800, 0x1


class PartStream(io.RawIOBase):
    """Raises `BadZipFile` where the part is not what the package says; the file is shared with other parts."""

    def __init__(self, file: IO[bytes], entry: zipfile.ZipInfo) -> None:
        super().__init__()
        self._file, self._entry = file, entry
        self._at = _start(file, entry)
        self._left, self._fetch_size = entry.compress_size, _FIRST
        self._unpacker = unpacker() if entry.compress_type == zipfile.ZIP_DEFLATED else None
        self._waiting = b""
        self._seen = self._crc = 0
        self._is_done = not entry.file_size and not entry.compress_size

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes; 0 at the end."""
        piece = self.piece(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def readall(self) -> bytes:
        """All that is left."""
        return b"".join(iter(lambda: self.piece(_OUT), b""))

    def piece(self, most: int) -> bytes:
        """The next bytes, at most so many; none at the end."""
        found = b""
        while not found and not self._is_done:
            found = self._unpacked(most)
            self._seen += len(found)
            self._crc = checksum(found, self._crc)
            if self._seen > self._entry.file_size:
                raise zipfile.BadZipFile("a part larger than its package says")
        if self._is_done and (self._seen, self._crc) != (self._entry.file_size, self._entry.CRC):
            raise zipfile.BadZipFile("a part that differs from its checksum")
        return found

    def _unpacked(self, most: int) -> bytes:
        packed = self._waiting or self._fetched()
        if self._unpacker is None:
            self._waiting = packed[most:]
            self._is_done = not self._waiting and not self._left
            return packed[:most]
        try:
            found = self._unpacker.decompress(packed, most)
        except UnpackError as error:
            raise zipfile.BadZipFile("a part that cannot be unpacked") from error
        self._waiting = self._unpacker.unconsumed_tail
        self._is_done = self._unpacker.eof
        if not found and not packed and not self._is_done:
            raise zipfile.BadZipFile("a part that is cut off")
        return found

    def _fetched(self) -> bytes:
        self._file.seek(self._at)
        found = self._file.read(min(self._fetch_size, self._left))
        self._fetch_size = _BLOCK
        self._at += len(found)
        self._left = self._left - len(found) if found else 0
        return found


def _start(file: IO[bytes], entry: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin; the part's own header must name the part that the directory names."""
    file.seek(entry.header_offset)
    header = file.read(_HEADER.size)
    if len(header) < _HEADER.size or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("a part without a header")
    fields = _HEADER.unpack(header)
    flags, name_length, extra_length = fields[2], fields[9], fields[10]
    name = file.read(name_length).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    if flags & _ENCRYPTED or name != entry.orig_filename:
        raise zipfile.BadZipFile("a part with another name, or encrypted, in its own header")
    return int(entry.header_offset + _HEADER.size + name_length + extra_length)
