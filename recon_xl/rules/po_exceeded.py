"""An expected bill above the amount of its purchase order.

What it finds
    A client whose net expected of the period is above Amount of the purchase order that the draft quotes: the latest in
    force, or another one in force that covers it. Amount is compared with this period alone.

Why it matters
    The client pays up to the order and disputes the rest.

Example
    PO-118 is capped at 1,000.00; October comes to 1,140.00: 140.00 are above it.

How to clear it
    Ask for a higher order and enter it on Purchase Orders, or split the bill.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.agreement import order_to_quote
from recon_xl.core.finding import Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.orders import order_hit, orderings

CODE = "po-exceeded"
TITLE = "Purchase order exceeded"
SEVERITY = "Medium"
PER_KEY = False
FIX_STEP = FixStep.AGREEMENTS


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client and order; at stake is the excess."""
    for found in orderings(session, inputs):
        order = order_to_quote(found.in_force, found.currency, inputs.settings.period_end, found.net)
        cap = order["Amount"] if order else None
        if order and cap is not None and found.net > cap:
            net, most = money_text(found.net, found.currency), money_text(cap, found.currency)
            yield order_hit(
                found,
                order["PO"],
                found.net - cap,
                f"{net} net expected of {found.client}, {order['PO']} covers {most}: "
                f"{money_text(found.net - cap, found.currency)} too much.",
                f"Ask {found.client} for a higher purchase order, or split the bill.",
            )
