"""What stands around the rows of a sheet, kept while they pass: columns before them, links and rules after them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import TypeVar

_SHEET_DATA = re.compile(r"<sheetData(?:\s[^>]*?)?/?>")
_END = "</sheetData>"
_T = TypeVar("_T")


class Around:
    """Lets the rows of a sheet pass, and keeps what stands before and after them."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.head = self.tail = self._last = ""
        self._is_before = True
        self._is_after = False

    def through(self, blocks: Iterator[str], rows: Callable[[Iterator[str]], Iterator[_T]]) -> Iterator[_T]:
        """What `rows` makes of a sheet; `head`, up to its rows, and `tail`, from their end on, are known after the last."""
        self._begin()
        passing = self._passing(blocks)
        yield from rows(passing)
        deque(passing, maxlen=0)

    def _passing(self, blocks: Iterator[str]) -> Iterator[str]:
        for block in blocks:
            self._keep(block)
            yield block

    def _keep(self, block: str) -> None:
        if self._is_after:
            self.tail += block
            return
        if self._is_before:
            self.head += block
            start = _SHEET_DATA.search(self.head)
            if start is None:
                return
            self._is_before = False
            self.head, block = self.head[: start.end()], self.head[start.end() :]
            if start[0].endswith("/>"):
                self.tail, self._is_after = block, True
                return
        seen = self._last + block
        end = seen.find(_END)
        if end >= 0:
            self.tail, self._is_after = seen[end:], True
        self._last = seen[-len(_END) :]
