"""The workbook's cell formats, as far as writing needs them: a twin of a format that keeps text from acting.

Text that begins like a formula is stored as text and stays so; but a user who presses F2 and Enter on it would
make Excel read it as a formula. The format property `quotePrefix` prevents that, without changing the text.
"""

from __future__ import annotations

import re
from functools import cached_property

from recon_xl.ooxml.opc import PartSource
from recon_xl.ooxml.package import Package

_FORMATS = re.compile(r"(<cellXfs)([^>]*)(>)(.*?)(</cellXfs>)", re.DOTALL)
_FORMAT = re.compile(r"<xf(?=[\s/>])([^>]*?)(/>|>.*?</xf>)", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_COUNT = re.compile(r'\scount="[0-9]+"')

_Format = tuple[frozenset[tuple[str, str]], str]


class CellStyles:
    """The cell formats of a package; twins are added to its style part only when one is needed."""

    def __init__(self, package: Package | PartSource, part: str | None) -> None:
        self._package = package
        self._part = part
        self._quoted: dict[str, str] = {}
        self._plain: dict[str, str] = {}

    @property
    def count(self) -> int:
        """How many formats there are by now."""
        return len(self._formats)

    def quoted(self, style: str | None) -> str | None:
        """Return the style id of the same format with the quote prefix."""
        key = style or "0"
        if key not in self._quoted:
            self._quoted[key] = self._twin(key, quoted=True)
        return self._quoted[key]

    def plain(self, style: str | None) -> str | None:
        """Return the style id of the same format without the quote prefix, as other values than such text need it."""
        if style is None:
            return None
        if style not in self._plain:
            known = int(style) < len(self._formats) and _is_quoted(self._formats[int(style)])
            self._plain[style] = self._twin(style, quoted=False) if known else style
        return self._plain[style]

    def look(self, style: str | None) -> object:
        """Return what a cell of this style looks like; the quote prefix, which nobody sees, is left out."""
        number = int(style or "0")
        if number >= len(self._formats):
            return style
        attrs, rest = self._formats[number]
        return frozenset(pair for pair in attrs if pair[0] != "quotePrefix"), rest

    def _twin(self, style: str, *, quoted: bool) -> str:
        """Return the id of the same format with or without the prefix; it is added when there is none."""
        if int(style) >= len(self._formats):
            return style
        attrs, rest = self._formats[int(style)]
        bare = frozenset(pair for pair in attrs if pair[0] != "quotePrefix")
        wanted = (bare | {("quotePrefix", "1")} if quoted else bare, rest)
        if wanted not in self._ids:
            self._append(wanted)
        return str(self._ids[wanted])

    @cached_property
    def _formats(self) -> list[_Format]:
        data = self._package.read(self._part).decode("utf-8") if self._part else ""
        match = _FORMATS.search(data)
        found = _FORMAT.findall(match[4]) if match else []
        return [_canonical(attrs, rest) for attrs, rest in found]

    @cached_property
    def _ids(self) -> dict[_Format, int]:
        return {found: index for index, found in reversed(list(enumerate(self._formats)))}

    def _append(self, wanted: _Format) -> None:
        if self._part is None or not isinstance(self._package, Package):
            return
        attrs = "".join(f' {name}="{value}"' for name, value in sorted(wanted[0]))
        self._ids[wanted] = len(self._formats)
        self._formats.append(wanted)
        count = f' count="{len(self._formats)}"'

        def add(match: re.Match[str]) -> str:
            return f"{match[1]}{_COUNT.sub('', match[2])}{count}{match[3]}{match[4]}<xf{attrs}{wanted[1]}{match[5]}"

        text = self._package.read(self._part).decode("utf-8")
        self._package.replace(self._part, _FORMATS.sub(add, text, count=1).encode())


def _canonical(attrs: str, rest: str) -> _Format:
    pairs = {(name, value) for name, value in _ATTRIBUTE.findall(attrs) if (name, value) != ("quotePrefix", "0")}
    return frozenset(pairs), rest


def _is_quoted(found: _Format) -> bool:
    return any(name == "quotePrefix" and value in {"1", "true"} for name, value in found[0])
