"""Totals rows: left out where they are the exact sum of the rows above, refused where they are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from recon_xl.contract import Kind
from recon_xl.core.errors import InputError
from recon_xl.core.money import total
from recon_xl.intake.filesheet import FileSheet, header_text
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.texts import plain_number

_SUMMED = frozenset({Kind.MONEY, Kind.QUANTITY, Kind.INTEGER})
_says_total = re.compile(
    r"(?:grand[ -]?|sub[ -]?)?totals?\b.*|.*\btotals?:?|sum|summe:?|gesamt\w*:?|insgesamt:?|zwischensumme:?"
    r"|total général|somme:?",
    re.IGNORECASE,
).fullmatch


@dataclass(frozen=True, slots=True)
class _Sum:
    """A totals row: its place, what it is called, and its sums by column."""

    place: int
    label: str
    sums: dict[str, Decimal]


def without_totals(sheet: FileSheet, rows: FileRows) -> tuple[FileSheet, list[str]]:
    """The sheet without its totals rows, and a note for each; `InputError` where a total is not the sum above it.

    A totals row says so in one of its cells and lacks what a line needs: a customer, a product, an id.
    """
    found = _totals(sheet, rows)
    if not found:
        return sheet, []
    places = {one.place for one in found}
    notes = []
    start = 0
    for one in found:
        above = [place for place in range(one.place) if place not in places]
        group = [place for place in above if place >= start]
        start = one.place
        wrong = _wrong(rows, one, above)
        if wrong is not None and _wrong(rows, one, group) is not None:
            raise _refusal(sheet, rows, one, *wrong)
        row = rows.row_numbers[one.place]
        sums = ", ".join(f"{name} {plain_number(value)}" for name, value in one.sums.items())
        notes.append(
            f"{sheet.where}: row {row} is a totals row ({one.label}: {sums}), equal to the rows above; left out."
        )
    kept = [row for place, row in enumerate(sheet.rows) if place not in places]
    return replace(sheet, rows=kept), notes


def _totals(sheet: FileSheet, rows: FileRows) -> list[_Sum]:
    needed = [column.name for column in rows.table.columns if column.required and column.name in rows.columns]
    texts = [name for name in needed if rows.table.column(name).kind not in _SUMMED]
    found = []
    lacking = {place for name in texts for place, value in enumerate(rows.columns[name]) if value is None}
    for place in sorted(lacking):
        label = next((text for cell in sheet.rows[place][1] if _says_total(text := header_text(cell).strip())), None)
        sums = _sums(rows, place) if label else {}
        if label and sums:
            found.append(_Sum(place, label, sums))
    return found


def _sums(rows: FileRows, place: int) -> dict[str, Decimal]:
    return {
        column.name: Decimal(value)
        for column in rows.table.columns
        if column.kind in _SUMMED and column.name in rows.columns
        if isinstance(value := rows.columns[column.name][place], Decimal | int) and not isinstance(value, bool)
    }


def _wrong(rows: FileRows, one: _Sum, above: Sequence[int]) -> tuple[str, Decimal] | None:
    """The first column whose total is not the sum of some rows, and that sum."""
    for name, value in one.sums.items():
        values = rows.columns[name]
        summed = total(Decimal(v) for p in above if isinstance(v := values[p], Decimal | int))
        if summed != value:
            return name, summed
    return None


def _refusal(sheet: FileSheet, rows: FileRows, one: _Sum, name: str, summed: Decimal) -> InputError:
    row = rows.row_numbers[one.place]
    return InputError(
        where=f"{sheet.where} > row {row} > {name}",
        found=f"a totals row ({one.label}) of {plain_number(one.sums[name])}",
        expected=f"{plain_number(summed)}, the sum of the rows above",
        todo="Export the file again, rows may be missing; if it is no totals row, fill in what the line lacks.",
    )
