"""Parts that the splice changes, as bytes with the places of their elements; nothing is loaded and written back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.container import damaged
from recon_xl.ooxml.xmltext import escape, feed, safe_parser

_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_PLAIN = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml(?![^>]*encoding=(?!["'][Uu][Tt][Ff]-8))[^>]*\?>)?\s*<[A-Za-z]+[\s>]"""
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DEFAULTS = frozenset({("pivotButton", "0"), ("quotePrefix", "0"), ("hidden", "0")})
"""Attributes that say nothing."""

Key = tuple[object, ...]


@dataclass(slots=True)
class Item:
    """An element of a section: where it lies, its attributes, and `key`, which equal elements share however they are spelled."""

    start: int
    end: int
    attrs: dict[str, str]
    key: Key


@dataclass(slots=True)
class Section:
    """A child of the root. Its items stand between `opened` and `closed`; an empty tag has both at its end."""

    name: str
    start: int
    opened: int
    closed: int = 0
    end: int = 0
    items: list[Item] = field(default_factory=list)

    @property
    def is_empty_tag(self) -> bool:
        """True for `<dxfs/>`."""
        return self.opened == self.end


def sections(data: bytes, where: str) -> list[Section]:
    """The children of the root with their items, in file order; refuses what is broken or has a document type."""
    scan = _Scan(data, safe_parser(where))
    feed(scan.parser, data, where)
    return scan.found


class _Scan:
    """Collects sections and items while expat walks through a part."""

    def __init__(self, data: bytes, parser: expat.XMLParserType) -> None:
        self._data = data
        self.parser = parser
        self.found: list[Section] = []
        self._depth = 0
        self._key: list[object] = []
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, attrs: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        if self._depth == 1:
            self.found.append(Section(name.rpartition(" ")[2], at, tag_end(self._data, at)))
        elif self._depth == 2:
            plain = {key: value for key, value in attrs.items() if " " not in key}
            self.found[-1].items.append(Item(at, tag_end(self._data, at), plain, ()))
            self._key.clear()
        if self._depth >= 2:
            self._key += [name, tuple(sorted(attrs.items() - _DEFAULTS))]
        self._depth += 1

    def _end(self, _name: str) -> None:
        self._depth -= 1
        at = self.parser.CurrentByteIndex
        if self._depth >= 2:
            self._key.append(None)
        if self._depth == 2:
            item = self.found[-1].items[-1]
            item.key = tuple(self._key)
            item.end = self._closing(item.end, at)[1]
        elif self._depth == 1:
            section = self.found[-1]
            section.closed, section.end = self._closing(section.opened, at)

    def _text(self, text: str) -> None:
        if self._depth > 2 and text.strip():
            self._key.append(text)

    def _closing(self, opened: int, at: int) -> tuple[int, int]:
        """Where the closing tag begins and ends; expat stands behind an empty tag."""
        return (opened, opened) if self._data[opened - 2 : opened - 1] == b"/" else (at, tag_end(self._data, at))


def tag_end(data: bytes, start: int) -> int:
    """The place behind the tag that begins there."""
    match = _TAG.match(data, start)
    if match is None:
        raise damaged("XML", "a tag that does not end")
    return match.end()


def plain_form(data: bytes, where: str) -> bytes:
    """The same document in the spelling of Excel: UTF-8, no prefix for the main namespace, double quotes, no comments.

    A part that has it already comes back as it is. `WorkbookError` where the prefix cannot go.
    """
    if _PLAIN.match(data) and b"<!" not in data and b"='" not in data:
        return data
    parser = safe_parser(where)  # its document type and entity rules, and its namespace check
    feed(parser, data, where)
    return "".join(_Respelled(data, where).pieces()).encode()


class _Respelled:
    """Spells a document anew; every namespace stays declared, because Excel looks for names that only attributes mention."""

    def __init__(self, data: bytes, where: str) -> None:
        self._where = where
        self._data = data
        self._prefix: str | None = None
        self._out: list[str] = [_DECLARATION]
        self._is_open = False

    def pieces(self) -> Iterator[str]:
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        feed(parser, self._data, self._where)
        yield from self._out

    def _start(self, name: str, attributes: list[str]) -> None:
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        if self._prefix is None:
            self._prefix = name.rpartition(":")[0]
        if self._prefix:
            if any(key == "xmlns" for key, _value in pairs):
                raise _unusual(self._where)
            pairs = [("xmlns" if key == f"xmlns:{self._prefix}" else key, value) for key, value in pairs]
        self._close()
        spelled = "".join(f' {key}="{escape(value)}"' for key, value in pairs)
        self._out.append(f"<{self._local(name)}{spelled}")
        self._is_open = True

    def _end(self, name: str) -> None:
        self._out.append("/>" if self._is_open else f"</{self._local(name)}>")
        self._is_open = False

    def _text(self, text: str) -> None:
        self._close()
        self._out.append(escape(text))

    def _close(self) -> None:
        if self._is_open:
            self._out.append(">")
            self._is_open = False

    def _local(self, name: str) -> str:
        return name.removeprefix(f"{self._prefix}:") if self._prefix else name


def _unusual(where: str) -> WorkbookError:
    return WorkbookError(
        where=where,
        found="a part with two namespaces in an unusual spelling",
        expected="a workbook as Excel saves it",
        todo="Open the workbook in Excel, save it, and upgrade again.",
    )
