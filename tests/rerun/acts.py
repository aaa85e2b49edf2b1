"""What a user does in Excel to a saved workbook, done to its parts as Excel would: no writer of the product is used."""

from __future__ import annotations

import copy
from typing import Any
from xml.etree import ElementTree

from rerun.order import Order
from rerun.screen import LINKS, MAIN, q


class Open(Order):
    """A workbook that is open, and written back when it is closed."""

    def __enter__(self) -> Open:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.save()

    def type(self, tab: str, ref: str, value: str | int, formula: str = "") -> None:
        """Type a text, a number, or a formula with what it shows."""
        cell = self.cell(tab, ref)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if formula:
            ElementTree.SubElement(cell, q("f")).text = formula
        if isinstance(value, int):
            ElementTree.SubElement(cell, q("v")).text = str(value)
        elif formula:
            cell.set("t", "str")
            ElementTree.SubElement(cell, q("v")).text = value
        else:
            cell.set("t", "inlineStr")
            ElementTree.SubElement(ElementTree.SubElement(cell, q("is")), q("t")).text = value

    def colour(self, tab: str, ref: str, rgb: str) -> None:
        """Fill a cell with a colour."""
        cell = self.cell(tab, ref)
        styles = self.tree("xl/styles.xml")
        fills, formats = styles.find(q("fills")), styles.find(q("cellXfs"))
        fill = ElementTree.SubElement(ElementTree.SubElement(fills, q("fill")), q("patternFill"), patternType="solid")
        ElementTree.SubElement(fill, q("fgColor"), rgb=rgb)
        fills.set("count", str(len(fills)))
        new = copy.deepcopy(formats[int(cell.get("s", "0"))])
        new.set("fillId", str(len(fills) - 1))
        new.set("applyFill", "1")
        formats.append(new)
        formats.set("count", str(len(formats)))
        cell.set("s", str(len(formats) - 1))

    def hide(self, tab: str, row: int) -> None:
        """Hide a row by hand."""
        self.row(tab, row).set("hidden", "1")

    def rule(self, tab: str, ref: str) -> None:
        """A conditional format of the user's over a range."""
        rule = ElementTree.Element(q("conditionalFormatting"), sqref=ref)
        inner = ElementTree.SubElement(rule, q("cfRule"), type="expression", dxfId="0", priority="900")
        ElementTree.SubElement(inner, q("formula")).text = "TRUE"
        self._insert(self.sheet(tab), rule)

    def hyperlink(self, tab: str, ref: str, place: str) -> None:
        """A link of the user's to a place in the workbook."""
        root = self.tree(self.sheet(tab))
        links = root.find(q("hyperlinks"))
        if links is None:
            links = ElementTree.Element(q("hyperlinks"))
            self._insert(self.sheet(tab), links)
        ElementTree.SubElement(links, q("hyperlink"), ref=ref, location=place, display=place)

    def saved_by_excel(self) -> None:
        """Write every sheet anew as Excel does: texts shared by all cells that hold them, and what it adds to rows."""
        part = "xl/sharedStrings.xml"
        if part not in self._parts:
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            self.add_part(part, f'<sst xmlns="{MAIN}"/>', kind)
            self.link("xl/workbook.xml", f"{LINKS}/sharedStrings", part)
        strings = self.tree(part)
        known = {"".join(one.text or "" for one in entry.iter(q("t"))): place for place, entry in enumerate(strings)}
        for entry in self.tree("xl/workbook.xml").iter(q("sheet")):
            for row in self.tree(self.sheet(entry.get("name"))).iter(q("row")):
                row.set("spans", "1:40")
                for cell in row:
                    if cell.get("t") == "inlineStr":
                        self._share(cell, strings, known)

    def _share(self, cell: Any, strings: Any, known: dict[str, int]) -> None:
        text = self._text(cell)
        if text not in known:
            known[text] = len(strings)
            entry = ElementTree.SubElement(ElementTree.SubElement(strings, q("si")), q("t"))
            entry.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            entry.text = text
        cell[:] = []
        cell.set("t", "s")
        ElementTree.SubElement(cell, q("v")).text = str(known[text])
