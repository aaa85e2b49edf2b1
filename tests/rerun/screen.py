"""A saved workbook on the user's screen: its parts as trees, what its tabs show, written back when it is closed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_AFTER_DATA = [
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]


def q(name: str) -> str:
    """A name of the main namespace."""
    return f"{{{MAIN}}}{name}"


def letters(column: int) -> str:
    """`letters(28) == "AB"`."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def number(name: str) -> int:
    """`number("AB") == 28`."""
    total = 0
    for letter in name:
        total = total * 26 + ord(letter) - 64
    return total


class Screen:
    """The parts of a workbook, and what there is to see; no writer of the product is used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with zipfile.ZipFile(path) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        self._trees: dict[str, Any] = {}

    def save(self) -> None:
        """Write the workbook over its file."""
        for name, tree in self._trees.items():
            ElementTree.register_namespace("", tree.tag[1:].partition("}")[0] if tree.tag.startswith("{") else "none")
            self._parts[name] = ElementTree.tostring(tree, xml_declaration=True, encoding="UTF-8")
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self._parts.items():
                package.writestr(name, data)

    def tree(self, part: str) -> Any:
        """The root of a part."""
        if part not in self._trees:
            self._trees[part] = ElementTree.fromstring(self._parts[part])  # noqa: S314 - a workbook of ours
        return self._trees[part]

    def add_part(self, part: str, text: str, kind: str) -> None:
        """A new part with its content type."""
        self._parts[part] = text.encode()
        ElementTree.SubElement(
            self.tree("[Content_Types].xml"), f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=kind
        )

    def links(self, part: str) -> list[tuple[str, str, str]]:
        """Id, kind and target part of each relationship of a part."""
        name = self._rels(part)
        if name not in self._parts:
            return []
        folder = part.rpartition("/")[0]
        found = []
        for link in self.tree(name):
            target = link.get("Target")
            full = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
            found.append((link.get("Id"), link.get("Type").rpartition("/")[2], full))
        return found

    def link(self, part: str, kind: str, target: str) -> str:
        """A new relationship; its id."""
        name = self._rels(part)
        if name not in self._parts:
            self._parts[name] = f'<Relationships xmlns="{PACKAGE}"/>'.encode()
        identifier = f"user{len(self.tree(name)) + 1}"
        attributes = {"Id": identifier, "Type": kind, "Target": f"/{target}"}
        ElementTree.SubElement(self.tree(name), f"{{{PACKAGE}}}Relationship", attributes)
        return identifier

    def sheet(self, tab: str) -> str:
        """The part of a tab."""
        for entry in self.tree("xl/workbook.xml").iter(q("sheet")):
            if entry.get("name") == tab:
                return next(
                    part for name, _, part in self.links("xl/workbook.xml") if name == entry.get(f"{{{LINKS}}}id")
                )
        raise KeyError(tab)

    def table(self, tab: str) -> Any:
        """The root of a tab's table."""
        return self.tree(next(part for _, kind, part in self.links(self.sheet(tab)) if kind == "table"))

    def area(self, tab: str) -> tuple[int, int, int, int]:
        """First data row, last data row, first and last column of a tab's table."""
        table = self.table(tab)
        match = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", table.get("ref"))
        assert match
        last = int(match[4]) - int(table.get("totalsRowCount", "0"))
        return int(match[2]) + 1, last, number(match[1]), number(match[3])

    def columns(self, tab: str) -> list[str]:
        """The headers of a tab's table."""
        return [column.get("name") for column in self.table(tab).iter(q("tableColumn"))]

    def column(self, tab: str, header: str) -> str:
        """The letters of a column."""
        return letters(self.area(tab)[2] + self.columns(tab).index(header))

    def row(self, tab: str, row: int) -> Any:
        """A row's element; made where there is none."""
        data = self.tree(self.sheet(tab)).find(q("sheetData"))
        for place, found in enumerate(data):
            if int(found.get("r")) == row:
                return found
            if int(found.get("r")) > row:
                new = ElementTree.Element(q("row"), r=str(row))
                data.insert(place, new)
                return new
        return ElementTree.SubElement(data, q("row"), r=str(row))

    def cell(self, tab: str, ref: str) -> Any:
        """A cell's element; made where there is none."""
        row = self.row(tab, int(re.sub("[A-Z]", "", ref)))
        column = number(re.sub("[0-9]", "", ref))
        for place, found in enumerate(row):
            here = number(re.sub("[0-9]", "", found.get("r")))
            if here == column:
                return found
            if here > column:
                new = ElementTree.Element(q("c"), r=ref)
                row.insert(place, new)
                return new
        return ElementTree.SubElement(row, q("c"), r=ref)

    def shown(self, tab: str, ref: str) -> str:
        """What a cell shows, as text."""
        return self._text(self.cell(tab, ref))

    def rows(self, tab: str) -> list[dict[str, str]]:
        """The data rows of a tab's table by header as they show; `#` is the row's number, `#hidden` says whether it is."""
        first, last, left, _ = self.area(tab)
        headers = {letters(place): name for place, name in enumerate(self.columns(tab), left)}
        found = []
        for row in self.tree(self.sheet(tab)).find(q("sheetData")):
            if not first <= int(row.get("r")) <= last:
                continue
            shown = dict.fromkeys(headers.values(), "")
            for cell in row:
                name = headers.get(re.sub(r"\d", "", cell.get("r")))
                if name:
                    shown[name] = self._text(cell)
            found.append({**shown, "#": row.get("r"), "#hidden": row.get("hidden", "0")})
        return found

    def fill(self, tab: str, ref: str) -> str:
        """The colour of a cell; empty for none."""
        styles = self.tree("xl/styles.xml")
        style = styles.find(q("cellXfs"))[int(self.cell(tab, ref).get("s", "0"))]
        colour = styles.find(q("fills"))[int(style.get("fillId", "0"))].find(f".//{q('fgColor')}")
        return "" if colour is None else colour.get("rgb", "")

    def notes(self, tab: str) -> dict[str, str]:
        """The comments of a tab by address."""
        part = next((part for _, kind, part in self.links(self.sheet(tab)) if kind == "comments"), None)
        entries = [] if part is None else list(self.tree(part).iter(q("comment")))
        return {one.get("ref"): "".join(text.text or "" for text in one.iter(q("t"))) for one in entries}

    def _insert(self, part: str, element: Any) -> None:
        root = self.tree(part)
        order = _AFTER_DATA.index(element.tag.rpartition("}")[2])
        for place, found in enumerate(root):
            name = found.tag.rpartition("}")[2]
            if name in _AFTER_DATA and _AFTER_DATA.index(name) > order:
                root.insert(place, element)
                return
        root.append(element)

    def _text(self, cell: Any) -> str:
        text = "".join(one.text or "" for one in cell.iter() if one.tag in (q("v"), q("t")))
        if cell.get("t") == "s":
            entry = self.tree("xl/sharedStrings.xml")[int(text)]
            return "".join(one.text or "" for one in entry.iter(q("t")))
        return text

    @staticmethod
    def _rels(part: str) -> str:
        folder, _, name = part.rpartition("/")
        return f"{folder}/_rels/{name}.rels"


def _joined(folder: str, target: str) -> str:
    pieces = folder.split("/")
    for piece in target.split("/"):
        pieces = pieces[:-1] if piece == ".." else [*pieces, piece]
    return "/".join(pieces)
