"""A key whose expected amount cannot be told, because a price, markup or rate is missing.

What it finds
    A mapped client and product with a source and a billed line, for which the mapping tabs give
    no price, markup, retail price or exchange rate.

Why it matters
    The bill cannot be checked, and the draft line is held.

Example
    A product with price basis markup, and no row of Price Rules that covers it.

How to clear it
    Add the missing row to the tab that the reason names.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import REVIEW, Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import key_hit
from recon_xl.rules.words import money_of

CODE = "unpriced"
TITLE = "No price to check against"
SEVERITY = "High"
PER_KEY = True

SQL = "SELECT * FROM key_match WHERE status = 'unpriced' AND has_billed"


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the vendor cost, for review."""
    for row in session.records(SQL):
        yield key_hit(
            row,
            at_stake=row["cost"],
            direction=REVIEW,
            why=f"{money_of(row['billed'], row)} billed cannot be checked: {row['problem']}.",
            action="Add the missing price, markup or rate to the tab named.",
            basis="estimated",
            expected=None,
        )
