"""Ids that Excel has damaged: a SkuId that has lost its zeros is mended, ids that became numbers are told."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.contract import Column
from recon_xl.core.cells import Cell, NumberText, Value
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.recognise import Recognition

_SKU, _SKU_LENGTH = "Sku Id", 4
_NUMBERS_BY_NATURE = frozenset({"Mpn Id", "Tier2 Mpn Id"})


def mend_ids(
    sheet: FileSheet, recognition: Recognition, column: Column, cells: Sequence[Cell], values: list[Value]
) -> str | None:
    """Put the zeros back into the SkuIds of a column; a sentence about that, or about ids that are numbers."""
    if column.name == _SKU:
        return _mend_skus(sheet, values)
    is_id = column.name.endswith(" Id") and column.name not in _NUMBERS_BY_NATURE
    if recognition.format is None or not is_id or not any(issubclass(kind, NumberText) for kind in {*map(type, cells)}):
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
