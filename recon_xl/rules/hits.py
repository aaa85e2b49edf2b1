"""The hit that rules at the grain of the match key make."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from recon_xl.core.finding import Hit


def key_hit(row: dict[str, Any], *, at_stake: Decimal, direction: str, why: str, action: str, **more: Any) -> Hit:
    """A hit at the grain of the match key; `row` is a record of the relation `key_match`."""
    values: dict[str, Any] = {
        "subscription": row["subscription_id"],
        "expected_quantity": row["expected_quantity"],
        "billed_quantity": row["billed_quantity"],
        "expected": row["expected"],
        "billed": row["billed"],
        "confidence": Decimal(str(row["confidence"])),
    }
    return Hit(
        identity=(row["client"], row["product"], row["currency"], row["subscription_id"]),
        customer=row["client"],
        product=row["product"],
        currency=row["currency"],
        at_stake=abs(at_stake),
        direction=direction,
        why=why,
        action=action,
        **(values | more),
    )
