"""Seats changed in mid-cycle, and the bill has their number right but not their days.

What it finds
    A client and product with seats added, removed or cancelled in mid-cycle, whose billed quantity agrees with the seats at
    period end, while the money ignores the days, counts the whole cycle, or is days off.

Why it matters
    A wrong count of days repeats itself with every change of seats, for every client.

Example
    Two seats added on 20 June are worth 26.13 for 28 of 30 days; the bill charges them in full: 1.87 too much.

How to clear it
    Bill the days that the vendor charged, or say in the agreement that it does not prorate.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import explained_hits

CODE = "proration-wrong"
TITLE = "Proration wrong"
SEVERITY = "Medium"
PER_KEY = True

_ACTION = "Bill the days of {product} for {client} as the vendor charged them."


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the variance."""
    return explained_hits(session, CODE, _ACTION)
