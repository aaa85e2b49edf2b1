"""Usage arithmetic that several stations share: how far two files may lie apart, and which months make a baseline."""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.money import product

_PER_CHARGE = Decimal("0.02")


def tie_out_tolerance(per_row: Decimal, rows: int) -> Decimal:
    """How far the monthly file may lie from its daily rows: the setting a row, and 0.02 (the reckoning, section 4).

    >>> tie_out_tolerance(Decimal("0.01"), 31)
    Decimal('0.33')
    """
    return product(per_row, Decimal(rows)) + _PER_CHARGE


def months_before(period: str, count: int) -> list[str]:
    """So many months before a month, the latest first.

    >>> months_before("2026-02", 3)
    ['2026-01', '2025-12', '2025-11']
    """
    year, month = (int(part) for part in period.split("-"))
    places = (12 * year + month - 1 - back for back in range(1, count + 1))
    return [f"{place // 12:04d}-{place % 12 + 1:02d}" for place in places]
