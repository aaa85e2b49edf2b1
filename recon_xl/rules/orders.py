"""What the rules about purchase orders share: each client's orders, and the order of a client that has run out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from recon_xl.core.agreement import orders_in_force
from recon_xl.core.finding import REVIEW, Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.planned import net_expected

Row = Mapping[str, Any]


class Ordering(NamedTuple):
    """A client with a draft, its net, and its orders: all, those in force, and the ended ones, latest end last.

    `is_required` is None where Customers does not say.
    """

    client: str
    currency: str
    net: Decimal
    is_required: bool | None
    orders: list[Row]
    in_force: list[Row]
    ended: list[Row]


def orderings(session: Session, inputs: Inputs) -> Iterator[Ordering]:
    """Every client and currency with an expected bill."""
    end = inputs.settings.period_end
    required = {row["Customer"]: row.get("PO Required") for row in inputs.records("Customers")}
    orders: dict[str, list[Row]] = {}
    for row in inputs.records("Purchase Orders"):
        if row["PO"]:
            orders.setdefault(row["Customer"] or "", []).append(row)
    for (client, currency), net in sorted(net_expected(session).items()):
        mine = orders.get(client, [])
        ended = [row for row in mine if row.get("End") is not None and row["End"] < end]
        yield Ordering(
            client, currency, net, required.get(client), mine, orders_in_force(mine, currency, end),
            sorted(ended, key=lambda row: (row["End"], row["PO"])),
        )  # fmt: skip


def order_hit(
    found: Ordering, order: str, at_stake: Decimal, why: str, action: str, lines: tuple[str, ...] | None = None
) -> Hit:
    """A hit at the grain of client and purchase order (blank for none)."""
    return Hit(
        identity=(found.client, order) if order else (found.client, found.currency),
        customer=found.client,
        product="",
        currency=found.currency,
        at_stake=abs(at_stake),
        direction=REVIEW,
        why=why,
        action=action,
        lines=lines,
    )
