"""The cells of a file that prove how it writes amounts or dates, or that may be read in two ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from recon_xl.contract import Kind
from recon_xl.core.rows import column_of, numbers_of
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.recognise import Recognition
from recon_xl.intake.values import distinct_cells

Reading = Literal["for", "against", "either"]


@dataclass(frozen=True, slots=True)
class Witness:
    """A cell that proves something, or may be read in two ways."""

    where: str
    text: str


Found = dict[Reading, Witness]
"""The first cell that fits the locale alone, the first that cannot, the first that may be either."""


def look(
    sheet: FileSheet, recognition: Recognition, kinds: frozenset[Kind], read: Callable[[str], Reading | None]
) -> Found:
    """The first witness of each reading, over all columns of some kinds; every distinct text is read once."""
    found: Found = {}
    for column in recognition.table.columns:
        if column.kind not in kinds or column.name not in recognition.positions:
            continue
        position = recognition.positions[column.name]
        cells = column_of(sheet.rows, position)
        texts = cast("set[str]", distinct_cells(cells).get(str, set()))  # not numbers, not errors
        readings = {text: reading for text in texts if (reading := read(text.strip())) and reading not in found}
        if readings:
            for number, cell in zip(numbers_of(sheet.rows), cells, strict=True):
                if type(cell) is str and (seen := readings.get(cell)) and seen not in found:
                    found[seen] = Witness(sheet.address(number, position), cell)
    return found
