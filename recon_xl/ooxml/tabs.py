"""The tabs of an edited workbook: sheets cloned, removed and activated, with all lists that count them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import lru_cache

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.book import Book, SheetInfo
from recon_xl.ooxml.clone import Cast
from recon_xl.ooxml.mentions import Mentions
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
from recon_xl.ooxml.sheetnames import is_legal, quoted
from recon_xl.ooxml.sheetparts import copy_relationships, free_name, owned_parts, remove_owned, remove_part
from recon_xl.ooxml.workbookpart import WorkbookPart
from recon_xl.ooxml.xmltext import RELATIONSHIPS_NS

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_APP = "docProps/app.xml"
_APP_TITLES = re.compile(rb"<(HeadingPairs|TitlesOfParts)>.*?</\1>", re.DOTALL)
_SELECTED = re.compile(rb'\stabSelected="(?:1|true)"')
_VIEW = re.compile(rb"<sheetView(?=[\s/>])[^>]*>")
_HEAD_BYTES = 8192


class Tabs:
    """The workbook part, its relationships and the content types; `flush` writes them into the package."""

    def __init__(self, package: Package, book: Book) -> None:
        self._package = package
        self._part = book.part
        self._workbook = WorkbookPart(package.where, package.read(book.part).decode("utf-8"))
        self._links = relationships(package, book.part)
        self._link_ids = {link.id for link in self._links}
        self._types = ContentTypes.parse(package)
        self._sheets = list(book.sheets)
        self._by_name = {sheet.name.casefold(): sheet for sheet in reversed(book.sheets)}
        self._next_part = 1
        self.count = len(book.sheet_names)
        self._new_tabs: list[tuple[str, str]] = []
        self._print_names: dict[tuple[str, int], str | None] = {}
        self._clones: set[str] = set()
        self._mentions = Mentions(package)
        self._flushed: object = None

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """The worksheets as they are by now."""
        return tuple(self._sheets)

    @property
    def active(self) -> int:
        """The place of the active tab among all."""
        return self._workbook.active

    @property
    def types(self) -> ContentTypes:
        """The content types, which `flush` writes."""
        return self._types

    def add(self, name: str, data: bytes, state: str = "visible") -> str:
        """Append a tab with this content; returns the name of its part."""
        part = self._append(name, data)
        self._settle()
        if state != "visible":
            self._workbook.hide_sheet(self.count - 1, state)
            self._update(replace(self.sheet(name), state=state))
        return part

    def add_names(self, entries: list[str]) -> None:
        """Add defined names, each as its XML element."""
        if entries:
            self._workbook.set_names([*self._workbook.names(), *entries])

    def sheet(self, name: str) -> SheetInfo:
        """Return the sheet of that name in any letter case; raises `WorkbookError` when there is none."""
        found = self._find(name)
        if found is None:
            raise WorkbookError(
                where=self._package.where,
                found=f"no sheet named {name!r}",
                expected=f"one of: {', '.join(sheet.name for sheet in self.sheets)}",
                todo="Rename the sheet back, or start from the template.",
            )
        return found

    def clone(self, template: str, name: str, cast: Cast) -> str:
        """Store a cloned sheet under a new or the same tab; returns the part's name."""
        source = self.sheet(template)
        old = self._find(name)
        if old is not None:
            remove_owned(self._package, self._types, old.part)
            self._package.replace(old.part, cast.data, cast.abridged)
            if old.state != "visible":
                self._settle()
                self._workbook.show_sheet(old.index)
                self._update(replace(old, state="visible"))
            part = old.part
        else:
            part = self._append(name, cast.data, cast.abridged)
        self._clones.add(part)
        copy_relationships(self._package, self._types, source.part, part)
        return part

    def set_print_names(self, name: str, area: str | None, title_rows: str | None) -> None:
        """Set or remove the print area (`A1:H40`) and the rows repeated on each page (`6:7`) of a sheet."""
        sheet = self.sheet(name)
        for label, value in (("_xlnm.Print_Area", area), ("_xlnm.Print_Titles", title_rows)):
            refers_to = f"{quoted(sheet.name)}!{_absolute(value)}" if value else None
            self._print_names[label, sheet.index] = refers_to

    def remove(self, name: str, ignore: Collection[str]) -> None:
        """Remove a tab; raises `WorkbookError` when it is mentioned elsewhere or is the last visible one."""
        self._settle()
        self._workbook.require_open_structure()
        sheet = self.sheet(name)
        skipped = {sheet.part, *(self.sheet(other).part for other in ignore)}
        skipped.update(*(owned_parts(self._package, part) for part in tuple(skipped)))
        found = self._mentions.of(self._workbook, sheet, skipped)
        visible = [other for other in self._sheets if other is not sheet and other.state == "visible"]
        if not visible:
            found.append("it is the last visible sheet")
        if found:
            raise WorkbookError(
                where=f"{self._package.where} > {sheet.name}",
                found=f"a sheet that is still needed: {'; '.join(found[:5])}",
                expected="a sheet that nothing refers to",
                todo="Change these places first, or keep the sheet.",
            )
        if self._workbook.active == sheet.index:
            # The left neighbour takes over, as in Excel; a hidden sheet cannot.
            self._workbook.set_active(max(visible, key=lambda other: (other.index < sheet.index, other.index)).index)
        remove_part(self._package, self._types, sheet.part)
        self._clones.discard(sheet.part)
        self._links = [link for link in self._links if link.part != sheet.part]
        self._link_ids = {link.id for link in self._links}
        self._workbook.remove_sheet(sheet.index)
        rest = (other for other in self._sheets if other is not sheet)
        self._sheets = [replace(one, index=one.index - 1) if one.index > sheet.index else one for one in rest]
        self._by_name = {other.name.casefold(): other for other in reversed(self._sheets)}
        self._next_part = 1
        self.count -= 1
        self._forget_titles()

    def activate(self, name: str) -> None:
        """Make a visible sheet the active and only selected one."""
        target = self.sheet(name)
        if target.state != "visible":
            raise WorkbookError(
                where=f"{self._package.where} > {target.name}",
                found="a hidden sheet",
                expected="a visible one, because the workbook shall open on it",
                todo="Unhide it: right-click any tab and choose Unhide.",
            )
        for sheet in self._sheets:
            if sheet.part not in self._clones and _SELECTED.search(self._package.peek(sheet.part, _HEAD_BYTES)):
                self._package.replace(sheet.part, _SELECTED.sub(b"", self._package.read(sheet.part), count=1))
        data = self._package.read(target.part)
        self._package.replace(target.part, _VIEW.sub(_select, data, count=1))
        self._settle()
        self._clones.discard(target.part)
        self._workbook.set_active(target.index)

    def flush(self) -> None:
        """Write what the tabs need into the package: calculation on load, no stale calculation chain."""
        self._settle()
        self._workbook.calculate_on_load()
        for link in [link for link in self._links if link.kind == "calcChain"]:
            self._links.remove(link)
            self._link_ids.discard(link.id)
            if part := link.leads_into(self._package):
                remove_part(self._package, self._types, part)
        state = (self._workbook.text, tuple(self._links), dict(self._types.defaults), dict(self._types.overrides))
        if state == self._flushed:
            return
        self._flushed = state
        self._package.replace(self._part, self._workbook.text.encode())
        # Spelled anew only where something came or went: another program's spelling stays byte for byte.
        if self._links != relationships(self._package, self._part):
            self._write(rels_name(self._part), relationships_xml(self._links))
        if self._types != ContentTypes.parse(self._package):
            self._write(CONTENT_TYPES, self._types.xml())

    def _append(self, name: str, data: bytes, abridged: Callable[[], bytes] | None = None) -> str:
        if not is_legal(name):
            raise ValueError(f"{name!r} is not a legal sheet name")
        if not self._new_tabs:
            self._workbook.require_open_structure()
        part, self._next_part = free_name(self._package, "xl/worksheets/sheet.xml", self._next_part)
        self._package.add(part, data, abridged)
        self._types.overrides[part] = _SHEET_TYPE
        link = Relationship(free_id(self._link_ids), f"{RELATIONSHIPS_NS}/worksheet", f"/{part}", part)
        self._links.append(link)
        self._link_ids.add(link.id)
        self._new_tabs.append((name, link.id))
        sheet = SheetInfo(name, part, "visible", self.count)
        self._sheets.append(sheet)
        self._by_name[name.casefold()] = sheet
        self.count += 1
        if len(self._new_tabs) == 1:
            self._forget_titles()
        return part

    def _settle(self) -> None:
        """Write new tabs and print names into the workbook part, all at once: hundreds of drafts stay cheap."""
        if self._new_tabs:
            self._workbook.add_sheets(self._new_tabs)
            self._new_tabs.clear()
        if self._print_names:
            self._workbook.set_local_names(self._print_names)
            self._print_names.clear()

    def _forget_titles(self) -> None:
        """Drop the optional list of tab names in the document properties, which would be wrong now."""
        if _APP in self._package.names:
            self._write(_APP, _APP_TITLES.sub(b"", self._package.read(_APP)))

    def _write(self, part: str, data: bytes) -> None:
        if self._package.read(part) != data:
            self._package.replace(part, data)

    def _find(self, name: str) -> SheetInfo | None:
        return self._by_name.get(name.casefold())

    def _update(self, changed: SheetInfo) -> None:
        self._sheets = [changed if sheet.index == changed.index else sheet for sheet in self._sheets]
        self._by_name[changed.name.casefold()] = changed


@lru_cache(maxsize=1024)  # hundreds of drafts have as many lines as others
def _absolute(area: str) -> str:
    return re.sub(r"[A-Z]+|[0-9]+", r"$\g<0>", area)


def _select(view: re.Match[bytes]) -> bytes:
    rest = re.sub(rb'\stabSelected="[^"]*"', b"", view[0])
    return rest.replace(b"<sheetView", b'<sheetView tabSelected="1"', 1)
