"""Deflate: what the fast library packs, zlib unpacks, and the other way round; damage is told."""

from __future__ import annotations

import importlib.util
import sys
import zlib

import pytest

from recon_xl.ooxml.deflate import UnpackError, checksum, packer, unpacker

CONTENT = b"<row r='1'><c r='A1'><v>12.50</v></c></row>" * 5_000


def test_what_is_packed_any_other_program_unpacks() -> None:
    pack = packer()
    packed = pack.compress(CONTENT[:70_000]) + pack.compress(CONTENT[70_000:]) + pack.flush()
    assert zlib.decompress(packed, -15) == CONTENT
    assert len(packed) < len(CONTENT) / 20


def test_what_another_program_packed_comes_back_in_pieces_of_the_size_asked_for() -> None:
    unpack, waiting, found = unpacker(), zlib.compress(CONTENT, 9, -15), []
    while not unpack.eof:
        found.append(unpack.decompress(waiting, 10_000))
        waiting = unpack.unconsumed_tail
    assert b"".join(found) == CONTENT
    assert max(map(len, found)) <= 10_000


def test_bytes_that_are_no_deflate_are_told() -> None:
    with pytest.raises(UnpackError):
        unpacker().decompress(b"\xff" * 100)


def test_without_the_library_zlib_does_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows on ARM, for which there is no wheel: another level, the same content."""
    monkeypatch.setitem(sys.modules, "isal", None)
    spec = importlib.util.find_spec("recon_xl.ooxml.deflate")
    assert spec is not None
    assert spec.loader is not None
    plain = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(plain)
    assert plain.UnpackError is zlib.error
    pack = plain.packer()
    assert unpacker().decompress(pack.compress(CONTENT) + pack.flush()) == CONTENT


def test_the_checksum_is_that_of_zip() -> None:
    assert checksum(CONTENT[70_000:], checksum(CONTENT[:70_000])) == zlib.crc32(CONTENT)
