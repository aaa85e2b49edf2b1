"""Parts -> one file, byte for byte the same on every machine: sorted, undated, not compressed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from recon_xl.addin.project import PART as PROJECT

_TYPES = "[Content_Types].xml"
_ROOT_LINKS = "_rels/.rels"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NEWER = ("customUI/customUI14.xml", "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility")
_OLDER = ("customUI/customUI.xml", "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility")
_TITLE = "recon-xl"
_ABOUT = "Month-end billing reconciliation: ribbon buttons and worksheet functions."

PLAIN_BOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_BOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Stored, not deflated: how small deflate gets differs from one zlib to the next, and the file is small."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=lambda one: (one != _TYPES, one)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return target.getvalue()


def addin_parts(project: bytes) -> dict[str, bytes]:
    """The least that Excel calls an add-in: one blank sheet and a VBA project."""
    texts = {
        _TYPES: f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{_content_types()}</Types>',
        _ROOT_LINKS: _links(
            ("rId1", f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            ("rId2", f"{_LINKS}/metadata/core-properties", "docProps/core.xml"),
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr codeName="ThisWorkbook"/>'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(
            ("rId1", f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"),
            ("rId2", f"{_OFFICE}/styles", "styles.xml"),
            ("rId3", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetPr codeName="Sheet1"/><sheetData></sheetData></worksheet>',
        "xl/styles.xml": _STYLES,
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(_TITLE)}</dc:title><dc:description>{escape(_ABOUT)}</dc:description></cp:coreProperties>",
    }
    return {name: (_HEAD + text).encode() for name, text in texts.items()} | {PROJECT: project}


def with_ribbon(parts: Mapping[str, bytes], newer: str, older: str) -> dict[str, bytes]:
    """The two custom UI parts, linked from the package; XML is a default content type in every file that has sheets."""
    links = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{part}"/>'
        for name, (part, kind) in (("rIdRibbon1", _OLDER), ("rIdRibbon2", _NEWER))
    )
    root = parts[_ROOT_LINKS].decode().replace("</Relationships>", f"{links}</Relationships>")
    return {**parts, _ROOT_LINKS: root.encode(), _NEWER[0]: newer.encode(), _OLDER[0]: older.encode()}


def as_macro_book(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same workbook with the content type of a macro-enabled one."""
    return {**parts, _TYPES: parts[_TYPES].replace(PLAIN_BOOK, MACRO_BOOK)}


def _content_types() -> str:
    defaults = {
        "bin": "application/vnd.ms-office.vbaProject",
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    }
    overrides = {
        "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "/xl/worksheets/sheet1.xml": f"{_SHEET_KIND}.worksheet+xml",
        "/xl/styles.xml": f"{_SHEET_KIND}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    lines = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items()]
    lines += [f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items()]
    return "".join(lines)


def _links(*links: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in links)
    return f'<Relationships xmlns="{_LINKS}">{inner}</Relationships>'


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
