"""The sign of a vendor line (the reckoning, section 1)."""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.money import ZERO


def signed_quantity(
    subtotal: Decimal | None, effective_unit_price: Decimal | None, billable_quantity: Decimal | None, charge_type: str
) -> Decimal:
    """|BillableQuantity| with the sign of Subtotal, else of EffectiveUnitPrice, else plus.

    A line without any money is plus unless its quantity is negative or it cancels at once. Microsoft prints refunds as a
    positive quantity at a negative price, other sources the other way round: both come out negative.

    >>> signed_quantity(Decimal("-94.08"), Decimal("-9.408"), Decimal(10), "addQuantity")
    Decimal('-10')
    """
    if billable_quantity is None:
        return ZERO
    sign = subtotal or effective_unit_price
    negative = sign < 0 if sign else billable_quantity < 0 or charge_type.casefold() == "cancelimmediate"
    return -abs(billable_quantity) if negative else abs(billable_quantity)
