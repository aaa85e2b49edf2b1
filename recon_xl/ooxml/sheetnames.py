"""Names for new tabs that Excel accepts, made from customer names that it may not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MAX_LENGTH = 31
"""The longest tab name, in UTF-16 units."""

_ILLEGAL = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_RESERVED = "history"
_EMPTY = "Sheet"


class SheetNames:
    """The tab names of one workbook, and those still to come: each new one costs the same, however many there are."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._used = {_fold(name) for name in taken} | {_RESERVED}
        self._numbers: dict[str, int] = {}

    def claim(self, wanted: str) -> str:
        """Take and return a legal tab name close to the wanted one and different from all taken so far.

        Two names are the same to Excel when they differ only in letter case; here also when they only look the same
        (Unicode composition), so that a mail or a file system cannot mix them up.
        """
        name = _legal(wanted)
        number = self._numbers.get(_fold(name), 1)
        candidate = name if number == 1 else _numbered(name, number)
        while _fold(candidate) in self._used:
            number += 1
            candidate = _numbered(name, number)
        self._numbers[_fold(name)] = number
        self._used.add(_fold(candidate))
        return candidate

    def take(self, name: str) -> bool:
        """Take a name as it is; False where it is taken already."""
        is_free = _fold(name) not in self._used
        self._used.add(_fold(name))
        return is_free


def fits(name: str, wanted: str) -> bool:
    """Return True for a tab name that `claim` may have made of the wanted one, with a number behind it or without."""
    legal, number = _legal(wanted), re.search(r" \(([0-9]+)\)$", name)
    return name == legal or (number is not None and name == _numbered(legal, int(number[1])))


def _legal(wanted: str) -> str:
    name = " ".join(_ILLEGAL.sub(" ", unicodedata.normalize("NFC", wanted)).split())
    return _cut(name.strip("' "), MAX_LENGTH).strip("' ") or _EMPTY


def _numbered(name: str, number: int) -> str:
    suffix = f" ({number})"
    return _cut(name, MAX_LENGTH - len(suffix)).rstrip("' ") + suffix


def safe_sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a legal tab name close to the wanted one and different from all taken ones; the same input, the same name."""
    return SheetNames(taken).claim(wanted)


def is_legal(name: str) -> bool:
    """Return True when Excel accepts the name for a tab."""
    length = len(name.encode("utf-16-le", "surrogatepass")) // 2
    edges = name.startswith("'") or name.endswith("'")
    return 0 < length <= MAX_LENGTH and not edges and not _ILLEGAL.search(name) and name.casefold() != _RESERVED


def quoted(name: str) -> str:
    """Return the tab name as a formula refers to it, always in quotes."""
    return "'" + name.replace("'", "''") + "'"


@lru_cache(maxsize=10_000)  # the tabs of a large month are compared with each other
def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _cut(name: str, units: int) -> str:
    """Return the longest start of the name that fits, never half of a character."""
    return name.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
