"""The bill is at a price that does not hold yet.

What it finds
    A client and product whose quantity agrees, and whose bill is just what a later price gives: a retail price (ERP) that
    came after the term began, or a row of Sell Prices or Agreements that begins after the period.

Why it matters
    A term protects its price until it ends. The customer is charged a rise, or given a cut, that is not theirs yet.

Example
    A reservation bought on 5 October at an RRP of 1,000.00 is billed at the 1,200.00 of the list of 10 October.

How to clear it
    Bill the price of the term until it is renewed.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import explained_hits

CODE = "price-changed-mid-term"
TITLE = "New price billed too early"
SEVERITY = "High"
PER_KEY = True

_ACTION = "Bill {product} for {client} at the price of its term until that ends."


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the variance."""
    return explained_hits(session, CODE, _ACTION)
