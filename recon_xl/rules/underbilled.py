"""Billed less than expected for a client and product.

What it finds
    A client and product that both sides know, billed for less than the vendor lines or counts
    support, beyond the tolerance.

Why it matters
    The difference is revenue lost every month until somebody notices.

Example
    42 active seats, 38 billed at 14.00: 56.00 are missing.

How to clear it
    Raise the quantity or price on the planned bill to the expected one, or correct the mapping
    if the seats belong elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import WE_LOSE, Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import caused, key_hit
from recon_xl.rules.words import gap_words

CODE = "underbilled"
TITLE = "Billed too little"
SEVERITY = "High"
PER_KEY = True


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the variance."""
    for row in caused(session, CODE):
        yield key_hit(
            row,
            at_stake=row["variance"],
            direction=WE_LOSE,
            why=gap_words(row),
            action=f"Bill {row['product']} for {row['client']} as expected, or correct its mapping.",
            billed=row["billed"] - row["excess"],
            billed_quantity=row["kept_quantity"],
        )
