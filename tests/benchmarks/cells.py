"""The cells of a workbook as plain values in a file, so that every writer can be asked to write the same."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

BATCH = 500
JOURNAL = "Journal"
"""The sheet of the product's steps: the product alone writes it, so it is not among the cells that all write."""
Row = list[Any]
"""Values of a row from column A on, None for an empty cell; dates are datetimes, formulas the value they show."""


def pack(book: Path, out: Path) -> int:
    """Put the values of every sheet into a file, a few hundred rows at a time; returns how many cells are not empty."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - who only unpacks does not pay for it

    cells = 0
    with out.open("wb") as file:
        workbook = CalamineWorkbook.from_path(str(book))
        for name in workbook.sheet_names:
            if name == JOURNAL:
                continue
            grid = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows = [_trimmed(row) for row in grid]
            cells += sum(value is not None for row in rows for value in row)
            pickle.dump((name, -(-len(rows) // BATCH)), file)
            for place in range(0, len(rows), BATCH):
                pickle.dump(rows[place : place + BATCH], file)
    return cells


def unpack(path: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    """Name and rows of each sheet; the rows of a sheet must be taken before the next one."""
    end = path.stat().st_size
    with path.open("rb") as file:
        while file.tell() < end:
            name, batches = pickle.load(file)  # noqa: S301 - written by this benchmark
            yield name, (row for _ in range(batches) for row in pickle.load(file))  # noqa: S301


def count(book: Path) -> dict[str, int]:
    """How many cells of each sheet hold something, as openpyxl reads them."""
    from openpyxl import load_workbook  # noqa: PLC0415 - likewise

    workbook = load_workbook(book, read_only=True, data_only=True)
    found = {
        sheet.title: sum(_filled(row) for row in sheet.iter_rows(values_only=True))
        for sheet in workbook
        if sheet.title != JOURNAL
    }
    workbook.close()
    return found


def _filled(row: Iterable[Any]) -> int:
    return sum(value is not None and value != "" for value in row)


def _trimmed(row: Row) -> Row:
    values = [_plain(value) for value in row]
    while values and values[-1] is None:
        values.pop()
    return values


def _plain(value: Any) -> Any:
    if value == "":
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value
