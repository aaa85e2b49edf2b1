"""Archives that are no plain package: names that lead out, twins, links, encryption, headers that contradict, cuts and flips."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator

from .model import SHEET, WORKBOOK, Case, honest, patched, zipped

_UNSAFE, _TWICE = "the unsafe name", "the same part twice"
_FLAGS_CENTRAL, _FLAGS_LOCAL = 8, 6
_ENCRYPTED = b"\x01\x00"


def _named(*names: str) -> bytes:
    """Further parts of these names, spelled as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, name in enumerate([*honest(), *names]):
            entry = zipfile.ZipInfo(f"n{number}", (2026, 11, 1, 0, 0, 0))
            entry.filename = name  # not as the library would have it
            archive.writestr(entry, honest().get(name, "<x/>"))
    return out.getvalue()


def _twin() -> bytes:
    """The same name twice, which the library would warn of."""
    package = zipped({**honest(), "xl/worksheets/sheet2.xml": "<x/>"})
    return package.replace(b"xl/worksheets/sheet2.xml", SHEET.encode())


def _link() -> bytes:
    out = io.BytesIO(zipped(honest()))
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("xl/media/passwords.png")
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def _zero_byte() -> bytes:
    return _named("xl/evilQ.png").replace(b"evilQ.png", b"evil\0.png")


def _encrypted(*, told: bool) -> bytes:
    central = {_FLAGS_CENTRAL: _ENCRYPTED} if told else {}
    return patched(zipped(honest()), SHEET, central=central, local={_FLAGS_LOCAL: _ENCRYPTED})


def _other_name() -> bytes:
    return patched(zipped(honest()), SHEET, central={}, local={30: b"xl/worksheets/sheet8.xml"})


def _places() -> Iterator[tuple[str, int]]:
    """Where an archive can be cut: in each header, in the content of a part, in the directory and in its end."""
    package = zipped(honest())
    for word, mark in (("header", b"PK\x03\x04"), ("directory", b"PK\x01\x02"), ("end", b"PK\x05\x06")):
        at, number = -1, 0
        while (at := package.find(mark, at + 1)) >= 0:
            yield from (
                (f"{word}_{number}_{offset}", at + offset)
                for offset in (0, 3, 12, 21, 60)
                if at + offset < len(package)
            )
            number += 1
    yield "last_byte", len(package) - 1


def _cut(at: int) -> bytes:
    return zipped(honest())[:at]


def _zeros(tenth: int) -> bytes:
    """As a disk leaves a file whose end it had no time to write."""
    package = zipped(honest())
    return package[: len(package) * tenth // 10].ljust(len(package), b"\0")


def _flipped(at: int) -> bytes:
    content = bytearray(zipped(honest()))
    content[at] ^= 1 << at % 8
    return bytes(content)


def _flipped_behind_a_long_end() -> bytes:
    """One digit of a sheet stored as it is; behind the rows stands more than is read at once."""
    content = honest()
    tail = "".join(f'<mergeCell ref="F{n}:G{n}"/>' for n in range(3, 90_000))
    content[SHEET] = content[SHEET].replace("</worksheet>", f"<mergeCells>{tail}</mergeCells></worksheet>")
    package = zipped(content, zipfile.ZIP_STORED)
    assert b"<v>12.5</v>" in package
    return package.replace(b"<v>12.5</v>", b"<v>92.5</v>")


CASES = [
    *(Case(f"name-{word}", lambda name=name: _named(name), _UNSAFE) for word, name in {
        "up": "../evil.xml", "up_inside": "xl/../../evil.xml", "root": "/etc/evil.xml", "drive": "C:/evil.xml", "back": "xl\\evil.xml",
        "share": "\\\\192.0.2.1\\x", "dot": "xl/./workbook2.xml", "empty": "xl//workbook2.xml", "stream": "xl/workbook2.xml:x",
    }.items()),
    Case("name-zero", _zero_byte, _UNSAFE),
    Case("name-link", _link, _UNSAFE),
    Case("name-folder", lambda: _named("xl/media/"), None),
    Case("twin", _twin, _TWICE),
    Case("twin-by-case", lambda: _named("XL/Workbook.XML"), _TWICE),
    Case("twin-by-accent", lambda: _named("xl/\u00e9.xml", "xl/e\u0301.xml"), _TWICE),
    Case("encrypted", lambda: _encrypted(told=True), "an encrypted package"),
    Case("encrypted-untold", lambda: _encrypted(told=False), "damaged"),
    Case("other-name-in-its-header", _other_name, "damaged"),
    Case("no-workbook", lambda: zipped({name: text for name, text in honest().items() if name != WORKBOOK}), ""),
    Case("nothing", lambda: b"", "empty"),
    Case("only-an-end", lambda: b"PK\x05\x06" + bytes(18), "without a workbook"),
    *(Case(f"cut-{word}", lambda at=at: _cut(at), "empty" if at == 0 else "") for word, at in _places()),
    *(Case(f"zeros-from-{tenth}", lambda tenth=tenth: _zeros(tenth), "") for tenth in range(1, 10)),
    *(Case(f"flip-{at}", lambda at=at: _flipped(at), "") for at in range(0, len(zipped(honest())), 97)),
    Case("flip-behind-a-long-end", _flipped_behind_a_long_end, "damaged"),
]  # fmt: skip
