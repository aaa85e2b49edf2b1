"""Finds what refers to a sheet: formulas, names, links, charts, pivot tables, in any part of the workbook."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from recon_xl.ooxml.book import SheetInfo
from recon_xl.ooxml.formulas import mentions_sheet
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.workbookpart import WorkbookPart
from recon_xl.ooxml.xmltext import unescape

_PLACES = re.compile(
    r"<(?:\w+:)?(?:f|formula|formula1|formula2|sqref|calculatedColumnFormula|totalsRowFormula)(?:\s[^>]*)?>([^<]*)<"
    r'|\s(?:location|ref)="([^"]*)"|\ssheet="([^"]*)"'
)
_NO_FORMULAS = ("xl/styles", "xl/theme", "xl/sharedStrings", "xl/calcChain", "xl/media/", "docProps/")
_LOCAL = re.compile(r'\slocalSheetId="([0-9]+)"')


_SHEET = re.compile(rb'\ssheet="([^"]*)"')
_WINDOW = 1024
"""Bytes before an exclamation mark in which the longest name of a sheet fits, however it is escaped."""
_BEGINNINGS = re.compile(r"[^\w.]")


class Mentions:
    """What refers to sheets, in all parts of a package: each is gone through once, and again only when it was edited."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._seen: int | None = None
        self._names: dict[str, set[str]] = {}
        self._parts: defaultdict[str, set[str]] = defaultdict(set)
        self._places: dict[str, list[tuple[str, str]]] = {}

    def of(self, workbook: WorkbookPart, sheet: SheetInfo, skipped: Collection[str]) -> list[str]:
        """Where the sheet is referred to, in words; names that belong to the sheet itself do not count."""
        self._refresh()
        folded = sheet.name.casefold()
        near = self._parts.get(folded, set()) | self._parts.get(folded.replace("'", "''"), set())
        found = [
            f"part {part} refers to it" for part in sorted(near - set(skipped)) if self._is_mentioned(part, sheet.name)
        ]
        for entry in workbook.names():
            local = _LOCAL.search(entry)
            if (not local or int(local[1]) != sheet.index) and mentions_sheet(unescape(entry), sheet.name):
                name = re.search(r'\sname="([^"]*)"', entry)
                found.append(f"the name {name[1] if name else '?'} refers to it")
        return found

    def _refresh(self) -> None:
        """Take notice of what was edited since."""
        edits = self._package.edits
        for part in set(self._package.names if self._seen is None else edits[self._seen :]):
            for name in self._names.pop(part, ()):
                self._parts[name].discard(part)
            self._places.pop(part, None)
            if part in self._package.names and part.endswith(".xml") and not part.startswith(_NO_FORMULAS):
                self._names[part] = _names_in(self._package.read(part))
                for name in self._names[part]:
                    self._parts[name].add(part)
        self._seen = len(edits)

    def _is_mentioned(self, part: str, name: str) -> bool:
        """A close look at a part that holds the letters of the name: only some places of it can refer to a sheet."""
        if part not in self._places:
            found = _PLACES.findall(self._package.read(part).decode("utf-8", "replace"))
            self._places[part] = [(one or two, whole) for one, two, whole in found if "!" in one + two or whole]
        return any(
            mentions_sheet(unescape(place), name) or unescape(whole) == name for place, whole in self._places[part]
        )


def _names_in(data: bytes) -> set[str]:
    """Whatever could be the name of a sheet that the part refers to, in small letters: far more than what is one."""
    before = {piece[-_WINDOW:].rpartition(b">")[2] for piece in data.split(b"!")[:-1]}
    found = {_plain(whole) for whole in _SHEET.findall(data)}
    for text in (_plain(piece).removesuffix("'") for piece in before):
        found.add(text)
        found.update(text[match.end() :] for match in _BEGINNINGS.finditer(text))
    return found


def _plain(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    try:
        return unescape(text).casefold()
    except ValueError:
        return text.casefold()
