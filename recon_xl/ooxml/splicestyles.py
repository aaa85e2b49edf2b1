"""The scaffolding's formats appended to a user's own: equal ones are used, none of theirs moves or changes.

A cell names its format by a number, and so does a rule by its differential format. Ours get new numbers at the end
of the user's lists; `cell_formats` and `diff_formats` say which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.splicestylepart import MAIN, StylePart, key_of
from recon_xl.ooxml.splicexml import Item

MAX_CELL_FORMATS = 64_000
"""What Excel allows."""

_FIRST_OWN_FORMAT = 164
_OURS = "recon-xl"

EMPTY_STYLES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
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
        self._ours, self._where, self._is_ours = StylePart(ours, where), where, is_ours
        self._theirs = StylePart(theirs, where)
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


def _renumbered(text: str, maps: dict[str, dict[int, int]]) -> str:
    def new(match: re.Match[str]) -> str:
        number = int(match[2])
        return f' {match[1]}="{maps[match[1]].get(number, number)}"'

    return re.sub(rf'\s({"|".join(maps)})="([0-9]+)"', new, text)


def _formats_within(part: StylePart, name: str) -> Iterator[tuple[int, str]]:
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
