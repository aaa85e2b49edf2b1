"""A client whose bills must quote a purchase order, and none is in force.

What it finds
    PO Required is Yes on Customers, and Purchase Orders has no row of the client that holds at period end in the currency of
    the bill. Where an order has ended it is po-expired instead.

Why it matters
    The client's accounts payable sends an invoice without an order back, and payment waits.

Example
    A council that pays only against an order: 860.00 expected, no row on Purchase Orders.

How to clear it
    Ask for the order and enter it on Purchase Orders, or clear PO Required.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.orders import order_hit, orderings

CODE = "po-missing"
TITLE = "Purchase order missing"
SEVERITY = "Medium"
PER_KEY = False
FIX_STEP = FixStep.AGREEMENTS


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client; at stake is the net expected."""
    for found in orderings(session, inputs):
        if found.net and found.is_required and not found.in_force and not found.ended:
            net = money_text(found.net, found.currency)
            yield order_hit(
                found,
                "",
                found.net,
                f"{found.client} requires a purchase order, and none is in force on {inputs.settings.period_end:%Y-%m-%d}: "
                f"{net} net would go out without one.",
                f"Enter the purchase order of {found.client} on Purchase Orders.",
            )
