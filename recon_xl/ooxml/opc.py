"""Open Packaging Conventions: relationships between parts, and the list of content types."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from urllib.parse import unquote

from recon_xl.ooxml.xmltext import elements, escape

CONTENT_TYPES = "[Content_Types].xml"
_PACKAGE_NS = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class PartSource(Protocol):
    """Where parts are read from: an open file or an edited package."""

    @property
    def where(self) -> str:
        """The file name, for messages."""

    @property
    def names(self) -> Collection[str]:
        """The names of all parts."""

    def read(self, part: str) -> bytes:
        """Return the whole content of one part."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """One link from a part: `target` is as written, `part` the name it leads to (None when it leaves the file)."""

    id: str
    type: str
    target: str
    part: str | None

    def leads_into(self, source: PartSource) -> str:
        """Return the part that it leads to when the package has it, else an empty text."""
        return self.part if self.part is not None and self.part in source.names else ""

    @property
    def kind(self) -> str:
        """The last word of the type: `worksheet`, `table`, `drawing`."""
        return self.type.rpartition("/")[2]


def rels_name(part: str) -> str:
    """Return the name of the part that holds another part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships(source: PartSource, part: str) -> list[Relationship]:
    """Return the relationships of a part in file order; empty when it has none. `part=""` means the whole package."""
    name = rels_name(part)
    if name not in source.names:
        return []
    return list(_links(source.read(name), part, f"{source.where} > {name}"))


@lru_cache(maxsize=512)  # a command follows the same links several times
def _links(data: bytes, part: str, where: str) -> tuple[Relationship, ...]:
    found = []
    for element in elements(data, where):
        if element.name == "Relationship":
            target = element.attrs.get("Target", "")
            external = element.attrs.get("TargetMode") == "External"
            resolved = None if external else resolve(part, target)
            found.append(Relationship(element.attrs.get("Id", ""), element.attrs.get("Type", ""), target, resolved))
    return tuple(found)


def resolve(part: str, target: str) -> str:
    """Return the part name that a relative or absolute target means, seen from a part."""
    path = unquote(target.partition("#")[0])
    joined = path if path.startswith("/") else posixpath.join("/", posixpath.dirname(part), path)
    return posixpath.normpath(joined).lstrip("/")


def relationships_xml(items: Iterable[Relationship]) -> bytes:
    """Return the relationships part for these links."""
    links = "".join(
        f'<Relationship Id="{escape(item.id)}" Type="{escape(item.type)}" Target="{escape(item.target)}"'
        + (' TargetMode="External"/>' if item.part is None else "/>")
        for item in items
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE_NS}/relationships">{links}</Relationships>'.encode()


def free_id(used: Collection[str]) -> str:
    """Return a relationship id that is not among those in use, a set."""
    number = len(used) + 1
    while f"rId{number}" in used:
        number += 1
    return f"rId{number}"


@dataclass(slots=True)
class ContentTypes:
    """What kind of content each part holds: by its own name, else by its extension."""

    defaults: dict[str, str]
    overrides: dict[str, str]

    @classmethod
    def parse(cls, source: PartSource) -> ContentTypes:
        """Return the content types of a package."""
        types = cls({}, {})
        for element in elements(source.read(CONTENT_TYPES), f"{source.where} > {CONTENT_TYPES}"):
            attrs = element.attrs
            if element.name == "Default":
                types.defaults[attrs.get("Extension", "").lower()] = attrs.get("ContentType", "")
            elif element.name == "Override":
                types.overrides[attrs.get("PartName", "").lstrip("/")] = attrs.get("ContentType", "")
        return types

    def of(self, part: str) -> str | None:
        """Return the content type of a part, None when none is declared."""
        return self.overrides.get(part) or self.defaults.get(part.rpartition(".")[2].lower())

    def xml(self) -> bytes:
        """Return the `[Content_Types].xml` part."""
        lines = [
            f'<Default Extension="{escape(name)}" ContentType="{escape(kind)}"/>'
            for name, kind in self.defaults.items()
        ]
        lines += [
            f'<Override PartName="/{escape(name)}" ContentType="{escape(kind)}"/>'
            for name, kind in self.overrides.items()
        ]
        return f'{_DECLARATION}<Types xmlns="{_PACKAGE_NS}/content-types">{"".join(lines)}</Types>'.encode()
