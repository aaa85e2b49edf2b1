"""How seat subscriptions run through a month: cycles that straddle it, seats added, removed and cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from recon_xl.sample.cycles import Cycle, monthly_cycle, period_text, shift, yearly_cycle
from recon_xl.sample.deals import Deal
from recon_xl.sample.vendor import Event, Subscription, VendorLine, change_pair, seat_line
from recon_xl.sample.workshop import Workshop

Move = tuple[date, int]
"""On that day the subscription goes to so many seats."""


def run_month(shop: Workshop, deal: Deal, subscription: Subscription, seats: int, moves: Sequence[Move] = ()) -> int:
    """A running monthly subscription: changes in the cycle of last month, this month's cycle charge, later changes."""
    now = monthly_cycle(subscription.anchor, shop.first)
    before = monthly_cycle(subscription.anchor, shift(shop.first, -1))
    for day, after in (move for move in moves if move[0] < now.start):
        seats = _change(shop, deal, (subscription, before), day, (seats, after))
    charge = "renew" if subscription.term == "P1M" else "cycleCharge"
    opening = Event.on(charge, now.start, now, shop.ids.guid())
    deal.lines.append(seat_line(subscription, opening, seats))
    for day, after in (move for move in moves if move[0] > now.start):
        seats = _change(shop, deal, (subscription, now), day, (seats, after))
    return seats


def load_opening(shop: Workshop, deal: Deal, subscription: Subscription, seats: int) -> None:
    """Put last month's cycle charge on last month's invoice, so that its price is at hand."""
    first = shift(shop.first, -1)
    cycle = monthly_cycle(subscription.anchor, first)
    charge = "renew" if subscription.term == "P1M" else "cycleCharge"
    line = seat_line(subscription, Event.on(charge, cycle.start, cycle, shop.ids.guid()), seats)
    line.period = period_text(first)
    deal.earlier.append(line)


def _change(shop: Workshop, deal: Deal, where: tuple[Subscription, Cycle], day: date, seats: tuple[int, int]) -> int:
    subscription, cycle = where
    if (
        cycle.share(day) > 1
    ):  # more days left than the cycle is counted at: no vendor's rule is known, so it never happens
        return seats[0]
    charge = "addQuantity" if seats[1] > seats[0] else "removeQuantity"
    event = Event.on(charge, day, cycle, shop.ids.guid())
    deal.lines.extend(change_pair(subscription, event, *seats))
    deal.eventful = True
    return seats[1]


def buy(shop: Workshop, deal: Deal, subscription: Subscription, day: date, seats: int) -> VendorLine:
    """A purchase on that day; its cycle starts then."""
    line = seat_line(subscription, Event.on("new", day, first_cycle(subscription, day), shop.ids.guid()), seats)
    if day < shop.first:
        line.period = period_text(day)
        deal.earlier.append(line)
    else:
        deal.lines.append(line)
    return line


def first_cycle(subscription: Subscription, day: date) -> Cycle:
    """The cycle that a purchase on that day opens."""
    return (
        yearly_cycle(day) if subscription.plan == "Annual" else monthly_cycle(subscription.anchor, day.replace(day=1))
    )


def cancel(shop: Workshop, deal: Deal, opening: VendorLine, day: date) -> None:
    """Cancelled within seven days of its purchase: refunded for the days left."""
    subscription = opening.subscription
    event = Event.on("cancelImmediate", day, first_cycle(subscription, opening.start), shop.ids.guid())
    deal.lines.append(seat_line(subscription, event, -int(opening.quantity)))
    deal.eventful = True


def convert(
    shop: Workshop, source: tuple[Deal, VendorLine], target: tuple[Deal, Subscription], day: date, seats: int
) -> None:
    """An upgrade: so many seats leave one subscription and arrive in another for the rest of the cycle."""
    opening, reference = source[1], shop.ids.guid()
    event = Event.on("convert", day, first_cycle(opening.subscription, opening.start), reference)
    source[0].lines.append(seat_line(opening.subscription, event, -seats))
    target[0].lines.append(seat_line(target[1], replace(event), seats))
    source[0].eventful = target[0].eventful = True


def random_moves(shop: Workshop, subscription: Subscription, seats: int, most: int = 3) -> list[Move]:
    """Seats added on up to so many days of the month, and taken back within seven days of a monthly renewal."""
    now = monthly_cycle(subscription.anchor, shop.first)
    days = sorted(shop.rng.sample(range(1, shop.last.day + 1), shop.rng.randint(1, most)))
    moves: list[Move] = []
    for day in (shop.day(number) for number in days):
        if day == now.start:
            continue
        removable = subscription.term == "P1M" and 0 < (day - now.start).days < 7 and seats > 3
        seats += shop.rng.randint(-2, -1) if removable else shop.rng.randint(1, 6)
        moves.append((day, seats))
    return moves


def add_to_year(shop: Workshop, deal: Deal, opening: VendorLine, day: date, seats: int) -> None:
    """Seats added to a year that was paid upfront: charged for the days left of the year."""
    subscription = opening.subscription
    event = Event.on("addQuantity", day, yearly_cycle(opening.start), shop.ids.guid())
    deal.lines.extend(change_pair(subscription, event, int(opening.quantity), seats))
    deal.eventful = True
