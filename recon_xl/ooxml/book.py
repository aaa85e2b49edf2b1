"""The structure of a workbook: its sheets, tables and names, without any cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import Range, parse_range
from recon_xl.ooxml.container import damaged
from recon_xl.ooxml.opc import CONTENT_TYPES, PartSource, relationships
from recon_xl.ooxml.xmltext import Element, elements, excel_unescape


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A worksheet: `index` counts every entry of the tab bar from 0, `state` is visible, hidden or veryHidden."""

    name: str
    part: str
    state: str
    index: int


@dataclass(frozen=True, slots=True)
class TableInfo:
    """An Excel table; rows and columns are counted from 1, `last_row` includes the totals rows."""

    name: str
    sheet: str
    part: str
    first_row: int
    first_col: int
    last_col: int
    last_row: int
    header_row_count: int
    totals_row_count: int
    columns: tuple[str, ...]
    formulas: tuple[str, ...]
    """Per column the formula that Excel fills into new rows, empty for most."""

    @property
    def first_data_row(self) -> int:
        """The first row below the header."""
        return self.first_row + self.header_row_count

    @property
    def last_data_row(self) -> int:
        """The last row above the totals."""
        return self.last_row - self.totals_row_count


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name and what it refers to; `sheet_index` is set when it belongs to one sheet only."""

    name: str
    text: str
    sheet_index: int | None


@dataclass(frozen=True, slots=True)
class Book:
    """All that `workbook.xml` and the tables say."""

    part: str
    sheets: tuple[SheetInfo, ...]
    sheet_names: tuple[str, ...]
    tables: dict[str, TableInfo]
    defined_names: tuple[DefinedName, ...]
    date1904: bool
    styles_part: str | None
    strings_part: str | None
    _by_name: dict[str, SheetInfo] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """A month has thousands of drafts, and each is looked up."""
        object.__setattr__(self, "_by_name", {sheet.name: sheet for sheet in reversed(self.sheets)})

    def sheet(self, name: str, where: str) -> SheetInfo:
        """Return the sheet of that name; raises `WorkbookError` naming the sheets that there are."""
        if name not in self._by_name:
            raise _missing(where, "sheet", name, [sheet.name for sheet in self.sheets])
        return self._by_name[name]

    def table(self, name: str, where: str) -> TableInfo:
        """Return the table of that name; raises `WorkbookError` naming the tables that there are."""
        if name not in self.tables:
            raise _missing(where, "table", name, list(self.tables))
        return self.tables[name]


def read_book(source: PartSource) -> Book:
    """Read the structure of a package; raises `WorkbookError` when it is no workbook or is damaged."""
    part = _workbook_part(source)
    links = {link.id: link for link in relationships(source, part)}
    entries = elements(source.read(part), f"{source.where} > {part}")
    tabs = [entry for entry in entries if entry.name == "sheet" and entry.parent == "sheets"]
    sheets = []
    for index, entry in enumerate(tabs):
        link = links.get(entry.attrs.get("r:id", ""))
        # A tab without a relationship is an old module sheet, a chart sheet has no cells: neither can be read.
        if link is not None and link.kind == "worksheet" and (sheet := link.leads_into(source)):
            state = entry.attrs.get("state", "visible")
            sheets.append(SheetInfo(entry.attrs.get("name", ""), sheet, state, index))
    kinds = {link.kind: target for link in links.values() if (target := link.leads_into(source))}
    return Book(
        part=part,
        sheets=tuple(sheets),
        sheet_names=tuple(entry.attrs.get("name", "") for entry in tabs),
        tables=_tables(source, sheets),
        defined_names=tuple(_defined_name(entry) for entry in entries if entry.name == "definedName"),
        date1904=any(entry.name == "workbookPr" and entry.attrs.get("date1904") in {"1", "true"} for entry in entries),
        styles_part=kinds.get("styles"),
        strings_part=kinds.get("sharedStrings"),
    )


def _workbook_part(source: PartSource) -> str:
    if CONTENT_TYPES in source.names:
        for link in relationships(source, ""):
            if link.kind == "officeDocument" and (part := link.leads_into(source)):
                return part
    raise WorkbookError(
        where=source.where,
        found="a zip archive without a workbook in it",
        expected="an Excel workbook (.xlsx or .xlsm)",
        todo="Unpack the archive and choose the workbook inside, or save it in Excel as .xlsx.",
    )


def _tables(source: PartSource, sheets: list[SheetInfo]) -> dict[str, TableInfo]:
    tables: dict[str, TableInfo] = {}
    for sheet in sheets:
        for link in relationships(source, sheet.part):
            part = link.leads_into(source)
            if link.kind != "table" or not part:
                continue
            table = read_table(source.read(part), sheet.name, part, source.where)
            if table.name in tables:
                raise damaged(f"{source.where} > {sheet.name}", f"a second table named {table.name}")
            tables[table.name] = table
    return tables


@lru_cache(maxsize=128)  # a command reads the structure of its workbook several times, and most tables stay as they are
def read_table(data: bytes, sheet: str, part: str, where: str) -> TableInfo:
    """Return the table described by a table part."""
    entries = elements(data, f"{where} > {part}")
    attrs = entries[0].attrs
    name = attrs.get("displayName") or attrs.get("name", "")
    area: Range | None = parse_range(attrs.get("ref", ""))
    if entries[0].name != "table" or area is None:
        raise damaged(f"{where} > {sheet}", f"table {name!r} without a proper range")
    columns: list[str] = []
    formulas: list[str] = []
    for entry in entries:
        if entry.name == "tableColumn" and entry.parent == "tableColumns":
            columns.append(excel_unescape(entry.attrs.get("name", "")))
            formulas.append("")
        elif entry.name == "calculatedColumnFormula" and formulas:
            formulas[-1] = entry.text
    return TableInfo(
        name=name,
        sheet=sheet,
        part=part,
        first_row=area.first_row,
        first_col=area.first_col,
        last_col=area.last_col,
        last_row=area.last_row,
        header_row_count=int(attrs.get("headerRowCount", "1")),
        totals_row_count=int(attrs.get("totalsRowCount", "0")),
        columns=tuple(columns),
        formulas=tuple(formulas),
    )


def _defined_name(entry: Element) -> DefinedName:
    index = entry.attrs.get("localSheetId")
    return DefinedName(entry.attrs.get("name", ""), entry.text, int(index) if index and index.isdigit() else None)


def _missing(where: str, kind: str, name: str, there: list[str]) -> WorkbookError:
    return WorkbookError(
        where=where,
        found=f"no {kind} named {name!r}",
        expected=f"one of: {', '.join(there) or 'none'}",
        todo=f"Rename the {kind} back, or start from the template.",
    )
