"""Usage that costs far less than in the months before.

What it finds
    A subscription, entitlement or meter category of Usage History whose cost is below its baseline (the mean of the last
    Usage Months months) divided by Usage Factor, by more than Usage Floor. One that is gone from the files counts as 0,
    where the files that would name it are there. Of a plan and its parts only the widest is told.

Why it matters
    Something was switched off, moved to another provider, or is missing on the vendor's invoice and comes next month.

Example
    90.00 in October after 400.00 on average: 310.00 less.

How to clear it
    Ask the customer, and look whether another subscription or the next invoice has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.moved_usage import moved_hits

CODE = "usage-drop"
TITLE = "Usage far below its past"
SEVERITY = "Medium"
PER_KEY = False


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a subscription; at stake is the cost below the baseline."""
    action = "Ask the customer what was switched off; look whether usage is missing on the vendor's invoice."
    yield from moved_hits(session, inputs, "DROP", action)
