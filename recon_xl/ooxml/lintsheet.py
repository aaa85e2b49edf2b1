"""Faults inside one sheet: rows, cells, merges, rules and validations."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise

from recon_xl.core.cells import Cell
from recon_xl.core.errors import InputError
from recon_xl.ooxml.address import COLUMN_NUMBERS, Range, parse_range
from recon_xl.ooxml.around import Around
from recon_xl.ooxml.book import SheetInfo
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.cellxml import MAX_TEXT
from recon_xl.ooxml.lintbase import Fault, element_faults
from recon_xl.ooxml.lintbook import Layout
from recon_xl.ooxml.lintrows import GoodRows, RowLook
from recon_xl.ooxml.opc import relationships, rels_name
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.rawxml import NotPlainError, read_part, row_texts
from recon_xl.ooxml.xmltext import Element, elements

_MAX_LIST = 255
_MAX_FORMULA = 8192
_DIMENSION = re.compile(r'<dimension ref="[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?"/>')
_COLUMN = re.compile(r'<c\s[^>]*?\br="([A-Z]+)[0-9]+"')
_STYLE = re.compile(r'<c\s[^>]*?\bs="([0-9]+)"')
_FORMULA = re.compile(r"<f(?:\s[^>]*)?>([^<]*)</f>")
_FORMULA_CELL = re.compile(r'<c\s[^>]*?\br="([A-Z]+[0-9]+)"[^>]*><f[\s>/]')


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at in other sheets of the workbook: rows of the same shape, and what surrounds the cells of a clone."""

    rows: GoodRows
    around: dict[str, list[Element]] = field(default_factory=dict)
    good: set[bytes] = field(default_factory=set)

    def is_one_more(self, source: Package, part: str) -> bool:
        """True for a clone of a good sheet: all that was not proved when it was packed is the same, and nothing hangs on it."""
        abridged = source.abridged(part)
        return abridged is not None and abridged in self.good and rels_name(part) not in source.names

    def is_good(self, source: Package, part: str) -> None:
        """Nothing was found on a sheet."""
        abridged = source.abridged(part)
        if abridged is not None and rels_name(part) not in source.names:
            self.good.add(abridged)

    def elements(self, text: str, part: str) -> list[Element]:
        """The elements around the cells; the used range, the one thing in which clones differ, is left out."""
        around = _DIMENSION.sub("", text, count=1)
        if around not in self.around:
            self.around[around] = elements(around.encode(), part)
        return self.around[around]


def sheet_faults(
    source: Package, layout: Layout, sheet: SheetInfo, reader: CellReader, looked: Looked
) -> Iterator[Fault]:
    """All faults of a sheet's cells and of what surrounds them; the sheet is read once, as a stream."""
    part = sheet.part
    headers = {table.info.first_row for table in layout.tables if table.info.sheet == sheet.name}
    found: dict[int, list[Cell]] = {}
    text = Around()
    texts = read_part(lambda: source.open_for_lint(part), part, lambda blocks: text.through(blocks, row_texts))
    look = RowLook(looked.rows, headers=max(headers, default=0))
    try:
        for previous, number, inner in chain.from_iterable(map(look.doubtful, texts)):
            if number <= previous:
                yield Fault("row-order", part, f"{part}: row {number} comes after row {previous}")
            yield from _row_faults(part, number, inner, layout.style_count)
            row = reader.row(number, inner)
            yield from _text_faults(part, number, row)
            if number in headers:
                found[number] = row
    except InputError as error:
        yield Fault("cell", part, f"{part}: {error}")
    except NotPlainError:
        yield Fault("broken", part, f"{part}: rows or cells that do not end")
    deque(texts, maxlen=0)
    around = looked.elements(text.head + text.tail, part)
    yield from element_faults(part, around, {link.id for link in relationships(source, part)})
    yield from _rule_faults(part, around, layout.diff_style_count)
    yield from _merge_faults(part, around, layout, sheet.name)
    yield from _header_faults(layout, sheet.name, found)


def formula_cells(data: bytes) -> set[str]:
    """Return the addresses of all cells that hold a formula."""
    return set(_FORMULA_CELL.findall(data.decode("utf-8", "replace")))


def _row_faults(part: str, number: int, inner: str, styles: int) -> Iterator[Fault]:
    columns = [COLUMN_NUMBERS.get(letters, 0) for letters in _COLUMN.findall(inner)]
    if any(right <= left for left, right in pairwise(columns)):
        yield Fault("cell-order", part, f"{part}: row {number} has cells out of order or twice")
    for style in set(_STYLE.findall(inner)):
        if int(style) >= styles:
            yield Fault("style-index", part, f"{part}: row {number} uses style {style} of {styles}")
    if "<f" in inner and any(len(formula) > _MAX_FORMULA for formula in _FORMULA.findall(inner)):
        yield Fault("formula-length", part, f"{part}: row {number} has a formula of more than {_MAX_FORMULA:,}")


def _text_faults(part: str, number: int, row: list[Cell]) -> Iterator[Fault]:
    for column, cell in enumerate(row, 1):
        if isinstance(cell, str) and len(cell) > MAX_TEXT // 2 and len(cell.encode("utf-16-le")) // 2 > MAX_TEXT:
            yield Fault("text-length", part, f"{part}: row {number}, column {column} holds more than {MAX_TEXT:,}")


def _header_faults(layout: Layout, sheet: str, rows: dict[int, list[Cell]]) -> Iterator[Fault]:
    for table in layout.tables:
        info = table.info
        if info.sheet != sheet or not info.header_row_count:
            continue
        row = rows.get(info.first_row, [])
        for column, header in enumerate(info.columns, info.first_col):
            cell = row[column - 1] if column <= len(row) else None
            if cell != header:
                message = f"{info.part}: table {info.name} has header {header!r}, but its cell holds {cell!r}"
                yield Fault("header", info.part, message)


def _rule_faults(part: str, around: list[Element], diff_styles: int) -> Iterator[Fault]:
    for element in around:
        sqref = element.attrs.get("sqref")
        if sqref is not None and not all(_is_area(area) for area in sqref.split()):
            yield Fault("sqref", part, f"{part}: {element.name} covers {sqref!r}, which is no range")
        if element.name == "formula1" and element.text.startswith('"') and len(element.text) - 2 > _MAX_LIST:
            yield Fault("list-length", part, f"{part}: a drop-down list of {len(element.text) - 2} characters")
        style = element.attrs.get("dxfId") if element.name == "cfRule" else None
        if style is not None and int(style) >= diff_styles:
            yield Fault("dxf-index", part, f"{part}: a rule uses format {style} of {diff_styles}")


def _merge_faults(part: str, around: list[Element], layout: Layout, sheet: str) -> Iterator[Fault]:
    merges = [parse_range(element.attrs.get("ref", "")) for element in around if element.name == "mergeCell"]
    areas = sorted(area for area in merges if area is not None)
    tables = [table.area for table in layout.tables if table.info.sheet == sheet]
    open_areas: list[Range] = []
    for area in areas:
        open_areas = [other for other in open_areas if other.last_row >= area.first_row]
        if any(area.overlaps(other) for other in (*open_areas, *tables)):
            yield Fault("merge-overlap", part, f"{part}: merged cells {area} overlap others or a table")
        open_areas.append(area)
    if len(areas) != len(merges):
        yield Fault("merge-range", part, f"{part}: merged cells without a proper range")


def _is_area(text: str) -> bool:
    whole = re.fullmatch(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})|\$?([0-9]{1,7}):\$?([0-9]{1,7})", text)
    if whole and whole[1]:
        return COLUMN_NUMBERS.get(whole[1], 0) > 0 and COLUMN_NUMBERS.get(whole[2], 0) > 0
    return whole is not None or parse_range(text) is not None
