"""Metered usage that nobody bills.

What it finds
    A client and product of which all vendor lines are usage, with no billed line in the period.

Why it matters
    Usage has no seats that anybody counts: a plan that was never put on the bill is paid by us, month after month.

Example
    An Azure plan of 2,140.00 with no line on the planned bill.

How to clear it
    Add the plan to the bill, or map it to the product that bills it. Where no price is known yet, the vendor's cost is
    shown as the exposure.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import caused, unbilled_hit

CODE = "unbilled-usage"
TITLE = "Usage not billed"
SEVERITY = "Critical"
PER_KEY = True


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the expected amount, or the vendor cost where no price is known."""
    for row in caused(session, CODE):
        action = (
            f"Add the usage of {row['product']} to the bill of {row['client']}, or map it to the product that bills it."
        )
        yield unbilled_hit(row, f"Usage charged by the vendor, but no billed line in {inputs.settings.period}", action)
