"""The vendor gave money back, and the customer does not see it.

What it finds
    A client and product with a credit or the refund of a cancellation, whose bill is just what is expected without it.

Why it matters
    The customer pays for what was given back to us.

Example
    20.16 came back on ten seats at 10.08, worth 28.00 at our price; the full 140.00 is billed.

How to clear it
    Add the credit to the planned bill, or record why it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import explained_hits

CODE = "credit-not-passed-on"
TITLE = "Credit not passed on"
SEVERITY = "High"
PER_KEY = True

_ACTION = "Pass the credit for {product} on to {client}, or record why it is kept."


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the variance."""
    return explained_hits(session, CODE, _ACTION)
