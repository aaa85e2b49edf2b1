"""What a hostile case is, and the honest workbook that most of them are made from."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus.workbooks import Number, Sheet, parts

SHEET, WORKBOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
ROWS = [["Customer", "Product", "Quantity", "Amount"], ["Contoso", "Backup", Number("2"), Number("12.5")]]
RIGHT = ["Contoso", "Backup", "2", "12.5"]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CENTRAL, _LOCAL = b"PK\x01\x02", b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Case:
    """`words`: what the refusal says was found; None = the one row must be read right; "" = either, but nothing else."""

    name: str
    content: Callable[[], bytes]
    words: str | None


def honest() -> dict[str, str]:
    """The parts of a workbook with one row below its header."""
    return parts([Sheet("October", ROWS)])


def with_strings(strings: str) -> dict[str, str]:
    """The same with a part of shared strings."""
    content = honest()
    rels = "xl/_rels/workbook.xml.rels"
    link = f'<Relationship Id="rId98" Type="{_LINK}/sharedStrings" Target="sharedStrings.xml"/>'
    content[rels] = content[rels].replace("</Relationships>", f"{link}</Relationships>")
    content[STRINGS] = f'<sst xmlns="{_MAIN}">{strings}</sst>'
    cell = '<c r="B2" t="inlineStr"><is><t xml:space="preserve">Backup</t></is></c>'
    assert cell in content[SHEET]
    content[SHEET] = content[SHEET].replace(cell, '<c r="B2" t="s"><v>0</v></c>')
    return content


def changed(part: str, old: str, new: str, content: dict[str, str] | None = None) -> Callable[[], bytes]:
    """A package in which one text of a part is another."""

    def make() -> bytes:
        texts = dict(content or honest())
        assert old in texts[part], (part, old)
        return zipped({**texts, part: texts[part].replace(old, new, 1)})

    return make


def plus(**more: str | bytes) -> Callable[[], bytes]:
    """A package with further parts, or other contents of parts; in a name `__` stands for `/`, `_dot_` for `.`."""
    return lambda: zipped({**honest(), **{name.replace("__", "/").replace("_dot_", "."): more[name] for name in more}})


def zipped(content: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a zip archive, always the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0))
            archive.writestr(entry, data.encode() if isinstance(data, str) else data, method, 1)
    return out.getvalue()


def patched(
    package: bytes, part: str, *, central: Mapping[int, bytes], local: Mapping[int, bytes] | None = None
) -> bytes:
    """The package with bytes of a part's entry overwritten: in the directory and in its own header, by their offsets there."""
    content = bytearray(package)
    for mark, name_at, changes in ((_CENTRAL, 46, central), (_LOCAL, 30, local or {})):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            if content[at + name_at :].startswith(part.encode()):
                for offset, data in changes.items():
                    content[at + offset : at + offset + len(data)] = data
    return bytes(content)


def u32(number: int) -> bytes:
    """Four bytes of a zip header."""
    return struct.pack("<I", number)
