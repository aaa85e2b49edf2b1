"""Azure: plan usage by meter, credits, and reservations."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from recon_xl.sample.catalogue import RESERVED_SQL, RESERVED_VM, Offer
from recon_xl.sample.cycles import Cycle, monthly_cycle, on_anchor, shift, yearly_cycle
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import minor_units, round_away, round_down
from recon_xl.sample.prices import PRICING_TO_BILLING, price_change, retail_price
from recon_xl.sample.vendor import Event, Subscription, Tenant, VendorLine, seat_line
from recon_xl.sample.workshop import Workshop

EARNED_CREDIT = '["15.0% Partner earned credit for services managed"]'
_NET_OF_CREDIT = Fraction(85, 100)
_HOURS = Fraction(744)


def plan_of(shop: Workshop, deal: Deal, tenant: Tenant, offer: Offer) -> Subscription:
    """The tenant's Azure plan, seen for one meter; all meters of a plan share its id."""
    known = shop.plans.get((tenant.id, offer))
    if known:
        return known
    subscription = Subscription(
        id=shop.plan_ids.setdefault(tenant.id, shop.ids.guid()),
        tenant=tenant,
        offer=offer,
        start=shop.first,
        end=shop.last,
        unit_price=Fraction(offer.price),
        term="",
        kind="usage",
        pricing_currency="USD",
        rate=Fraction(PRICING_TO_BILLING[tenant.currency]),
        digits=15,
    )
    shop.plans[tenant.id, offer] = subscription
    deal.subscriptions.append(subscription)
    return subscription


def meter_line(shop: Workshop, plan: Subscription, quantity: Fraction, managed: bool = True) -> VendorLine:
    """A month of one meter; 15 % partner earned credit where the provider managed the resource all day."""
    factor = _NET_OF_CREDIT if managed else Fraction(1)
    cost = round_down(quantity * plan.unit_price * factor, 2)
    exact = cost / quantity if cost else plan.unit_price * factor
    return VendorLine(
        subscription=plan,
        charge="new",
        ordered=shop.last,
        start=shop.first,
        end=shop.last,
        quantity=quantity,
        unit_price=plan.unit_price,
        effective=round_away(exact, plan.digits),
        subtotal=round_down(cost * plan.rate, minor_units(plan.tenant.currency)),
        reference=shop.ids.guid(),
        adjustment=EARNED_CREDIT if managed else "",
        meter=plan.offer.title,
    )


def use_meters(shop: Workshop, deal: Deal, tenant: Tenant, lines: int) -> None:
    """So many meter lines: now and then a meter has a second line for days without earned credit."""
    meters = list(deal.product.offers)
    shop.rng.shuffle(meters)
    for number in range(lines):
        offer = meters[number % len(meters)]
        plan = plan_of(shop, deal, tenant, offer)
        deal.lines.append(meter_line(shop, plan, _quantity(shop, offer), managed=number < len(meters)))
    deal.eventful = True


def _quantity(shop: Workshop, offer: Offer) -> Fraction:
    exact = Fraction(shop.rng.randint(1, 10**6), 10**6)
    if Fraction(offer.price) < Fraction(1, 1000):
        return Fraction(shop.rng.randint(200_000, 9_000_000))
    return _HOURS * exact + Fraction(1, 10**6) if offer.unit == "1 Hour" else exact * shop.rng.choice((1, 40, 300))


def small_meters(shop: Workshop, deal: Deal, tenant: Tenant) -> None:
    """A line of one cent and a line of nothing: both are legitimate."""
    offer = next(meter for meter in deal.product.offers if meter.unit in ("1 GB/Month", "1 Hour"))
    plan = plan_of(shop, deal, tenant, offer)
    cents = Fraction(1 if plan.rate >= 1 else 2, 100)
    quantity = round_away(cents / (plan.unit_price * _NET_OF_CREDIT), 6)
    deal.lines.append(meter_line(shop, plan, quantity))
    deal.lines.append(meter_line(shop, plan, Fraction(shop.rng.randint(1000, 30000), 10**6), managed=False))


def usage_credit(shop: Workshop, deal: Deal, tenant: Tenant, amount: Fraction) -> None:
    """A credit of Microsoft on the plan, to be passed on."""
    plan = next(subscription for subscription in deal.subscriptions if subscription.tenant is tenant)
    line = VendorLine(
        plan, "customerCredit", shop.last, shop.first, shop.last, Fraction(1), amount, -amount, -amount, ""
    )
    line.subtotal = -round_down(amount * plan.rate, minor_units(tenant.currency))
    line.reference, line.credit_reason, line.meter = shop.ids.guid(), "Azure Credit Offer", plan.offer.title
    deal.lines.append(line)


def reserve(shop: Workshop, deal: Deal, tenant: Tenant, offer: Offer, day: date) -> Subscription:
    """A reservation bought on that day; its partner price is a fifth below retail."""
    monthly = offer is RESERVED_SQL
    term = yearly_cycle(day)
    retail = retail_price(offer, tenant.currency, day >= price_change(shop.first))
    subscription = Subscription(
        id=shop.ids.guid(),
        tenant=tenant,
        offer=offer,
        start=term.start,
        end=term.end,
        unit_price=round_down(retail * Fraction(4, 5), minor_units(tenant.currency)),
        plan="Monthly" if monthly else "Annual",
        kind="reservation",
        anchor=day.day,
        pricing_currency=tenant.currency,
        reservation=shop.ids.guid(),
    )
    deal.subscriptions.append(subscription)
    return subscription


def reserve_upfront(shop: Workshop, deal: Deal, tenant: Tenant, day: date, quantity: int) -> None:
    """A year of virtual machines, paid at once."""
    subscription = reserve(shop, deal, tenant, RESERVED_VM, day)
    event = Event.on("new", day, yearly_cycle(day), shop.ids.guid())
    deal.lines.append(seat_line(subscription, event, quantity))


def reserve_monthly(shop: Workshop, deal: Deal, tenant: Tenant, months_ago: int, quantity: int) -> None:
    """A year of SQL cores, charged month by month; retail is the one of the day it was bought."""
    anchor = shop.next_anchor()
    day = on_anchor(shift(shop.first, -months_ago), min(anchor, 28))
    subscription = reserve(shop, deal, tenant, RESERVED_SQL, day)
    cycle: Cycle = monthly_cycle(subscription.anchor, shop.first)
    event = Event.on("cycleCharge", cycle.start, cycle, shop.ids.guid())
    deal.lines.append(seat_line(subscription, event, quantity))
