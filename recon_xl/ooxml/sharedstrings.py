"""The shared strings of a workbook, read when the first is asked for: our sheets have none, and the user's may have millions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import IO, overload

from recon_xl.ooxml.cellread import read_strings


class SharedStrings(Sequence[str]):
    """The texts of a shared-string part, in file order. Raises `WorkbookError` at the first use where it is damaged."""

    def __init__(self, open_part: Callable[[], IO[bytes]] | None, place: str) -> None:
        """`open_part` opens the part; None where the workbook has none."""
        self._open = open_part
        self._place = place

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._texts[index]

    @cached_property
    def _texts(self) -> list[str]:
        return read_strings(self._open, self._place) if self._open else []
