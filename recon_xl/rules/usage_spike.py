"""Usage that costs far more than in the months before.

What it finds
    A subscription, entitlement or meter category of Usage History whose cost is above Usage Factor times its baseline (the
    mean of the last Usage Months months), by more than Usage Floor. Of a plan and its parts only the widest is told.

Why it matters
    A runaway machine or a break-in is billed to the customer next week, and disputed the week after.

Example
    1,240.00 in October after 400.00 on average: 840.00 more.

How to clear it
    Ask the customer what was switched on. If it is right, accept it: next month it is part of the baseline.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.moved_usage import moved_hits

CODE = "usage-spike"
TITLE = "Usage far above its past"
SEVERITY = "Medium"
PER_KEY = False


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a subscription; at stake is the cost above the baseline."""
    action = "Ask the customer what was switched on, before the bill goes out; the Usage tab shows where it was used."
    yield from moved_hits(session, inputs, "SPIKE", action)
