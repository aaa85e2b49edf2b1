"""A line that stands on the planned bill twice.

What it finds
    A billed line equal to another in every column but its id, where leaving it out brings the
    client and product nearer to expected. Two equal subscriptions are legitimate and stay quiet.

Why it matters
    The customer is charged twice for one thing.

Example
    Ten seats at 14.00 stand twice on the bill, the vendor charged ten: 140.00 too much.

How to clear it
    Void one of the two lines in the PSA.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import CUSTOMER_OVERCHARGED, REVIEW, Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import key_hit
from recon_xl.rules.words import money_of

CODE = "duplicate-billed-line"
TITLE = "Billed twice"
SEVERITY = "Critical"
PER_KEY = True

SQL = "SELECT * FROM key_match WHERE status IN ('compared', 'timing') AND excess <> 0 AND NOT is_foreign"


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the amount of the copies."""
    for row in session.records(SQL):
        yield key_hit(
            row,
            at_stake=row["excess"],
            direction=CUSTOMER_OVERCHARGED if row["excess"] > 0 else REVIEW,
            why=f"Lines of {money_of(row['excess'], row)} stand twice on the planned bill, equal in every column.",
            action=f"Void the second line of {row['product']} for {row['client']}.",
        )
