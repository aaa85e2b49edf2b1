"""Usage is billed on our cost after partner earned credit instead of retail.

What it finds
    Usage of a product sold on vendor retail whose bill is just what the vendor's Subtotal gives with the same percentage.

Why it matters
    The partner earned credit is ours for managing the service; billed on cost it is given away every month.

Example
    29 hours at 0.868 retail are 25.80 with 2.5 %; on the cost of 21.39 they are billed at 21.92: 3.88 lost.

How to clear it
    Let the bill take Unit Price times quantity, not Subtotal or Effective Unit Price.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import explained_hits

CODE = "pec-in-sell"
TITLE = "Earned credit passed on in the price"
SEVERITY = "High"
PER_KEY = True

_ACTION = "Bill {product} for {client} on the vendor's retail price."


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the variance."""
    return explained_hits(session, CODE, _ACTION)
