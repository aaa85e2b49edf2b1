"""A subscription that was cancelled or has expired, and is still on the bill.

What it finds
    A billed client and product of which earlier vendor files have a subscription whose last cycle ended before the period
    or was cancelled, or which Subscriptions lists as no longer active. Also a bill for seats of which the vendor's
    cancellation in this period left none.

Why it matters
    The customer pays for what they gave up; the older it gets, the larger the credit note.

Example
    Ten seats whose last cycle ended on 30 September, billed at 140.00 in October.

How to clear it
    Stop the line and credit what was billed since. Where the customer still has the service, find the vendor's file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recon_xl.core.cycle import day_text
from recon_xl.core.finding import CUSTOMER_OVERCHARGED, Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import caused, key_hit
from recon_xl.rules.words import capital, money_of, source_words

CODE = "cancelled-still-billed"
TITLE = "Cancelled but still billed"
SEVERITY = "High"
PER_KEY = True


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the billed amount, or the variance where the period has vendor lines of the key."""
    for row in caused(session, CODE):
        kept = row["billed"] - row["excess"]
        yield key_hit(
            row,
            at_stake=row["variance"] if row["has_source"] else row["billed"],
            direction=CUSTOMER_OVERCHARGED,
            why=_compared(row)
            if row["has_source"]
            else f"{money_of(row['billed'], row)} billed, but {_evidence(row)}.",
            action=f"Stop billing {row['product']} to {row['client']}, and credit what was billed since.",
            basis="calculated" if row["has_source"] else "unaccounted",
            billed=kept,
            billed_quantity=row["kept_quantity"],
        )


def _compared(row: dict[str, Any]) -> str:
    money = f"{money_of(row['billed'] - row['excess'], row)} billed against {money_of(row['expected'], row)} expected"
    return f"{capital(row['told'])}: {money}.{source_words(row)}"


def _evidence(row: dict[str, Any]) -> str:
    if row["cancelled_on"] is not None:
        return f"the vendor's lines show a cancellation on {day_text(row['cancelled_on'])}"
    if row["by_vendor"]:
        return f"the vendor's last cycle ended on {day_text(row['last_day'])}"
    status = f"as {row['listed_status']}" if row["listed_status"] not in (None, "Active") else "as over"
    until = f", until {day_text(row['ends'])}" if row["ends"] is not None else ""
    return f"Subscriptions lists it {status}{until}"
