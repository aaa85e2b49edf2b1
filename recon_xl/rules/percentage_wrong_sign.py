"""Percentage Off RRP was applied with the wrong sign.

What it finds
    A product sold on vendor retail whose bill is just what the opposite percentage gives.

Why it matters
    "Off" sounds like a discount, yet a positive percentage raises the price: the error is twice the percentage.

Example
    2.5 on an RRP of 1,000.00 is 1,025.00; 975.00 is billed: 50.00 lost.

How to clear it
    Correct the sign in the PSA or the billing portal; Profiles says which one is agreed.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import explained_hits

CODE = "percentage-wrong-sign"
TITLE = "Percentage with the wrong sign"
SEVERITY = "High"
PER_KEY = True

_ACTION = "Correct the sign of the percentage on {product} for {client}."


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the variance."""
    return explained_hits(session, CODE, _ACTION)
