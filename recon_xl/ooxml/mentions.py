"""Finds what refers to a sheet: formulas, names, links, charts, pivot tables, in any part of the workbook."""

from __future__ import annotations

import re
from collections.abc import Collection

from recon_xl.ooxml.book import SheetInfo
from recon_xl.ooxml.formulas import mentions_sheet
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.workbookpart import WorkbookPart
from recon_xl.ooxml.xmltext import escape, unescape

_PLACES = re.compile(
    r"<(?:\w+:)?(?:f|formula|formula1|formula2|sqref|calculatedColumnFormula|totalsRowFormula)(?:\s[^>]*)?>([^<]*)<"
    r'|\s(?:location|ref)="([^"]*)"|\ssheet="([^"]*)"'
)
_NO_FORMULAS = ("xl/styles", "xl/theme", "xl/sharedStrings", "xl/calcChain", "xl/media/", "docProps/")
_LOCAL = re.compile(r'\slocalSheetId="([0-9]+)"')


def sheet_mentions(package: Package, workbook: WorkbookPart, sheet: SheetInfo, skipped: Collection[str]) -> list[str]:
    """Where the sheet is referred to, in words; names that belong to the sheet itself do not count."""
    needle = escape(sheet.name.replace("'", "''")).encode()
    found = []
    for part in package.names:
        if part in skipped or not part.endswith(".xml") or part.startswith(_NO_FORMULAS):
            continue
        data = package.read(part)
        # Most parts do not even hold the letters of the name; only the others are looked at closely.
        if needle in data and _mentioned(data.decode("utf-8", "replace"), sheet.name):
            found.append(f"part {part} refers to it")
    for entry in workbook.names():
        local = _LOCAL.search(entry)
        if (not local or int(local[1]) != sheet.index) and mentions_sheet(unescape(entry), sheet.name):
            name = re.search(r'\sname="([^"]*)"', entry)
            found.append(f"the name {name[1] if name else '?'} refers to it")
    return found


def _mentioned(text: str, name: str) -> bool:
    return any(
        mentions_sheet(unescape(formula or link), name) or unescape(whole) == name
        for formula, link, whole in _PLACES.findall(text)
    )
