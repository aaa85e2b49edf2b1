"""The new content of a part, compressed as soon as it is known: a large sheet is a seventh of its XML."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from recon_xl.ooxml.deflate import checksum, packer, unpacker

_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class PackedPart:
    """What a zip entry needs: the compressed bytes, and checksum and size of the content.

    `abridged` is the content without what was proved good while it was packed, where that was done.
    """

    data: bytes
    crc: int
    size: int
    abridged: bytes | None = None

    @classmethod
    def of(cls, content: bytes | Iterable[bytes], abridged: Callable[[], bytes] | None = None) -> PackedPart:
        """Compress a content, or pieces of one that is never whole in memory; `abridged` is asked when all is packed."""
        pack = packer()
        crc = size = 0
        out: list[bytes] = []
        for piece in (content,) if isinstance(content, bytes) else content:
            out.append(pack.compress(piece))
            crc = checksum(piece, crc)
            size += len(piece)
        out.append(pack.flush())
        return cls(b"".join(out), crc, size, abridged() if abridged else None)

    def read(self, most: int = 0) -> bytes:
        """Return the content, or only its first bytes."""
        return unpacker().decompress(self.data, most)

    def open(self) -> io.BufferedReader:
        """Return the content as a stream."""
        return io.BufferedReader(_Unpacked(self.data), _BLOCK)


class _Unpacked(io.RawIOBase):
    def __init__(self, data: bytes) -> None:
        self._unpacker = unpacker()
        self._source = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = b""
        while not piece and not self._unpacker.eof:
            waiting = self._unpacker.unconsumed_tail or self._source.read(_BLOCK)
            piece = self._unpacker.decompress(waiting, len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
