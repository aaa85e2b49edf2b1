"""Which parts of a workbook are recon-xl's: no command may change any other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from recon_xl.contract import EVERY_TABLE
from recon_xl.contract.catalogue import START_SHEET, TEMPLATE_SHEET
from recon_xl.contract.places import LAYOUT_SHEET
from recon_xl.ooxml.anchors import comment_parts
from recon_xl.ooxml.book import Book, read_book
from recon_xl.ooxml.editor import WorkbookEditor
from recon_xl.ooxml.opc import CONTENT_TYPES, relationships, rels_name
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.sheetparts import owned_parts

_TITLES = "docProps/app.xml"
_TABLES = frozenset(table.excel_name.casefold() for table in EVERY_TABLE)
_TABS = frozenset({START_SHEET, TEMPLATE_SHEET, LAYOUT_SHEET})
_SELECTED = re.compile(rb'<sheetView\s[^>]*tabSelected="(?:1|true)"|<\w+:sheetView\s[^>]*tabSelected="(?:1|true)"')
_HEAD_BYTES = 8192


def owned_parts_of(package: Package, draft_tabs: Collection[str] = ()) -> frozenset[str]:
    """The parts that a command may change or remove: tabs and tables of the contract, draft tabs, and what lists them.

    Pictures, comments, charts and the like belong to the user on every tab, except on a draft tab; but where the comments on
    a tab with a table of ours hang is changed as their rows move.
    """
    book = read_book(package)
    general = {book.part, rels_name(book.part), CONTENT_TYPES, _TITLES, book.styles_part or ""}
    general |= {link.part or "" for link in relationships(package, book.part) if link.kind == "calcChain"}
    mine = {info.sheet: info for info in book.tables.values() if info.name.casefold() in _TABLES}
    tables = {info.part for info in book.tables.values() if info.name.casefold() in _TABLES}
    sheets = {sheet.part for sheet in book.sheets if sheet.name in mine or sheet.name in _TABS}
    comments = {
        part for sheet in book.sheets if sheet.name in mine for _kind, part in comment_parts(package, sheet.part)
    }
    return frozenset(general | tables | sheets | comments | set(_drafts(package, book, frozenset(draft_tabs))))


def hanging_on_start(package: Package) -> Iterator[str]:
    """What hangs on the tab Start: an upgrade renews it with the tab, after a look that nothing of the user's is among it."""
    for sheet in read_book(package).sheets:
        if sheet.name == START_SHEET:
            hanging = owned_parts(package, sheet.part)
            yield from (*hanging, *map(rels_name, (sheet.part, *hanging)))


def opens_on(editor: WorkbookEditor, owned: Collection[str]) -> bool:
    """True where the workbook may open on another tab: none of the user's is active or selected, so no part of theirs changes."""
    package = editor.package()
    if not any(sheet.index == editor.active_sheet and sheet.part in owned for sheet in editor.sheets):
        return False
    theirs = set(package.untouched) - set(owned)
    others = (sheet.part for sheet in editor.sheets if sheet.part in theirs)
    return not any(_SELECTED.search(package.peek(part, _HEAD_BYTES)) for part in others)


def _drafts(package: Package, book: Book, names: Collection[str]) -> Iterator[str]:
    for sheet in book.sheets:
        if sheet.name in names:
            hanging = owned_parts(package, sheet.part)
            yield from (sheet.part, *hanging, *map(rels_name, (sheet.part, *hanging)))
