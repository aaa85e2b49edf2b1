"""Ends and beginnings of terms: a year that renews at a new price, a subscription that is over, one given back."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from recon_xl.sample.catalogue import BUSINESS_PREMIUM, BUSINESS_STANDARD, M365_E3, OFFICE_E1
from recon_xl.sample.clients import Client
from recon_xl.sample.cycles import ONE_DAY, monthly_cycle, on_anchor, period_text, shift
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import half_up, minor_units
from recon_xl.sample.seats import buy, cancel
from recon_xl.sample.stories import priced
from recon_xl.sample.vendor import Event, Subscription, VendorLine, seat_line
from recon_xl.sample.workshop import Purchase, Workshop

_RISE = Fraction(108, 100)


def renewed(shop: Workshop, client: Client) -> None:
    """A year that ended last month and renews this month at the vendor's new price, which the bill follows."""
    for product in shop.rng.sample((M365_E3, BUSINESS_PREMIUM, BUSINESS_STANDARD), 3):
        if not shop.has(client, product):
            renew(shop, priced(shop, client, product), shop.rng.randint(4, 30))
            return


def renew(shop: Workshop, deal: Deal, seats: int) -> VendorLine:
    """Last month's charge of the old term, on an earlier invoice, and this month's renewal; that line."""
    start = shop.day(shop.rng.randint(1, 28))
    subscription = shop.subscribe(deal, Purchase(start=start), deal.client.home)
    price = subscription.unit_price
    subscription.unit_price = half_up(price / _RISE, minor_units(subscription.pricing_currency))
    before = shift(shop.first, -1)
    line = _charge(shop, subscription, "cycleCharge", seats, -1)
    line.period, line.term = period_text(before), (start.replace(year=start.year - 1), start - ONE_DAY)
    deal.earlier.append(line)
    subscription.unit_price = price
    deal.lines.append(_charge(shop, subscription, "renew", seats, 0))
    return deal.lines[-1]


def _charge(shop: Workshop, subscription: Subscription, charge: str, seats: int, month: int) -> VendorLine:
    cycle = monthly_cycle(subscription.anchor, shift(shop.first, month))
    return seat_line(subscription, Event.on(charge, cycle.start, cycle, shop.ids.guid()), seats)


def left(shop: Workshop, client: Client) -> None:
    """A subscription that ended before the month: the vendor charges nothing, and nothing is billed."""
    for product in (OFFICE_E1, M365_E3):
        if not shop.has(client, product):
            end_before(shop, shop.deal(client, product), shop.rng.randint(3, 20))
            return


def end_before(shop: Workshop, deal: Deal, seats: int) -> VendorLine:
    """The last charge of a subscription whose cycle ended before the month."""
    anchor = shop.rng.randint(2, 28)
    start = on_anchor(shift(shop.first, -8), anchor)
    subscription = shop.subscribe(deal, Purchase(start=start), deal.client.home)
    line = _charge(shop, subscription, "cycleCharge", seats, -2)
    line.period = period_text(shift(shop.first, -2))
    subscription.status, subscription.end, deal.style = "Deleted", line.end, "nothing"
    deal.earlier.append(line)
    return line


def list_as_expired(shop: Workshop, deal: Deal) -> Subscription:
    """A subscription that only the vendor's portal still lists, as expired."""
    end = shop.first - timedelta(days=shop.rng.randint(3, 40))
    subscription = shop.subscribe(deal, Purchase(start=(end + ONE_DAY).replace(year=end.year - 1)), deal.client.home)
    subscription.status, subscription.end, deal.style = "Expired", end, "nothing"
    return subscription


def give_back(shop: Workshop, deal: Deal, *, across: bool) -> VendorLine:
    """Bought and cancelled within seven days, across the end of last month or within this one; the purchase."""
    day = shop.first - timedelta(days=2) if across else shop.day(shop.rng.randint(2, 20))
    subscription = shop.subscribe(deal, Purchase(start=day), deal.client.home)
    opening = buy(shop, deal, subscription, day, shop.rng.randint(3, 12))
    cancel(shop, deal, opening, day + timedelta(days=shop.rng.randint(3, 6)))
    return opening
