"""The bill is still at a price that no longer holds.

What it finds
    A client and product whose quantity agrees, and whose bill is just what an earlier price gives: an ended row of Sell
    Prices, the agreement before, the retail price (ERP) before the one the term began under, or the vendor's cost of an
    earlier file at the same markup.

Why it matters
    The vendor's price rose and ours did not: the margin shrinks every month until somebody notices.

Example
    Ten seats cost 12.00 instead of 10.08 since the renewal. At 20 % they should be billed at 14.40; the bill has 12.10 as
    before: 23.00 are missing.

How to clear it
    Put the new price into the PSA, or, where the old one was promised, into the agreement.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import explained_hits

CODE = "price-not-updated"
TITLE = "Price not updated"
SEVERITY = "High"
PER_KEY = True

_ACTION = "Update the price of {product} for {client} in the PSA."


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the variance."""
    return explained_hits(session, CODE, _ACTION)
