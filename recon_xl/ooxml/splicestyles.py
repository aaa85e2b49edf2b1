"""The scaffolding's formats appended to a user's own: equal ones are used, none of theirs moves or changes.

A cell names its format by a number, and so does a rule by its differential format. Ours get new numbers at the end
of the user's lists; `cell_formats` and `diff_formats` say which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.splicexml import Item, Key, Section, sections

MAX_CELL_FORMATS = 64_000
"""What Excel allows."""

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip
_FIRST_OWN_FORMAT = 164
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OURS = "recon-xl"

EMPTY_STYLES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).encode()
"""What Excel assumes where a workbook has no styles at all."""


class StyleGraft:
    """Makes the user's style part hold every format of ours; `result` is the part as it shall be."""

    def __init__(self, ours: bytes, theirs: bytes, where: str, *, is_ours: bool = False) -> None:
        """`is_ours`: the workbook is recon-xl's, so that its named styles are meant by their names."""
        self._ours, self._where, self._is_ours = _Part(ours, where), where, is_ours
        self._theirs = _Part(theirs, where)
        formats = self._number_formats()
        fonts, fills, borders = (self._merged(name) for name in ("fonts", "fills", "borders"))
        numbers = {"numFmtId": formats, "fontId": fonts, "fillId": fills, "borderId": borders}
        styles = self._named_styles(numbers)
        self.cell_formats = self._merged("cellXfs", partial(_renumbered, maps={**numbers, "xfId": styles}))
        self.diff_formats = self._merged("dxfs", partial(_renumbered, maps={"numFmtId": self._rule_formats()}))
        if len(self._theirs.keys("cellXfs")) > MAX_CELL_FORMATS:
            raise WorkbookError(
                where=where, found=f"more than {MAX_CELL_FORMATS:,} cell formats with those of recon-xl",
                expected="fewer, as Excel allows",
                todo="Remove unused cell styles in Excel (Check Performance on the Review tab), save, and upgrade again.",
            )  # fmt: skip
        self.result = self._theirs.written()

    def _merged(self, name: str, changed: Callable[[str], str] = str) -> dict[int, int]:
        """Our number -> theirs in one list of formats."""
        numbers = {}
        for number, text in enumerate(self._ours.texts(name)):
            numbers[number] = self._theirs.place_of(name, changed(text))
        return numbers

    def _number_formats(self) -> dict[int, int]:
        known = {item.attrs.get("formatCode"): int(item.attrs["numFmtId"]) for item in self._theirs.items("numFmts")}
        used = self._used_ids()
        numbers = {}
        for item, text in zip(self._ours.items("numFmts"), self._ours.texts("numFmts"), strict=True):
            number = known.get(item.attrs["formatCode"])
            if number is None:
                number = _free(used)
                self._theirs.place_of("numFmts", _renumbered(text, {"numFmtId": {int(item.attrs["numFmtId"]): number}}))
            numbers[int(item.attrs["numFmtId"])] = number
        return numbers

    def _rule_formats(self) -> dict[int, int]:
        """Formats inside rules have numbers of the same kind, but stand in no list."""
        known = {code: number for number, code in _formats_within(self._theirs, "dxfs")}
        known |= {item.attrs["formatCode"]: int(item.attrs["numFmtId"]) for item in self._theirs.added("numFmts")}
        used = self._used_ids()
        return {number: known.get(code) or _free(used) for number, code in _formats_within(self._ours, "dxfs")}

    def _used_ids(self) -> set[int]:
        listed = [*self._theirs.items("numFmts"), *self._theirs.added("numFmts")]
        within = {number for number, _code in _formats_within(self._theirs, "dxfs")}
        return {int(item.attrs["numFmtId"]) for item in listed} | within

    def _named_styles(self, numbers: dict[str, dict[int, int]]) -> dict[int, int]:
        """Our style's number -> theirs; a style of theirs that has the name and looks different stays what it is."""
        places = {}
        formats = self._ours.texts("cellStyleXfs")
        for item in self._ours.items("cellStyles"):
            number = int(item.attrs["xfId"])
            if item.attrs.get("builtinId") == "0":
                places[number] = self._normal()
            else:
                places[number] = self._named_style(item, _renumbered(formats[number], numbers))
        return places

    def _named_style(self, item: Item, text: str) -> int:
        styles = [*self._theirs.items("cellStyles"), *self._theirs.added("cellStyles")]
        by_name = {style.attrs.get("name", "").casefold(): int(style.attrs["xfId"]) for style in styles}
        built_in = {style.attrs["builtinId"] for style in styles if "builtinId" in style.attrs}
        for name in _names(item.attrs["name"]):
            place = by_name.get(name.casefold())
            clashes = name == item.attrs["name"] and item.attrs.get("builtinId") in built_in
            if place is None and not clashes:
                place = self._theirs.append("cellStyleXfs", text)
                same = name == item.attrs["name"] and "builtinId" in item.attrs
                builtin = f' builtinId="{item.attrs["builtinId"]}" customBuiltin="1"' if same else ""
                self._theirs.append("cellStyles", f'<cellStyle name="{name}" xfId="{place}"{builtin}/>')
                return place
            if place is not None and (self._is_ours or self._theirs.key_at("cellStyleXfs", place) == key_of(text)):
                return place
        raise AssertionError("names never end")

    def _normal(self) -> int:
        styles = self._theirs.items("cellStyles")
        return next((int(style.attrs["xfId"]) for style in styles if style.attrs.get("builtinId") == "0"), 0)


class _Part:
    """A style part: its lists, and what is appended to them."""

    def __init__(self, data: bytes, where: str) -> None:
        self._data, self._where = data, where
        self._sections = {section.name: section for section in sections(data, where)}
        self._added: dict[str, list[str]] = {}
        self._keys: dict[str, dict[Key, int]] = {}
        self._order: dict[str, list[Key]] = {}

    def items(self, name: str) -> list[Item]:
        return self._sections[name].items if name in self._sections else []

    def added(self, name: str) -> list[Item]:
        return [_item(text) for text in self._added.get(name, ())]

    def texts(self, name: str) -> list[str]:
        return [self._data[item.start : item.end].decode() for item in self.items(name)]

    def keys(self, name: str) -> dict[Key, int]:
        """Each format of a list with the first number it has."""
        if name not in self._keys:
            self._order[name] = [item.key for item in self.items(name)]
            self._keys[name] = {key: place for place, key in reversed(list(enumerate(self._order[name])))}
        return self._keys[name]

    def key_at(self, name: str, place: int) -> Key:
        self.keys(name)
        return self._order[name][place]

    def place_of(self, name: str, text: str) -> int:
        """The number of such a format; it is appended where there is none."""
        place = self.keys(name).get(key_of(text))
        return self.append(name, text) if place is None else place

    def append(self, name: str, text: str) -> int:
        keys, key = self.keys(name), key_of(text)
        place = len(self._order[name])
        self._order[name].append(key)
        keys.setdefault(key, place)
        self._added.setdefault(name, []).append(text)
        return place

    def written(self) -> bytes:
        """The part with what was appended; the very same bytes where nothing was."""
        data = self._data
        for name in sorted(self._added, key=lambda name: (self._place(name), _ORDER.index(name)), reverse=True):
            texts = "".join(self._added[name]).encode()
            count = len(self._order[name])
            section = self._sections.get(name)
            if section is None:
                at = self._place(name)
                data = data[:at] + b'<%s count="%d">%s</%s>' % (name.encode(), count, texts, name.encode()) + data[at:]
            else:
                tag = re.sub(rb'\scount="[0-9]*"|\s*/?>$', b"", data[section.start : section.opened])
                kept = data[section.opened : section.closed]
                new = b'%s count="%d">%s%s</%s>' % (tag, count, kept, texts, name.encode())
                data = data[: section.start] + new + data[section.end :]
        return data

    def _place(self, name: str) -> int:
        """Where a list stands, or would stand in the order that the file format asks for."""
        if name in self._sections:
            return self._sections[name].start
        later = [self._sections[one].start for one in _ORDER[_ORDER.index(name) + 1 :] if one in self._sections]
        return min(later, default=self._data.rfind(b"</"))


def key_of(text: str) -> Key:
    """What equal elements share."""
    return _item(text).key


def _item(text: str) -> Item:
    wrapped = f'<r xmlns="{_MAIN}"><s>{text}</s></r>'.encode()
    found: list[Section] = sections(wrapped, _OURS)
    return found[0].items[0]


def _renumbered(text: str, maps: dict[str, dict[int, int]]) -> str:
    def new(match: re.Match[str]) -> str:
        number = int(match[2])
        return f' {match[1]}="{maps[match[1]].get(number, number)}"'

    return re.sub(rf'\s({"|".join(maps)})="([0-9]+)"', new, text)


def _formats_within(part: _Part, name: str) -> Iterator[tuple[int, str]]:
    """Number and code of the formats inside a list of rules' formats."""
    for item in part.items(name):
        for element, attrs in zip(item.key, item.key[1:], strict=False):
            if isinstance(element, str) and element.endswith(" numFmt") and isinstance(attrs, tuple):
                found = dict(attrs)
                yield int(found["numFmtId"]), str(found["formatCode"])


def _free(used: set[int]) -> int:
    number = max(used, default=0) + 1
    number = max(number, _FIRST_OWN_FORMAT)
    used.add(number)
    return number


def _names(name: str) -> Iterator[str]:
    yield name
    yield f"{name} ({_OURS})"
    number = 2
    while True:
        yield f"{name} ({_OURS} {number})"
        number += 1
