"""Values of the contract as a cell holds them, in a file and in Excel alike."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from recon_xl.contract import Kind, Table
from recon_xl.core.cells import Value
from recon_xl.core.money import percent
from recon_xl.core.rows import ValueRows, columns_of


def stored(declared: Table, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Sequence[Sequence[Value]]:
    """Percentages are per cent in the contract (20) and fractions in a percent-formatted cell (0.2)."""
    known = {one.name for one in declared.columns if one.kind is Kind.PERCENT}  # a column of the user's is as it is
    places = {place for place, name in enumerate(columns) if name in known}
    if not places or not rows:
        return rows
    found = columns_of(rows)
    return ValueRows([_fractions(values) if place in places else values for place, values in enumerate(found)])


def _fractions(values: Sequence[Value]) -> Sequence[Value]:
    """A column of percentages as cells hold them; 18 decimals of the ledger say no more than none."""
    known = {value: percent(value).normalize() for value in values if isinstance(value, Decimal)}
    return [known[value] if isinstance(value, Decimal) else value for value in values]
