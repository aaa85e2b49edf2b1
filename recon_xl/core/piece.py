"""A piece: the smallest priced part of an expected bill."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

ONE = Decimal(1)


class Piece(NamedTuple):
    """A part of the expected bill of one client, product and subscription, in the client's currency.

    `exact` is the amount before its one rounding. `problem` says why no price could be told; the
    amount is then 0 and the draft line is held. `cost` is what the vendor charged, None for counts
    or where no rate leads to the client's currency. `is_earlier`: charged in an earlier period.
    `start` and `end` are the days that the charge covers. `usage` is what a charge for usage was priced on, and its currency.
    """

    client: str
    product: str
    currency: str
    subscription_id: str
    kind: str
    quantity: Decimal
    unit: Decimal
    amount: Decimal
    exact: Decimal
    cost: Decimal | None
    line_ids: tuple[str, ...]
    why: str
    instalment: Decimal
    months: int = 1
    units: Decimal | None = None
    is_earlier: bool = False
    problem: str | None = None
    confidence: Decimal = ONE
    start: date | None = None
    end: date | None = None
    usage: tuple[Decimal, str] | None = None
