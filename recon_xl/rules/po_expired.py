"""A purchase order that ended before the period did.

What it finds
    A client with purchase orders of which none holds at period end any more and at least one has ended (not where PO
    Required says No); and billed lines that quote an order which has ended.

Why it matters
    An invoice against an ended order is rejected.

Example
    PO-118 ended on 30 September; October's lines still quote it.

How to clear it
    Ask for the next order and enter it on Purchase Orders, or correct End. Put the order in force on the planned bill.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.orders import Ordering, order_hit, orderings
from recon_xl.rules.planned import PlannedLine, by_client, net_of

CODE = "po-expired"
TITLE = "Purchase order ended"
SEVERITY = "Medium"
PER_KEY = False
FIX_STEP = FixStep.AGREEMENTS


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client and order; at stake is the net expected, or the net of the lines that quote it."""
    concerned = [found for found in orderings(session, inputs) if found.ended and found.net]
    lines = by_client(session, {found.client for found in concerned})
    for found in concerned:
        if not found.in_force and found.is_required is not False:
            last = found.ended[-1]
            why = f"The purchase order of {found.client}, {last['PO']}, ended on {last['End']:%Y-%m-%d}, and no other is in force"
            yield order_hit(
                found, last["PO"], found.net, f"{why}: {money_text(found.net, found.currency)} net would go out without one.",
                f"Enter the next purchase order of {found.client} on Purchase Orders.",
            )  # fmt: skip
        else:
            yield from _quoted(found, lines[found.client])


def _quoted(found: Ordering, lines: list[PlannedLine]) -> Iterator[Hit]:
    """Lines that quote an ended order which no other row of the same number continues."""
    alive = {row["PO"].casefold() for row in found.orders if row not in found.ended}
    for order in found.ended:
        quoting = [line for line in lines if line.po and line.po.casefold() == order["PO"].casefold()]
        if quoting and order["PO"].casefold() not in alive:
            alive.add(order["PO"].casefold())
            net, count = net_of(quoting), len(quoting)
            yield order_hit(
                found, order["PO"], net,
                f"{count} billed line{' quotes' if count == 1 else 's quote'} {order['PO']}, which ended on "
                f"{order['End']:%Y-%m-%d}: {money_text(net, found.currency)} net.",
                "Quote the purchase order in force on the planned bill.",
                tuple(line.line_id for line in quoting),
            )  # fmt: skip
