"""Parts put into a workbook by hand: what no library writes."""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "[Content_Types].xml"
_NO_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STAMP = (1980, 1, 1, 0, 0, 0)


class Edit:
    """The parts of a workbook while they are changed; `save` writes them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with zipfile.ZipFile(path) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}

    def add(self, part: str, data: str | bytes, content_type: str, owner: str, kind: str) -> str:
        """Add a part that `owner` ("" is the package) has a relationship to; returns the relationship's id."""
        self.parts[part] = data if isinstance(data, bytes) else (_DECLARATION + data).encode()
        self.replace(_TYPES, "</Types>", f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>')
        return self.link(owner, kind, f"/{part}")

    def link(self, owner: str, kind: str, target: str, mode: str = "") -> str:
        """Add a relationship; returns its id."""
        folder, name = posixpath.split(owner)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        self.parts.setdefault(rels, (_DECLARATION + _NO_LINKS).encode())
        number = f"rIdX{self.parts[rels].count(b'<Relationship ') + 1}"
        entry = f'<Relationship Id="{number}" Type="{kind}" Target={quoteattr(target)}{mode}/>'
        self.replace(rels, "</Relationships>", f"{entry}</Relationships>")
        return number

    def replace(self, part: str, old: str, new: str) -> None:
        """Replace a text that stands in the part."""
        text = self.parts[part].decode()
        if old not in text:
            raise ValueError(f"{part} has no {old}")
        self.parts[part] = text.replace(old, new, 1).encode()

    def before(self, part: str, pattern: str, xml: str) -> None:
        """Put elements before the first match of a pattern."""
        text = self.parts[part].decode()
        match = re.search(pattern, text)
        if match is None:
            raise ValueError(f"{part} has no {pattern}")
        self.parts[part] = (text[: match.start()] + xml + text[match.start() :]).encode()

    def extension(self, part: str, uri: str, xml: str) -> None:
        """Put an entry into the list of extensions at the end of a sheet or workbook."""
        root = "worksheet" if "/worksheets/" in part else "workbook"
        entry = f'<ext uri="{{{uri}}}" {NAMESPACES}>{xml}</ext>'
        if "<extLst>" in self.parts[part].decode():
            self.before(part, "</extLst>", entry)
        else:
            self.before(part, f"</{root}>", f"<extLst>{entry}</extLst>")

    def save(self) -> Path:
        """Write the workbook."""
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.parts.items():
                package.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)
        return self._path


NAMESPACES = (
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
)
