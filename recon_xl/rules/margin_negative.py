"""A product is sold below what the vendor charges for it.

What it finds
    A client and product whose expected bill is below the vendor's cost of the same lines, both in the client's currency.
    An instalment of an annual charge is held against an instalment of its cost.

Why it matters
    Every unit sold makes the loss larger, and a correct bill does not show it.

Example
    Ten seats agreed at 9.00 cost 10.08 each: 90.00 against 100.80. To keep a margin of 8 % they need 109.57.

How to clear it
    Raise the price in the agreement, Sell Prices, Price Rules or Profiles, or accept the finding where the loss is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.core.margin import NEGATIVE
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.margins import margin_hits

CODE = "margin-negative"
TITLE = "Sold below cost"
SEVERITY = "Critical"
PER_KEY = False


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client, product and currency; at stake is the sell that is needed for the floor, less the expected sell."""
    return margin_hits(session, inputs, NEGATIVE)
