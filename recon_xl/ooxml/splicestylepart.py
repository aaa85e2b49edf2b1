"""A style part as lists of formats that others are appended to; what stands in it stays where it is."""

from __future__ import annotations

import re

from recon_xl.ooxml.splicexml import Item, Key, Section, sections

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
"""The namespace of workbooks."""

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip
_WHERE = "recon-xl"


class StylePart:
    """A style part: its lists, and what is appended to them."""

    def __init__(self, data: bytes, where: str) -> None:
        self._data, self._where = data, where
        self._sections = {section.name: section for section in sections(data, where)}
        self._added: dict[str, list[str]] = {}
        self._keys: dict[str, dict[Key, int]] = {}
        self._order: dict[str, list[Key]] = {}

    def items(self, name: str) -> list[Item]:
        """The formats of a list as they were read."""
        return self._sections[name].items if name in self._sections else []

    def added(self, name: str) -> list[Item]:
        """The formats appended to a list since."""
        return [_item(text) for text in self._added.get(name, ())]

    def texts(self, name: str) -> list[str]:
        """The formats of a list as they are spelled."""
        return [self._data[item.start : item.end].decode() for item in self.items(name)]

    def keys(self, name: str) -> dict[Key, int]:
        """Each format of a list with the first number it has."""
        if name not in self._keys:
            self._order[name] = [item.key for item in self.items(name)]
            self._keys[name] = {key: place for place, key in reversed(list(enumerate(self._order[name])))}
        return self._keys[name]

    def key_at(self, name: str, place: int) -> Key:
        """What the format of that number shares with equal ones."""
        self.keys(name)
        return self._order[name][place]

    def place_of(self, name: str, text: str) -> int:
        """The number of such a format; it is appended where there is none."""
        place = self.keys(name).get(key_of(text))
        return self.append(name, text) if place is None else place

    def append(self, name: str, text: str) -> int:
        """Append a format to a list; returns its number."""
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
    wrapped = f'<r xmlns="{MAIN}"><s>{text}</s></r>'.encode()
    found: list[Section] = sections(wrapped, _WHERE)
    return found[0].items[0]
