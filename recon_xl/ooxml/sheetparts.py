"""The parts that hang on a sheet: copied with it, removed with it."""

from __future__ import annotations

import posixpath
import re

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.opc import ContentTypes, Relationship, relationships, relationships_xml, rels_name
from recon_xl.ooxml.package import Package

# These parts belong to one sheet only; pictures and the like may serve several and are never copied or removed.
_OWNED = frozenset({
    "drawing", "vmlDrawing", "comments", "threadedComment", "printerSettings", "chart", "chartUserShapes",
    "ctrlProp", "table", "style", "colors", "chartStyle", "chartColorStyle",
})  # fmt: skip


def copy_relationships(package: Package, types: ContentTypes, source: str, target: str) -> None:
    """Give a copied part the same relationships; parts that only one sheet may have are copied too."""
    links = []
    for link in relationships(package, source):
        if link.kind == "table":
            raise WorkbookError(
                where=f"{package.where} > {source}",
                found="an Excel table on a template sheet",
                expected="plain cells, because a table cannot be on two sheets",
                todo="Take the template sheet from a fresh workbook template.",
            )
        copied = link.target if link.part is None else f"/{_copy_part(package, types, link, link.part)}"
        links.append(Relationship(link.id, link.type, copied, link.part))
    if links:
        package.add(rels_name(target), relationships_xml(links))


def remove_part(package: Package, types: ContentTypes, part: str) -> None:
    """Remove a part with its relationships and the parts that only it has."""
    remove_owned(package, types, part)
    package.remove(part)
    types.overrides.pop(part, None)


def remove_owned(package: Package, types: ContentTypes, part: str) -> None:
    """Remove a part's relationships and the parts that only it has, but not the part itself."""
    for owner in (part, *(owned := owned_parts(package, part))):
        if rels_name(owner) in package.names:
            package.remove(rels_name(owner))
    for target in owned:
        package.remove(target)
        types.overrides.pop(target, None)


def owned_parts(package: Package, part: str) -> set[str]:
    """Return the parts that only this part has, at any depth."""
    owned = {
        target for link in relationships(package, part) if link.kind in _OWNED if (target := link.leads_into(package))
    }
    return owned.union(*(owned_parts(package, target) for target in owned))


def free_name(package: Package, pattern: str, number: int = 1) -> tuple[str, int]:
    """Return a part name like the pattern, `xl/worksheets/sheet7.xml`, with the first number from `number` on that is free.

    No part has it in any letter case. The second value is the number after it, where the next search may begin.
    """
    stem, extension = posixpath.splitext(pattern)
    stem = re.sub(r"[0-9]+$", "", stem)
    while package.holds(f"{stem}{number}{extension}"):
        number += 1
    return f"{stem}{number}{extension}", number + 1


def _copy_part(package: Package, types: ContentTypes, link: Relationship, part: str) -> str:
    if link.kind not in _OWNED or part not in package.names:
        return part
    copy, _next = free_name(package, part)
    package.add(copy, package.read(part))
    if part in types.overrides:
        types.overrides[copy] = types.overrides[part]
    copy_relationships(package, types, part, copy)
    return copy
