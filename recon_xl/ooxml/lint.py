"""Finds faults in a workbook that make Excel repair it, above all those that Microsoft's own validator misses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.lintbase import Fault, element_faults, pointing_elements
from recon_xl.ooxml.lintbook import Layout, book_faults, read_layout
from recon_xl.ooxml.lintrows import GoodRows
from recon_xl.ooxml.lintsheet import Looked, formula_cells, sheet_faults
from recon_xl.ooxml.opc import CONTENT_TYPES, ContentTypes, PartSource, relationships, rels_name, resolve
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.xmltext import elements


def lint(path: Path) -> list[str]:
    """One message a fault, with part and address; empty for a good workbook. Never raises for a bad one."""
    try:
        return [fault.message for fault in _all_faults(Package(path))]
    except WorkbookError as error:
        return [str(error)]


def new_faults(edited: Package) -> list[str]:
    """Return the faults of an edited package, in kinds and parts that the file, as it was read, did not have."""
    found = _all_faults(edited, edited.changed)
    if not found:
        return []
    known = Counter((fault.kind, fault.part) for fault in _all_faults(edited.as_read(), edited.changed))
    now = Counter((fault.kind, fault.part) for fault in found)
    return [fault.message for fault in found if now[fault.kind, fault.part] > known[fault.kind, fault.part]]


def _all_faults(source: Package, parts: Collection[str] | None = None) -> list[Fault]:
    """All faults; with `parts`, cells are looked at in these sheets only. What cannot be read at all is one fault."""
    found = []
    try:
        for fault in _faults(source, parts):
            found.append(fault)  # noqa: PERF402 - those found before a part that cannot be read count too
    except WorkbookError as error:
        found.append(Fault("unreadable", error.where, str(error)))
    return found


def _faults(source: Package, parts: Collection[str] | None) -> Iterator[Fault]:
    yield from _package_faults(source)
    layout = read_layout(source)
    yield from book_faults(layout)
    strings = source.strings(layout.strings_part)
    looked = Looked(GoodRows(lambda: layout.style_count, lambda: len(strings)))
    for sheet in layout.sheets:
        if (parts is None or sheet.part in parts) and not looked.is_one_more(source, sheet.part):
            reader = CellReader(f"{source.where} > {sheet.name}", strings, frozenset())
            found = list(sheet_faults(source, layout, sheet, reader, looked))
            yield from found
            if not found:
                looked.is_good(source, sheet.part)
    if layout.calc_part:
        yield from _calc_faults(source, layout, layout.calc_part)


def _calc_faults(source: PartSource, layout: Layout, part: str) -> Iterator[Fault]:
    """Yield a fault for each cell of the calculation chain that holds no formula."""
    formulas: dict[str, set[str]] = {}
    sheet_id = ""
    for element in elements(source.read(part), part):
        sheet_id = element.attrs.get("i", sheet_id)
        ref = element.attrs.get("r")
        if ref is None:
            continue
        if sheet_id not in formulas:
            sheet_part = layout.sheet_ids.get(sheet_id)
            formulas[sheet_id] = formula_cells(source.read(sheet_part)) if sheet_part else set()
        if ref not in formulas[sheet_id]:
            yield Fault("calc-chain", part, f"{part}: {ref} of sheet {sheet_id} has no formula")


def _package_faults(source: PartSource) -> Iterator[Fault]:
    types = ContentTypes.parse(source)
    for part in types.overrides:
        if part not in source.names:
            yield Fault("type-without-part", CONTENT_TYPES, f"{CONTENT_TYPES}: a type for the missing part {part}")
    for part in source.names:
        if part != CONTENT_TYPES and not part.endswith("/") and types.of(part) is None:
            yield Fault("no-content-type", part, f"{part}: no content type")
        if part.endswith(".rels"):
            yield from _relationship_faults(source, _owner(part))


def _relationship_faults(source: PartSource, part: str) -> Iterator[Fault]:
    links = relationships(source, part)
    name = rels_name(part)
    for link in links:
        if link.part is not None and not link.target.startswith("#") and link.part not in source.names:
            yield Fault("missing-target", name, f"{name}: {link.id} leads to the missing part {link.part}")
    for identifier, count in Counter(link.id for link in links).items():
        if count > 1:
            yield Fault("duplicate-relationship", name, f"{name}: {identifier} is used {count} times")
    if part in source.names and part.endswith(".xml") and "/worksheets/" not in part:
        known = {link.id for link in links}
        yield from element_faults(part, pointing_elements(source, part), known)


def _owner(rels: str) -> str:
    folder, _, name = rels.rpartition("_rels/")
    return resolve("", folder + name.removesuffix(".rels")) if name != ".rels" else ""
