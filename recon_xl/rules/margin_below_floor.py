"""A product is sold with less margin than the setting Margin Floor.

What it finds
    A client and product whose expected bill covers the vendor's cost, but leaves less of sell than Margin Floor.

Why it matters
    Thin margins do not pay for support, and a small rise of cost turns them into a loss.

Example
    Ten seats agreed at 10.50 cost 10.08 each: 4 % of sell, where 8 % are wanted. They need 109.57, so 4.57 are missing.

How to clear it
    Raise the price, or lower Margin Floor on Settings where such margins are meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.core.margin import LOW
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.margins import margin_hits

CODE = "margin-below-floor"
TITLE = "Margin below the floor"
SEVERITY = "Medium"
PER_KEY = False


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client, product and currency; at stake is the sell that is needed for the floor, less the expected sell."""
    return margin_hits(session, inputs, LOW)
