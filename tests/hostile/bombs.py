"""Packages that swell: by ratio, by number, by lies about their sizes, by overlaps, in any part."""

from __future__ import annotations

import random
import zipfile
import zlib

from .model import SHEET, WORKBOOK, Case, changed, honest, patched, plus, u32, zipped

_MIB = 1 << 20
_CENTRAL_CRC, _CENTRAL_SIZE, _LOCAL_CRC, _LOCAL_SIZE = 16, 24, 14, 22


def _swollen(part: str = SHEET, size: int = 80 * _MIB) -> bytes:
    return zipped({**honest(), part: b" " * size})


def _lies(size: int, *, forge: bool = False) -> bytes:
    """A sheet that is said to have another size than it has, and the checksum of its beginning."""
    content = honest()
    crc = {_CENTRAL_CRC: u32(zlib.crc32(content[SHEET].encode()[:size]))} if forge else {}
    local = {_LOCAL_CRC: crc[_CENTRAL_CRC]} if forge else {}
    sizes = {_CENTRAL_SIZE: u32(size), **crc}
    return patched(zipped(content), SHEET, central=sizes, local={_LOCAL_SIZE: u32(size), **local})


def _swollen_lie() -> bytes:
    package = _swollen()
    return patched(package, SHEET, central={_CENTRAL_SIZE: u32(1000)}, local={_LOCAL_SIZE: u32(1000)})


def _overlapping() -> bytes:
    """A second part that shares the packed bytes of the sheet."""
    package = zipped({**honest(), "xl/worksheets/sheet9.xml": "<x/>"})
    at = package.find(b"PK\x01\x02")
    place = b""
    while at >= 0:
        if package[at + 46 :].startswith(SHEET.encode()):
            place = package[at + 42 : at + 46]
        at = package.find(b"PK\x01\x02", at + 1)
    return patched(package, "xl/worksheets/sheet9.xml", central={42: place})


def _below_the_ratio() -> bytes:
    """4.7 million cells, a hundred times their packed size, in rows that each differ."""
    draw = random.Random(1)  # noqa: S311 - filling, not secrets
    cells = "<c><v>1</v></c>" * 940
    rows = "".join(f'<row r="{n}" x="{draw.randbytes(50).hex()}">{cells}</row>' for n in range(1, 5001))
    return changed(SHEET, "<sheetData>", f"<sheetData>{rows}</sheetData><x>")()


def _renamed_sheet() -> bytes:
    content = {name: text.replace("sheet1.xml", "sheet1.dat") for name, text in honest().items()}
    content.pop(SHEET)
    return zipped({**content, "xl/worksheets/sheet1.dat": b" " * (80 * _MIB)})


def _nested() -> bytes:
    return zipped({**honest(), "xl/embeddings/book.xlsx": _swollen()})


_MANY = {f"xl/p{number}.xml": "" for number in range(20_001)}
_ELEMENTS = "".join(f"<a{n}/>" for n in range(300_100))
_METHOD = "in a compression that Excel does not use"

CASES = [
    Case("ratio", _swollen, "MiB from almost nothing"),
    Case("ratio_of_workbook", lambda: _swollen(WORKBOOK), "MiB from almost nothing"),
    Case("ratio_of_a_part_nobody_reads", lambda: _swollen("xl/theme/theme1.xml"), "MiB from almost nothing"),
    Case("ratio_under_another_name", _renamed_sheet, "named as if it held no XML"),
    Case("below_the_ratio", _below_the_ratio, "a file that takes"),
    Case("many_parts", lambda: zipped({**honest(), **_MANY}), "parts (limit 20,000)"),
    Case("larger_than_said", _swollen_lie, "damaged"),
    Case("larger_than_said_by_little", lambda: _lies(400), "damaged"),
    Case("larger_than_said_with_a_checksum", lambda: _lies(400, forge=True), "damaged"),
    Case("smaller_than_said", lambda: _lies(4000), "damaged"),
    Case("overlapping", _overlapping, "overlaps another part"),
    Case("nested", _nested, None),
    Case("white_picture", plus(xl__media__image1_dot_bmp=bytes(30 * _MIB)), None),
    Case("bzip2", lambda: zipped(honest(), zipfile.ZIP_BZIP2), _METHOD),
    Case("lzma", lambda: zipped(honest(), zipfile.ZIP_LZMA), _METHOD),
    Case("stored", lambda: zipped(honest(), zipfile.ZIP_STORED), None),
    Case("many_elements", changed(WORKBOOK, "<sheets>", f"{_ELEMENTS}<sheets>"), "more than 300,000 elements"),
]
