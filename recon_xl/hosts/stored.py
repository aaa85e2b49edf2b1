"""Values of the contract as a cell holds them, in a file and in Excel alike."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from recon_xl.contract import Kind, Table
from recon_xl.core.cells import Value
from recon_xl.core.money import percent


def stored(declared: Table, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Sequence[Sequence[Value]]:
    """Percentages are per cent in the contract (20) and fractions in a percent-formatted cell (0.2)."""
    places = {place for place, name in enumerate(columns) if declared.column(name).kind is Kind.PERCENT}
    if not places:
        return rows
    return [
        [percent(value) if place in places and isinstance(value, Decimal) else value for place, value in enumerate(row)]
        for row in rows
    ]
