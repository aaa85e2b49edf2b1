"""Ids that Excel has damaged: a SkuId that has lost its zeros is mended, ids that became numbers are told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recon_xl.contract import Column, Kind
from recon_xl.core.cells import Cell, NumberText, Value
from recon_xl.core.repeated import distinct_of
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.recognise import Recognition

_KEPT, _SURE_LENGTH = 15, 18
_is_long = re.compile(r"[1-9][0-9]{15,}").fullmatch
_SKU, _SKU_LENGTH = "Sku Id", 4
_NUMBERS_BY_NATURE = frozenset({"Mpn Id", "Tier2 Mpn Id"})


def mend_ids(
    sheet: FileSheet, recognition: Recognition, column: Column, cells: Sequence[Cell], values: list[Value]
) -> tuple[str | None, list[tuple[int, CellProblem]]]:
    """Put the zeros back into the SkuIds of a column; a sentence about that, or about ids that are numbers.

    Beside it the ids that have lost their last digits: Excel keeps 15, and writes zeros for the others.
    """
    damaged = _cut_ids(values) if column.kind is Kind.ID else []
    if column.name == _SKU:
        return _mend_skus(sheet, values), damaged
    return _numbers(sheet, recognition, column, cells, values), damaged


def _cut_ids(values: Sequence[Value]) -> list[tuple[int, CellProblem]]:
    """Ids of 16 digits or more that end in zeros from the 16th on; shorter than 18 only where all of them do."""
    long = {value for value in set(values) if isinstance(value, str) and len(value) > _KEPT and _is_long(value)}
    cut = {value for value in long if not value[_KEPT:].strip("0")}
    if not cut:
        return []
    if cut != long or len(cut) == 1:
        cut = {value for value in cut if len(value) >= _SURE_LENGTH}
    expected = "the whole id: Excel keeps 15 digits and writes zeros for the others"
    return [(index, CellProblem(repr(value), expected)) for index, value in enumerate(values) if value in cut]


def _numbers(
    sheet: FileSheet, recognition: Recognition, column: Column, cells: Sequence[Cell], values: Sequence[Value]
) -> str | None:
    is_id = column.name.endswith(" Id") and column.name not in _NUMBERS_BY_NATURE
    if (
        recognition.format is None
        or not is_id
        or not any(issubclass(kind, NumberText) for kind in {*map(type, distinct_of(cells))})
    ):
        return None
    numbers = [index for index, cell in enumerate(cells) if isinstance(cell, NumberText)]
    first = numbers[0]
    return (
        f"{sheet.where}: {len(numbers)} ids in {column.name} are numbers in Excel, where zeros in front are lost "
        f"(row {sheet.rows[first][0]}: {values[first]}); compare them with the vendor's own file."
    )


def _mend_skus(sheet: FileSheet, values: list[Value]) -> str | None:
    """Partner Center's SkuIds have four characters: `1` was `0001` before Excel opened the file."""
    found: dict[str, str] = {}
    rows = []
    for index, value in enumerate(values):
        if isinstance(value, str) and len(value) < _SKU_LENGTH and value.isascii() and value.isdigit():
            values[index] = found.setdefault(value, value.zfill(_SKU_LENGTH))
            rows.append(sheet.rows[index][0])
    if not rows:
        return None
    told = [f"SkuId {damaged} looks like {whole} damaged by Excel" for damaged, whole in sorted(found.items())]
    more = f" and {len(told) - 5} others" if len(told) > 5 else ""
    return f"{sheet.where}: {', '.join(told[:5])}{more}; read with its zeros in {len(rows)} rows, the first is row {rows[0]}."
