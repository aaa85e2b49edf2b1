"""What a user does in Excel to a saved workbook, done to its parts as Excel would: no writer of the product is used."""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
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


class Open:
    """A workbook on the user's screen: its parts as trees, written back when it is closed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with zipfile.ZipFile(path) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        self._trees: dict[str, Any] = {}

    def __enter__(self) -> Open:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.save()

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

    def comment(self, tab: str, ref: str, text: str, *, thread: bool = False) -> None:
        """Attach a note, or begin a conversation."""
        part = self.sheet(tab)
        kinds = {kind: target for _, kind, target in self.links(part)}
        if "comments" not in kinds:
            self._comment_parts(part)
            kinds = {kind: target for _, kind, target in self.links(part)}
        entries = self.tree(kinds["comments"]).find(q("commentList"))
        entry = ElementTree.SubElement(entries, q("comment"), ref=ref, authorId="0")
        ElementTree.SubElement(ElementTree.SubElement(entry, q("text")), q("t")).text = text
        self._shape(kinds["vmlDrawing"], ref)
        if thread:
            self._thread(part, ref, text)

    def delete_comments(self, tab: str, row: int) -> None:
        """Take the notes off a row."""
        kinds = {kind: target for _, kind, target in self.links(self.sheet(tab))}
        entries = self.tree(kinds["comments"]).find(q("commentList"))
        for entry in [one for one in entries if re.sub("[A-Z]", "", one.get("ref")) == str(row)]:
            entries.remove(entry)

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

    def sort(self, tab: str, header: str, *, descending: bool = False) -> None:
        """Sort the table by a column, as its arrow does: cells move with their looks and notes, rows keep their numbers."""
        first, last, left, right = self.area(tab)
        letter = self.column(tab, header)
        rows = [self.row(tab, row) for row in range(first, last + 1)]
        keys = {row.get("r"): self.shown(tab, f"{letter}{row.get('r')}") for row in rows}
        full = sorted((row for row in rows if keys[row.get("r")]), key=lambda row: keys[row.get("r")].casefold())
        blank = [row for row in rows if not keys[row.get("r")]]
        ordered = (full[::-1] if descending else full) + blank
        moves = {int(row.get("r")): place for place, row in enumerate(ordered, first)}
        self._rearranged(tab, rows, lambda row, column: (moves[row], column))
        table = self.table(tab)
        for owner in (table, table.find(q("autoFilter"))):
            for old in owner.findall(q("sortState")):
                owner.remove(old)
        area = f"{letters(left)}{first}:{letters(right)}{last}"
        state = ElementTree.Element(q("sortState"), ref=area)
        condition = ElementTree.SubElement(state, q("sortCondition"), ref=f"{letter}{first}:{letter}{last}")
        if descending:
            condition.set("descending", "1")
        table.insert(list(table).index(table.find(q("autoFilter"))) + 1, state)

    def filter(self, tab: str, header: str, texts: Sequence[str]) -> None:
        """Show only the rows with one of these texts."""
        first, last, _, _ = self.area(tab)
        filtering = self.table(tab).find(q("autoFilter"))
        place, letter = self.columns(tab).index(header), self.column(tab, header)
        column = ElementTree.SubElement(filtering, q("filterColumn"), colId=str(place))
        values = ElementTree.SubElement(column, q("filters"))
        for text in texts:
            ElementTree.SubElement(values, q("filter"), val=text)
        for row in range(first, last + 1):
            if self.shown(tab, f"{letter}{row}") not in texts:
                self.hide(tab, row)

    def clear_filter(self, tab: str) -> None:
        """Show all rows again."""
        filtering = self.table(tab).find(q("autoFilter"))
        filtering[:] = [one for one in filtering if one.tag != q("filterColumn")]
        first, last, _, _ = self.area(tab)
        for row in range(first, last + 1):
            self.row(tab, row).attrib.pop("hidden", None)

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

    def _text(self, cell: Any) -> str:
        text = "".join(one.text or "" for one in cell.iter() if one.tag in (q("v"), q("t")))
        if cell.get("t") == "s":
            entry = self.tree("xl/sharedStrings.xml")[int(text)]
            return "".join(one.text or "" for one in entry.iter(q("t")))
        return text

    def move_column(self, tab: str, header: str, place: int) -> None:
        """Drag a column of the table to another place; its width goes along."""
        first, last, left, _ = self.area(tab)
        columns = self.table(tab).find(q("tableColumns"))
        order = list(range(len(columns)))
        old = self.columns(tab).index(header)
        order.insert(place, order.pop(old))
        columns[:] = [columns[one] for one in order]
        new_of = {left + was: left + now for now, was in enumerate(order)}
        rows = [self.row(tab, row) for row in range(first - 1, last + 2)]
        self._rearranged(tab, rows, lambda row, column: (row, new_of.get(column, column)))
        self._move_widths(tab, new_of)
        for one in self.table(tab).iter(q("filterColumn")):
            one.set("colId", str(new_of[left + int(one.get("colId"))] - left))
        for one in self.table(tab).iter(q("sortCondition")):
            letter = letters(new_of[number(re.sub(r"[\d:].*", "", one.get("ref")))])
            one.set("ref", re.sub("[A-Z]+", letter, one.get("ref")))

    def copy_row(self, tab: str, row: int) -> int:
        """Copy a row of the table and insert it below the last; the new row's number."""
        first, last, left, right = self.area(tab)
        self._shift_down(tab, last + 1)
        new = copy.deepcopy(self.row(tab, row))
        new.set("r", str(last + 1))
        new.attrib.pop("hidden", None)
        for cell in new:
            cell.set("r", re.sub(r"\d+", str(last + 1), cell.get("r")))
        data, blank = self.tree(self.sheet(tab)).find(q("sheetData")), self.row(tab, last + 1)
        data[list(data).index(blank)] = new
        table = self.table(tab)
        totals = int(table.get("totalsRowCount", "0"))
        table.set("ref", f"{letters(left)}{first - 1}:{letters(right)}{last + 1 + totals}")
        table.find(q("autoFilter")).set("ref", f"{letters(left)}{first - 1}:{letters(right)}{last + 1}")
        return last + 1

    def _shift_down(self, tab: str, row: int) -> None:
        data = self.tree(self.sheet(tab)).find(q("sheetData"))
        for found in [one for one in data if int(one.get("r")) >= row]:
            found.set("r", str(int(found.get("r")) + 1))
            for cell in found:
                cell.set("r", re.sub(r"\d+", found.get("r"), cell.get("r")))

    def _rearranged(self, tab: str, rows: Sequence[Any], to: Callable[[int, int], tuple[int, int]]) -> None:
        """Put the cells of these rows to other places, and the notes that hang on them."""
        cells = [cell for row in rows for cell in row]
        for row in rows:
            row[:] = []
        places = {}
        for cell in cells:
            column, row = re.sub(r"\d", "", cell.get("r")), int(re.sub("[A-Z]", "", cell.get("r")))
            new_row, new_column = to(row, number(column))
            places[cell.get("r")] = ref = f"{letters(new_column)}{new_row}"
            cell.set("r", ref)
        by_row = {row.get("r"): row for row in rows}
        for cell in sorted(cells, key=lambda one: number(re.sub(r"\d", "", one.get("r")))):
            by_row[re.sub("[A-Z]", "", cell.get("r"))].append(cell)
        self._move_notes(tab, places)

    def _move_notes(self, tab: str, places: dict[str, str]) -> None:
        for _, kind, part in self.links(self.sheet(tab)):
            if kind in ("comments", "threadedComment"):
                for entry in self.tree(part).iter():
                    if entry.get("ref") in places:
                        entry.set("ref", places[entry.get("ref")])
            elif kind == "vmlDrawing":
                for row, column in _note_places(self.tree(part)):
                    old = f"{letters(int(column.text) + 1)}{int(row.text) + 1}"
                    new = places.get(old, old)
                    row.text, column.text = (
                        str(int(re.sub("[A-Z]", "", new)) - 1), str(number(re.sub(r"\d", "", new)) - 1),
                    )  # fmt: skip

    def _move_widths(self, tab: str, new_of: dict[int, int]) -> None:
        columns = self.tree(self.sheet(tab)).find(q("cols"))
        single = {}
        for column in list(columns):
            for place in range(int(column.get("min")), int(column.get("max")) + 1):
                one = copy.deepcopy(column)
                new = str(new_of.get(place, place))
                one.set("min", new)
                one.set("max", new)
                single[int(new)] = one
            columns.remove(column)
        for place in sorted(single):
            columns.append(single[place])

    def _insert(self, part: str, element: Any) -> None:
        root = self.tree(part)
        order = _AFTER_DATA.index(element.tag.rpartition("}")[2])
        for place, found in enumerate(root):
            name = found.tag.rpartition("}")[2]
            if name in _AFTER_DATA and _AFTER_DATA.index(name) > order:
                root.insert(place, element)
                return
        root.append(element)

    def _comment_parts(self, part: str) -> None:
        stem = re.sub(r"\D", "", part)
        comments, drawing = f"xl/comments{stem}.xml", f"xl/drawings/vmlDrawing{stem}.vml"
        kind = "application/vnd.openxmlformats-officedocument"
        self.add_part(
            comments,
            f'<comments xmlns="{MAIN}"><authors><author>Ada</author></authors><commentList/></comments>',
            f"{kind}.spreadsheetml.comments+xml",
        )
        self.add_part(drawing, _VML, f"{kind}.vmlDrawing")
        self.link(part, f"{LINKS}/comments", comments)
        identifier = self.link(part, f"{LINKS}/vmlDrawing", drawing)
        self._insert(part, ElementTree.Element(q("legacyDrawing"), {f"{{{LINKS}}}id": identifier}))

    def _shape(self, part: str, ref: str) -> None:
        root = self.tree(part)
        row, column = int(re.sub("[A-Z]", "", ref)) - 1, number(re.sub(r"\d", "", ref)) - 1
        anchor = f"{column + 1}, 15, {row}, 2, {column + 3}, 31, {row + 4}, 1"
        text = _SHAPE.format(number=1025 + len(root), anchor=anchor, row=row, column=column)
        root.append(ElementTree.fromstring(text))  # noqa: S314 - the text is above

    def _thread(self, part: str, ref: str, text: str) -> None:
        kinds = {kind: target for _, kind, target in self.links(part)}
        if "threadedComment" not in kinds:
            name = f"xl/threadedComments/threadedComment{re.sub(r'[^0-9]', '', part)}.xml"
            self.add_part(
                name, f'<ThreadedComments xmlns="{THREADS}"/>', "application/vnd.ms-excel.threadedcomments+xml"
            )
            self.link(part, "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", name)
            kinds = {kind: target for _, kind, target in self.links(part)}
        root = self.tree(kinds["threadedComment"])
        entry = ElementTree.SubElement(
            root, f"{{{THREADS}}}threadedComment", ref=ref, dT="2026-11-03T09:00:00.00",
            personId="{00000000-0000-0000-0000-000000000001}", id=f"{{00000000-0000-0000-0000-{len(root) + 2:012d}}}",
        )  # fmt: skip
        ElementTree.SubElement(entry, f"{{{THREADS}}}text").text = text

    @staticmethod
    def _rels(part: str) -> str:
        folder, _, name = part.rpartition("/")
        return f"{folder}/_rels/{name}.rels"


def _joined(folder: str, target: str) -> str:
    pieces = folder.split("/")
    for piece in target.split("/"):
        pieces = pieces[:-1] if piece == ".." else [*pieces, piece]
    return "/".join(pieces)


def _note_places(root: Any) -> Iterator[tuple[Any, Any]]:
    space = "{urn:schemas-microsoft-com:office:excel}"
    for data in root.iter(f"{space}ClientData"):
        yield data.find(f"{space}Row"), data.find(f"{space}Column")


for prefix, space in (
    ("r", LINKS), ("v", "urn:schemas-microsoft-com:vml"), ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
):  # fmt: skip
    ElementTree.register_namespace(prefix, space)

_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_VML = (
    f'<xml {_SPACES}><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    f"<v:shape {_SPACES} "
    'id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
