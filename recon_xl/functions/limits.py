"""Percentages and rates as the price methods take them: per cent, and only as large as one of that kind can be.

The most expensive mistake here is a factor of a hundred: 20 typed where 20 % is meant. It is refused, not computed.
"""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.money import EXACT
from recon_xl.functions.errors import NUM, CellFault

TAX_BELOW = Decimal(1)
UPLIFT_BELOW = Decimal(1)
MARKUP_BELOW = Decimal(10)
NOTHING_LEFT = Decimal(-1)


def points(fraction: Decimal, *, least: Decimal, below: Decimal) -> Decimal:
    """A fraction such as 0.025 as 2.5 per cent; `#NUM!` for what lies below `least`, or is `below` or more.

    >>> points(Decimal("0.025"), least=Decimal(-1), below=Decimal(1))
    Decimal('2.5')
    """
    if not least <= fraction < below:
        raise CellFault(NUM)
    return fraction.scaleb(2, context=EXACT)


def require_rates(*rates: Decimal) -> None:
    """`#NUM!` for an exchange rate of 0 or less."""
    if any(rate <= 0 for rate in rates):
        raise CellFault(NUM)
