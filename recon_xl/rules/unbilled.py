"""A vendor charge or count that nobody bills.

What it finds
    A mapped client and product with vendor lines or a count in the period, and no billed line. What is counted is called
    "Counted but not billed", a refund "Vendor credit not passed on".

Why it matters
    We pay for it and nobody is charged: all of its sell value is lost.

Example
    Ten seats charged by the vendor since June, no line on the planned bill: 140.00 a month.

How to clear it
    Add a line to the planned bill, or map the vendor line to the product that does bill it. Where no price is known yet,
    add one to Sell Prices, Agreements or Price Rules; until then the vendor's cost is shown as the exposure.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import caused, unbilled_amount, unbilled_hit

CODE = "unbilled"
TITLE = "Vendor charge not billed"
COUNTED = "Counted but not billed"
CREDITED = "Vendor credit not passed on"
"""Titles of what rests on a count, which no vendor need have charged, or gives money back."""
SEVERITY = "Critical"
PER_KEY = True


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the expected amount, or the vendor cost where no price is known."""
    for row in caused(session, CODE):
        is_charge = unbilled_amount(row) >= 0
        source = "Counted" if row["is_count"] else "Charged by the vendor" if is_charge else "Credited by the vendor"
        action = (
            f"Add {row['product']} to the bill of {row['client']}, or map it to the product that bills it."
            if is_charge
            else f"Pass the credit for {row['product']} on to {row['client']}, or decide to keep it."
        )
        title = COUNTED if row["is_count"] else TITLE if is_charge else CREDITED
        yield unbilled_hit(row, f"{source}, but no billed line in {inputs.settings.period}", action, title)
