"""Seats at period end of one subscription (the reckoning, section 1); the relation `seats` says the same in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from recon_xl.core.money import ZERO, total

OPENINGS = frozenset({"new", "renew", "cyclecharge"})
CREDIT, _CANCELLED = "customercredit", "cancelimmediate"


@dataclass(frozen=True, slots=True)
class SeatLine:
    """What a vendor line says about seats. `charge_type` is in small letters; `is_free` means no price and no Subtotal."""

    signed_quantity: Decimal
    charge_type: str
    charge_end: date | None
    ordered: datetime | None = None
    is_free: bool = False


def seats_at_period_end(lines: Sequence[SeatLine]) -> Decimal | None:
    """The signed sum within the latest cycle; None where there are only credits, which never count.

    Where that cycle's opening line is not there, the last quantity that was raised to; where all of it is free, the
    quantity of its last line.
    """
    counting = [line for line in lines if line.charge_type != CREDIT]
    if not counting:
        return None
    end = max((line.charge_end for line in counting if line.charge_end is not None), default=None)
    latest = [line for line in counting if line.charge_end == end]
    if all(line.is_free for line in latest):
        return max(max(latest, key=_order).signed_quantity, ZERO)
    if any(line.charge_type in OPENINGS for line in latest):
        return total(line.signed_quantity for line in latest)
    return _last_raised(latest)


def _last_raised(lines: Sequence[SeatLine]) -> Decimal:
    """The last positive quantity. Several changes at one time wipe each other: what no equal negative one undoes stands."""
    raised = [_time(line) for line in lines if line.signed_quantity > 0]
    if not raised:
        return ZERO
    standing: dict[Decimal, int] = defaultdict(int)
    for line in lines:
        if _time(line) == max(raised) and line.signed_quantity:
            standing[abs(line.signed_quantity)] += 1 if line.signed_quantity > 0 else -1
    return max((quantity for quantity, times in standing.items() if times > 0), default=ZERO)


def _time(line: SeatLine) -> datetime:
    return line.ordered or datetime.min  # noqa: DTZ901 - all times are UTC without a zone


def _order(line: SeatLine) -> tuple[datetime, bool, Decimal]:
    return _time(line), line.charge_type == _CANCELLED, line.signed_quantity
