"""XML at the level of text: small parts as a list of elements, and the escapes that Excel uses in text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.container import damaged

RELATIONSHIPS_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_NS = "http://purl.oclc.org/ooxml/"

_BLOCK = 1 << 18
_LONGEST = 1 << 20
"""Bytes of one tag or one text of a small part; Excel's longest are a few thousand."""
_WHOLE = 32 << 20
_MOST_ELEMENTS = 300_000
_DEEPEST = 256
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z]+);|&")
_EXCEL_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class Element:
    """One element of a small part: local names only; an attribute of the relationships namespace is `r:…`."""

    name: str
    parent: str
    attrs: dict[str, str] = field(default_factory=dict)
    text: str = ""


def elements(data: bytes, where: str) -> list[Element]:
    """All elements of a part in document order; refuses a DOCTYPE, strict OOXML, broken XML and what is made to swell."""
    if len(data) > _WHOLE:
        raise damaged(where, f"a part of {len(data) >> 20:,} MiB (limit {_WHOLE >> 20}) that workbooks keep small")
    found: list[Element] = []
    stack: list[Element] = []

    def start(name: str, attrs: dict[str, str]) -> None:
        local, is_strict = _local(name)
        if is_strict:
            raise _strict(where)
        check_depth(len(stack), where)
        if len(found) >= _MOST_ELEMENTS:
            raise damaged(where, f"more than {_MOST_ELEMENTS:,} elements in a part that workbooks keep small")
        parent = stack[-1].name if stack else ""
        if " " in "".join(attrs):  # one has a namespace, which few have
            attrs = {_attribute(key): value for key, value in attrs.items()}
        element = Element(local, parent, attrs)
        found.append(element)
        stack.append(element)

    def text(data: str) -> None:
        stack[-1].text += data
        if len(stack[-1].text) > _LONGEST:
            raise _too_long(where)

    parser = safe_parser(where)
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: stack.pop()
    parser.CharacterDataHandler = text
    for start_of_block in range(0, len(data), _BLOCK):
        feed(parser, data[start_of_block : start_of_block + _BLOCK], where, last=False)
        check_tag(parser, min(start_of_block + _BLOCK, len(data)), where)
    feed(parser, b"", where)
    return found


def check_depth(depth: int, where: str) -> None:
    """Raise `WorkbookError` for elements nested deeper than any workbook's."""
    if depth > _DEEPEST:
        raise damaged(where, f"XML nested more than {_DEEPEST} deep")


def check_tag(parser: expat.XMLParserType, fed: int, where: str) -> None:
    """Raise `WorkbookError` where so many bytes were fed and a tag that began long before has not ended yet."""
    if fed - parser.CurrentByteIndex > _LONGEST + _BLOCK:
        raise _too_long(where)


def safe_parser(where: str) -> expat.XMLParserType:
    """Return an expat parser that knows namespaces and refuses document types, and so every entity attack."""

    def refuse(*_args: object) -> NoReturn:
        raise damaged(where, "XML with a document type (DOCTYPE), which workbooks never have")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, data: bytes, where: str, *, last: bool = True) -> None:
    """Parse one block; broken XML becomes a `WorkbookError`."""
    try:
        parser.Parse(data, last)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two: an encoding that nobody knows
        raise damaged(where, f"broken XML ({error})") from error


def unescape(text: str) -> str:
    """Replace the XML entities of raw text; raises `ValueError` on one that XML does not define."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def excel_unescape(text: str) -> str:
    """Replace Excel's `_xHHHH_` escapes; raises `ValueError` on half of a surrogate pair."""
    if "_x" not in text:
        return text
    decoded = _EXCEL_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Characters above U+FFFF may be escaped as two halves; joining them also rejects a lone half.
    return decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def escape(text: str) -> str:
    """Text made safe for XML content and for attributes in double quotes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name is None or (not name.startswith("#") and name not in _ENTITIES):
        raise ValueError(match[0])
    if not name.startswith("#"):
        return _ENTITIES[name]
    return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))


@lru_cache(maxsize=1024)
def _local(name: str) -> tuple[str, bool]:
    """The name of an element without its namespace, and whether that is one of strict OOXML."""
    namespace, _, local = name.rpartition(" ")
    return local, namespace.startswith(_STRICT_NS)


@lru_cache(maxsize=1024)
def _attribute(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    if namespace.startswith(_STRICT_NS) or namespace == RELATIONSHIPS_NS:
        return f"r:{local}"
    return f"{namespace}:{local}" if namespace else local


def _too_long(where: str) -> WorkbookError:
    return damaged(where, f"a text or attribute of more than {_LONGEST:,} characters")


def _strict(where: str) -> WorkbookError:
    return WorkbookError(
        where=where,
        found="a workbook saved as Strict Open XML",
        expected="an ordinary Excel workbook (.xlsx)",
        todo='Save it in Excel as "Excel Workbook (*.xlsx)", not as "Strict Open XML Spreadsheet".',
    )
