"""Puts sheets of the scaffolding into a user's own workbook: appended, under free names, and every part of theirs untouched.

What changes of theirs is the list of tabs, its relationships, the content types, the styles (appended to), and the
tab titles in the document properties; the calculation chain goes, which Excel makes anew.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from recon_xl.ooxml.book import Book, SheetInfo, read_book
from recon_xl.ooxml.opc import (
    CONTENT_TYPES,
    ContentTypes,
    Relationship,
    free_id,
    relationships,
    relationships_xml,
    rels_name,
)
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.sheetparts import remove_owned
from recon_xl.ooxml.spliceparts import PartGraft
from recon_xl.ooxml.splicesheet import in_1904, restyled, with_table_id
from recon_xl.ooxml.splicestyles import EMPTY_STYLES, StyleGraft
from recon_xl.ooxml.splicexml import Item, plain_form, sections
from recon_xl.ooxml.tabs import Tabs
from recon_xl.ooxml.workbookpart import WorkbookPart
from recon_xl.ooxml.xmltext import RELATIONSHIPS_NS, elements

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_LOCAL = re.compile(r'\slocalSheetId="([0-9]+)"')
_NAME = re.compile(r'\sname="([^"]*)"')


class Splice:
    """One workbook, and the scaffolding that sheets are taken from."""

    def __init__(self, target: Package, scaffold: Package, *, is_ours: bool) -> None:
        """`is_ours`: the workbook is recon-xl's, of whatever version. WorkbookError where it cannot be changed."""
        self.target, self._scaffold = target, scaffold
        self._theirs, self.scaffold_book = _plain_book(target), read_book(scaffold)
        self._is_ours = is_ours

    @cached_property
    def styles(self) -> StyleGraft:
        """The formats of ours in their style part, which is written at once."""
        part = self._theirs.styles_part or self._add_styles()
        ours = self._scaffold.read(self.scaffold_book.styles_part or "")
        graft = StyleGraft(ours, self.target.read(part), f"{self.target.where} > {part}", is_ours=self._is_ours)
        if graft.result != self.target.read(part):
            self.target.replace(part, graft.result)
        return graft

    def add(self, sheets: Collection[str], names: Collection[str]) -> None:
        """Append sheets of the scaffolding, in its order, and names that belong to the whole workbook."""
        formats = self.styles
        tabs = Tabs(self.target, read_book(self.target))
        parts = PartGraft(self._scaffold, self.target, tabs.types, self._on_its_way)
        places: dict[int, int] = {}
        for sheet in self.scaffold_book.sheets:
            if sheet.name in sheets:
                text = self.sheet_text(sheet, formats)
                places[sheet.index] = tabs.count
                parts.hang(sheet.part, tabs.add(sheet.name, text.encode(), sheet.state))
        tabs.add_names(self._names(names, places))
        tabs.flush()

    def sheet_text(self, sheet: SheetInfo, formats: StyleGraft) -> str:
        """A sheet of the scaffolding as it has to be in this workbook."""
        text = restyled(self._scaffold.read(sheet.part).decode(), formats.cell_formats, formats.diff_formats)
        return in_1904(text) if self._theirs.date1904 else text

    def renew(self, part: str, name: str, data: bytes) -> None:
        """Give a sheet that is wholly ours another content, and what hangs on the scaffolding's sheet of that name."""
        types = ContentTypes.parse(self.target)
        remove_owned(self.target, types, part)
        self.target.replace(part, data)
        graft = PartGraft(self._scaffold, self.target, types, self._on_its_way)
        graft.hang(self.scaffold_book.sheet(name, self._scaffold.where).part, part)
        self.target.replace(CONTENT_TYPES, types.xml())

    def has_more_than(self, part: str, name: str) -> bool:
        """True where more, or other things, hang on a sheet than on the scaffolding's sheet of that name."""
        made = self.scaffold_book.sheet(name, self._scaffold.where).part
        kinds = [
            sorted(self._kinds(package, sheet)) for package, sheet in ((self.target, part), (self._scaffold, made))
        ]
        return kinds[0] != kinds[1]

    def _kinds(self, package: Package, part: str) -> Iterator[str]:
        for link in relationships(package, part):
            yield link.kind
            if target := link.leads_into(package):
                yield from self._kinds(package, target)

    def is_unnamed_style(self, style: int) -> bool:
        """True for a cell format of theirs that is built on their normal style, or does not exist."""
        formats, names = self._style_lists
        return style >= len(formats) or names.get(formats[style].attrs.get("xfId", "0"), "Normal") == "Normal"

    @cached_property
    def _style_lists(self) -> tuple[list[Item], dict[str, str]]:
        part = read_book(self.target).styles_part or ""
        lists = {one.name: one.items for one in sections(self.target.read(part), part)}
        styles = {item.attrs["xfId"]: item for item in lists.get("cellStyles", [])}
        normal = {
            key: "Normal" if item.attrs.get("builtinId") == "0" else item.attrs["name"] for key, item in styles.items()
        }
        return lists.get("cellXfs", []), normal

    def part_text(self, part: str) -> str:
        """Any other part of the scaffolding as it has to be in this workbook."""
        return restyled(self._scaffold.read(part).decode(), self.styles.cell_formats, self.styles.diff_formats)

    @property
    def strings(self) -> Sequence[str]:
        """The texts that their cells share."""
        return self.target.strings(self._theirs.strings_part)

    @cached_property
    def _table_ids(self) -> set[int]:
        used = {0}
        for info in self._theirs.tables.values():
            used.add(int(elements(self.target.read(info.part), info.part)[0].attrs.get("id", "0")))
        return used

    def _on_its_way(self, kind: str, data: bytes) -> bytes:
        if kind != "table":
            return data
        number = max(self._table_ids) + 1
        self._table_ids.add(number)
        text = restyled(data.decode(), self.styles.cell_formats, self.styles.diff_formats)
        return with_table_id(text, number).encode()

    def _names(self, wanted: Collection[str], places: dict[int, int]) -> list[str]:
        """Our defined names as they have to be: those of the whole workbook by name, those of a sheet with the sheet."""
        found = []
        for entry in WorkbookPart(self._scaffold.where, self._scaffold.read(self.scaffold_book.part).decode()).names():
            local, name = _LOCAL.search(entry), _NAME.search(entry)
            if local and int(local[1]) in places:
                found.append(_LOCAL.sub(f' localSheetId="{places[int(local[1])]}"', entry))
            elif not local and name and name[1] in wanted:
                found.append(entry)
        return found

    def _add_styles(self) -> str:
        """A workbook without styles looks as Excel assumes; from now on it says so."""
        part = "xl/styles.xml"
        self.target.add(part, EMPTY_STYLES)
        links = relationships(self.target, self._theirs.part)
        link = Relationship(free_id({link.id for link in links}), f"{RELATIONSHIPS_NS}/styles", f"/{part}", part)
        write(self.target, rels_name(self._theirs.part), relationships_xml([*links, link]))
        types = ContentTypes.parse(self.target)
        types.overrides[part] = _STYLES_TYPE
        self.target.replace(CONTENT_TYPES, types.xml())
        return part


def write(package: Package, part: str, data: bytes) -> None:
    """Give a part a content, whether it exists or not."""
    if part in package.names:
        package.replace(part, data)
    else:
        package.add(part, data)


def _plain_book(target: Package) -> Book:
    """The workbook's structure; the parts that the splice changes are spelled as Excel spells them from now on."""
    book = read_book(target)
    for part in (book.part, book.styles_part):
        data = target.read(part) if part else b""
        plain = plain_form(data, f"{target.where} > {part}") if part else data
        if part and plain != data:
            target.replace(part, plain)
    return book
