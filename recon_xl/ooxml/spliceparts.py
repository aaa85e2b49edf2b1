"""Parts of the scaffolding brought into another package under free names, with everything that hangs on them."""

from __future__ import annotations

from collections.abc import Callable

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.opc import ContentTypes, Relationship, relationships, relationships_xml, rels_name
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.sheetparts import free_name

Changed = Callable[[str, bytes], bytes]
"""What a part of a kind (`table`, `chart`) becomes on its way."""


class PartGraft:
    """Copies parts from one package into another; a part that is needed twice is copied once."""

    def __init__(self, source: Package, target: Package, types: ContentTypes, changed: Changed) -> None:
        """`types` are the target's; the caller writes them."""
        self._source, self._target, self._types, self._changed = source, target, types, changed
        self._source_types = ContentTypes.parse(source)
        self._copies: dict[str, str] = {}

    def hang(self, part: str, copy: str) -> None:
        """Give a copied part copies of everything that hangs on the original, under the same ids."""
        links = [self._link(link) for link in relationships(self._source, part)]
        if links:
            self._target.add(rels_name(copy), relationships_xml(links))

    def _link(self, link: Relationship) -> Relationship:
        part = link.leads_into(self._source)
        if not part:
            return link
        copy = self._copy(link.kind, part)
        return Relationship(link.id, link.type, f"/{copy}", copy)

    def _copy(self, kind: str, part: str) -> str:
        if part not in self._copies:
            copy = self._copies[part] = free_name(self._target, part)[0]
            self._target.add(copy, self._changed(kind, self._source.read(part)))
            self._types.overrides[copy] = self._source_types.of(part) or "application/xml"
            self.hang(part, copy)
        return self._copies[part]


def check_can_take(package: Package, *, signed_macros: bool) -> None:
    """Refuse a package that new tabs would break; `signed_macros`: the user knows that the signature of the macros goes."""
    for name in package.names:
        lower = name.casefold()
        for start, found, todo in _REFUSED:
            if lower.startswith(start):
                raise WorkbookError(where=package.where, found=found, expected=_EXPECTED, todo=todo)
        if "vbaprojectsignature" in lower and not signed_macros:
            raise WorkbookError(
                where=package.where, found="macros with a digital signature", expected=_EXPECTED,
                todo="New tabs change the macro project when Excel next saves it, and the signature goes unless its owner "
                "signs again. Say --yes-signed-macros to go on, or write a copy with --out.",
            )  # fmt: skip


_EXPECTED = "a workbook that new tabs may come into"
_REFUSED = (
    ("_xmlsignatures/", "a digitally signed workbook", "Remove the signature (File > Info > View Signatures), or use a copy."),
    ("xl/revisions/", "a workbook shared in the old way", "Stop sharing it (Review > Unshare Workbook)."),
)  # fmt: skip
