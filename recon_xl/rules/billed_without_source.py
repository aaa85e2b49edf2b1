"""A billed line that no vendor line, earlier annual charge or count supports.

What it finds
    A mapped client and product on the planned bill, with nothing behind it in the period. An annual charge of an earlier
    month that still covers the period is timing, not this.

Why it matters
    The customer is charged for something they may have cancelled.

Example
    A backup licence billed at 25.00, cancelled at the vendor in August.

How to clear it
    Stop the line and credit what was billed since, or import the missing vendor file. A product that is sold without any
    source gets Quantity Source "none" on Products.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import CUSTOMER_OVERCHARGED, REVIEW, Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import caused, key_hit
from recon_xl.rules.words import money_of

CODE = "billed-without-source"
TITLE = "Billed without source"
SEVERITY = "High"
PER_KEY = True


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the billed amount."""
    for row in caused(session, CODE):
        missing = "count" if row["quantity_source"] == "count" else "vendor line"
        yield key_hit(
            row,
            at_stake=row["billed"],
            direction=CUSTOMER_OVERCHARGED if row["billed"] >= 0 else REVIEW,
            why=f"{money_of(row['billed'], row)} billed, but no {missing} in {inputs.settings.period} supports it.",
            action=f"Stop billing {row['product']} to {row['client']}, or import the source that supports it.",
            basis="unaccounted",
        )
