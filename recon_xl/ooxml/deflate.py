"""Deflate, as zip packages use it: by `isal`, in a fifth of the time of zlib and no larger, else by zlib itself.

`isal` has wheels for every system but Windows on ARM, and the functions of zlib; what either packs, both unpack.
"""

from __future__ import annotations

from typing import Protocol

try:
    from isal import isal_zlib as _library

    _LEVEL = 1  # as fast as its level 0, and as small as level 2 of zlib
except ImportError:  # pragma: no cover - only where there is no wheel
    import zlib as _library  # type: ignore[no-redef]

    _LEVEL = 2  # a third of the time of level 6, for a file a fifth larger

_RAW = -15

UnpackError: type[Exception] = _library.error  # type: ignore[assignment]
"""What unpacking raises when the bytes are not what deflate makes."""
checksum = _library.crc32
"""CRC-32 of bytes, going on from that of the bytes before."""


class Packer(Protocol):
    """Takes a content piece by piece and gives its compressed bytes."""

    def compress(self, data: bytes, /) -> bytes:
        """The bytes that are ready; the others come later."""
        ...

    def flush(self) -> bytes:
        """All other bytes."""
        ...


class Unpacker(Protocol):
    """Takes compressed bytes and gives the content, never more at once than asked for."""

    eof: bool
    """True when the content has ended."""
    unconsumed_tail: bytes
    """What was given and not used: to be given again."""

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        """The next bytes of the content; 0 asks for all. Raises `UnpackError`."""
        ...


def packer() -> Packer:
    """A new packer, without the header and checksum that a zip entry has elsewhere."""
    return _library.compressobj(_LEVEL, _library.DEFLATED, _RAW)


def unpacker() -> Unpacker:
    """A new unpacker of such bytes."""
    return _library.decompressobj(_RAW)
