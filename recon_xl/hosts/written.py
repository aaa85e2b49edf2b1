"""A fingerprint of every row that a run wrote, so that the next one knows where the user typed over a result.

It stands on the hidden Layout sheet, one cell a table. Formulas count as formulas, whatever they show by now; the columns
that are the user's do not count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b

from recon_xl.contract import ALL_TABLES, Owner, Table
from recon_xl.contract.places import FIRST_PLACE_ROW, WRITTEN_COLUMN
from recon_xl.core.cells import Cell, ErrorText, Formula, NumberText, Value
from recon_xl.intake.apply import stored_cell
from recon_xl.ooxml.address import cell_ref

_MOST = 4_000
"""Rows whose fingerprints fit into one cell; a larger table is not watched."""
_BYTES = 4


def place_of(declared: Table) -> str:
    """The address of a table's fingerprints on Layout."""
    return f"{WRITTEN_COLUMN}{FIRST_PLACE_ROW + ALL_TABLES.index(declared)}"


def fingerprints(
    declared: Table, columns: Sequence[str], rows: Sequence[Sequence[Value]], *, date1904: bool
) -> str | None:
    """The fingerprints of rows as they are stored; None for a table without rows or with too many."""
    if not 0 < len(rows) <= _MOST:
        return None
    places = [list(columns).index(name) for name in _ours(declared)]
    spelled = ([_of_value(row[place], date1904) for place in places] for row in rows)
    return "".join(sorted({_fingerprint(row) for row in spelled}))


def altered_rows(
    declared: Table, columns: Sequence[str], rows: Iterable[tuple[int, Sequence[Cell]]], known: str,
    formulas: Collection[str], first_column: int,
) -> frozenset[int]:  # fmt: skip
    """The rows that are none of those that were written; `formulas` are the addresses of cells with a formula."""
    names = list(columns)
    if not known or any(name not in names for name in _ours(declared)):
        return frozenset()
    places = [names.index(name) for name in _ours(declared)]
    size = 2 * _BYTES
    written = {known[start : start + size] for start in range(0, len(known), size)}
    altered = set()
    for number, cells in rows:
        spelled = [
            "f" if cell_ref(number, first_column + place) in formulas else _of_cell(cells[place]) for place in places
        ]
        if _fingerprint(spelled) not in written:
            altered.add(number)
    return frozenset(altered)


def _ours(declared: Table) -> list[str]:
    return [one.name for one in declared.columns if one.owner is not Owner.USER]


def _of_value(value: Value, date1904: bool) -> str:
    return "f" if isinstance(value, Formula) else _of_cell(stored_cell(value, date1904=date1904))


def _of_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return f"b{int(cell)}"
    if isinstance(cell, NumberText):
        return f"n{float(cell):.15g}"
    return f"e{cell}" if isinstance(cell, ErrorText) else f"t{cell}"


def _fingerprint(spelled: Sequence[str]) -> str:
    return blake2b("\x1f".join(spelled).encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()
