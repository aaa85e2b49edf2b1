"""Billed more than expected for a client and product.

What it finds
    A client and product that both sides know, billed for more than the vendor lines or counts
    support, beyond the tolerance. Copies reported as duplicate billed lines are left out first.

Why it matters
    The customer pays for what they do not have: a credit note and a hard conversation later.

Example
    9 active devices, 12 billed at 8.50: 25.50 too much.

How to clear it
    Lower the quantity or price on the planned bill, or clean up devices that are no longer active.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import CUSTOMER_OVERCHARGED, Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import caused, key_hit
from recon_xl.rules.words import gap_words

CODE = "overbilled"
TITLE = "Billed too much"
SEVERITY = "High"
PER_KEY = True


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the variance."""
    for row in caused(session, CODE):
        yield key_hit(
            row,
            at_stake=row["variance"],
            direction=CUSTOMER_OVERCHARGED,
            why=gap_words(row),
            action=f"Reduce the bill of {row['client']} for {row['product']} to the expected one, or credit the difference.",
            billed=row["billed"] - row["excess"],
            billed_quantity=row["kept_quantity"],
        )
