"""Faults of the workbook as a whole: tabs, names and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import Range, parse_range
from recon_xl.ooxml.book import SheetInfo, TableInfo, read_table
from recon_xl.ooxml.lintbase import Fault
from recon_xl.ooxml.opc import PartSource, relationships
from recon_xl.ooxml.sheetnames import is_legal
from recon_xl.ooxml.xmltext import Element, elements


@dataclass(frozen=True, slots=True)
class LintTable:
    """A table with what only the linter needs."""

    info: TableInfo
    id: str
    filter_area: str | None
    column_count: str

    @property
    def area(self) -> Range:
        """The cells of the table, header and totals included."""
        return Range(self.info.first_row, self.info.first_col, self.info.last_row, self.info.last_col)


@dataclass(frozen=True, slots=True)
class Layout:
    """The workbook's structure, read so that faults can still be told."""

    part: str
    elements: list[Element]
    sheets: tuple[SheetInfo, ...]
    sheet_ids: dict[str, str]
    tables: tuple[LintTable, ...]
    broken: tuple[Fault, ...]
    style_count: int
    diff_style_count: int
    strings_part: str | None
    calc_part: str | None

    def of_kind(self, name: str, parent: str) -> list[Element]:
        """Return the elements of the workbook part by name and parent."""
        return [element for element in self.elements if element.name == name and element.parent == parent]


def read_layout(source: PartSource) -> Layout:
    """Read the structure of a workbook; broken tables become faults."""
    part = next((str(link.part) for link in relationships(source, "") if link.kind == "officeDocument"), "")
    found = elements(source.read(part), part)
    links = {link.id: link for link in relationships(source, part)}
    sheets, ids = [], {}
    for index, tab in enumerate(entry for entry in found if entry.name == "sheet" and entry.parent == "sheets"):
        link = links.get(tab.attrs.get("r:id", ""))
        if link and link.kind == "worksheet" and (target := link.leads_into(source)):
            sheets.append(SheetInfo(tab.attrs.get("name", ""), target, tab.attrs.get("state", "visible"), index))
            ids[tab.attrs.get("sheetId", "")] = target
    kinds = {link.kind: target for link in links.values() if (target := link.leads_into(source))}
    tables, broken = _read_tables(source, sheets)
    styles = elements(source.read(styles_part), styles_part) if (styles_part := kinds.get("styles")) else []
    return Layout(
        part=part,
        elements=found,
        sheets=tuple(sheets),
        sheet_ids=ids,
        tables=tables,
        broken=broken,
        style_count=sum(entry.name == "xf" and entry.parent == "cellXfs" for entry in styles),
        diff_style_count=sum(entry.name == "dxf" and entry.parent == "dxfs" for entry in styles),
        strings_part=kinds.get("sharedStrings"),
        calc_part=kinds.get("calcChain"),
    )


def book_faults(layout: Layout) -> Iterator[Fault]:
    """Faults of tabs, names and tables."""
    yield from layout.broken
    tabs = layout.of_kind("sheet", "sheets")
    names = [tab.attrs.get("name", "") for tab in tabs]
    for name in names:
        if not is_legal(name):
            yield Fault("sheet-name", layout.part, f"{layout.part}: {name!r} is no legal sheet name")
    yield from _twice(layout.part, "duplicate-sheet", "sheet name", (name.casefold() for name in names))
    yield from _twice(layout.part, "duplicate-sheet-id", "sheetId", (tab.attrs.get("sheetId", "") for tab in tabs))
    yield from _name_faults(layout, len(tabs))
    for view in layout.of_kind("workbookView", "bookViews"):
        if int(view.attrs.get("activeTab", "0")) >= len(tabs):
            yield Fault("active-tab", layout.part, f"{layout.part}: the active tab does not exist")
    yield from _table_faults(layout)


def _name_faults(layout: Layout, tabs: int) -> Iterator[Fault]:
    part = layout.part
    names = layout.of_kind("definedName", "definedNames")
    tables = {table.info.name.casefold() for table in layout.tables}
    for entry in names:
        name, local = entry.attrs.get("name", ""), entry.attrs.get("localSheetId")
        if local is not None and (not local.isdigit() or int(local) >= tabs):
            yield Fault("local-sheet-id", part, f"{part}: name {name} belongs to tab {local}, which does not exist")
        if name.casefold() in tables:
            yield Fault("name-is-table", part, f"{part}: {name} is both a name and a table")
    scoped = (f"{e.attrs.get('name', '').casefold()} (tab {e.attrs.get('localSheetId', 'all')})" for e in names)
    yield from _twice(part, "duplicate-name", "name", scoped)


def _table_faults(layout: Layout) -> Iterator[Fault]:
    tables = layout.tables
    yield from _twice(layout.part, "duplicate-table", "table name", (t.info.name.casefold() for t in tables))
    yield from _twice(layout.part, "duplicate-table-id", "table id", (t.id for t in tables))
    for table in tables:
        info = table.info
        where = f"{info.part}: table {info.name}"
        if len(info.columns) != info.last_col - info.first_col + 1 or table.column_count != str(len(info.columns)):
            yield Fault("table-width", info.part, f"{where} at {table.area} does not have {len(info.columns)} columns")
        if info.last_data_row < info.first_data_row:
            yield Fault("table-empty", info.part, f"{where} at {table.area} has no data row")
        headers = (header.casefold() for header in info.columns)
        yield from _twice(info.part, "duplicate-header", f"table {info.name} header", headers)
        filtered = parse_range(table.filter_area) if table.filter_area is not None else table.area
        if filtered is None or not table.area.contains(filtered) or filtered.first_row != info.first_row:
            yield Fault("filter-area", info.part, f"{where}: its filter covers {table.filter_area} of {table.area}")
    for first, second in combinations(tables, 2):
        if first.info.sheet == second.info.sheet and first.area.overlaps(second.area):
            message = f"{first.info.part}: tables {first.info.name} and {second.info.name} overlap at {second.area}"
            yield Fault("table-overlap", first.info.part, message)


def _read_tables(source: PartSource, sheets: list[SheetInfo]) -> tuple[tuple[LintTable, ...], tuple[Fault, ...]]:
    tables, broken = [], []
    for sheet in sheets:
        for link in relationships(source, sheet.part):
            part = link.leads_into(source)
            if link.kind != "table" or not part:
                continue
            data = source.read(part)
            try:
                info = read_table(data, sheet.name, part, source.where)
            except WorkbookError as error:
                broken.append(Fault("table-broken", part, f"{part}: {error}"))
                continue
            found = elements(data, part)
            area = next((e.attrs.get("ref") for e in found if e.name == "autoFilter"), None)
            count = next((e.attrs.get("count", "") for e in found if e.name == "tableColumns"), "")
            tables.append(LintTable(info, found[0].attrs.get("id", ""), area, count or str(len(info.columns))))
    return tuple(tables), tuple(broken)


def _twice(part: str, kind: str, what: str, values: Iterable[str]) -> Iterator[Fault]:
    for value, count in Counter(values).items():
        if count > 1:
            yield Fault(kind, part, f"{part}: {what} {value!r} is used {count} times")
