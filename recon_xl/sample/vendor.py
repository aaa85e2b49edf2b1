"""Vendor lines: what Microsoft charges for seats, in its own arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from recon_xl.sample.catalogue import Offer
from recon_xl.sample.cycles import Cycle
from recon_xl.sample.money import half_up, minor_units, round_down

OPENINGS = frozenset({"new", "renew", "cycleCharge"})


@dataclass(frozen=True)
class Tenant:
    """A customer as the vendor knows it; one client account can have several."""

    id: str
    name: str
    domain: str
    country: str
    currency: str


@dataclass(eq=False)
class Subscription:
    """What a tenant bought: term, plan, price and the way Microsoft rounds it."""

    id: str
    tenant: Tenant
    offer: Offer
    start: date
    end: date
    unit_price: Fraction
    term: str = "P1Y"
    plan: str = "Monthly"
    kind: str = "licence"
    anchor: int = 1
    discount: Fraction = Fraction(1)
    model: str = "A"
    pricing_currency: str = ""
    rate: Fraction = Fraction(1)
    digits: int = 12
    promotion: str = ""
    qualifiers: str = ""
    reservation: str = ""
    status: str = ""


@dataclass(eq=False, slots=True)
class VendorLine:
    """One line of a vendor invoice; amounts are signed, the quantity is what Microsoft prints."""

    subscription: Subscription
    charge: str
    ordered: date
    start: date
    end: date
    quantity: Fraction
    unit_price: Fraction
    effective: Fraction
    subtotal: Fraction
    reference: str
    adjustment: str = ""
    credit_reason: str = ""
    meter: str = ""
    reversed: bool = False
    period: str = ""
    order: str = ""
    term: tuple[date, date] | None = None

    @property
    def sign(self) -> int:
        """-1 on refunds: by the subtotal, else by the price, else plus."""
        for amount in (self.subtotal, self.effective):
            if amount:
                return -1 if amount < 0 else 1
        return 1

    @property
    def signed_quantity(self) -> Fraction:
        """Quantity with the sign of the line."""
        return self.sign * self.quantity


@dataclass(frozen=True)
class Event:
    """Something that happens to a subscription on a day of one of its cycles."""

    charge: str
    day: date
    cycle: Cycle
    reference: str
    shares: Fraction = field(default=Fraction(1))

    @classmethod
    def on(cls, charge: str, day: date, cycle: Cycle, reference: str) -> Event:
        """The event, charged for the days left in the cycle."""
        return cls(charge, day, cycle, reference, cycle.share(day))


def seat_line(subscription: Subscription, event: Event, seats: int) -> VendorLine:
    """One seat line; negative seats are a refund, printed as a positive quantity at a negative price."""
    sign = -1 if seats < 0 else 1
    exact = subscription.unit_price * subscription.discount * event.shares
    places = minor_units(subscription.tenant.currency)
    if subscription.model == "A":
        subtotal = round_down(exact * subscription.rate * abs(seats), places)
    else:
        subtotal = round_down(exact * subscription.rate, places) * abs(seats)
    return VendorLine(
        subscription=subscription,
        charge=event.charge,
        ordered=event.day,
        start=event.day,
        end=event.cycle.end,
        quantity=Fraction(abs(seats)),
        unit_price=subscription.unit_price,
        effective=sign * half_up(exact, subscription.digits),
        subtotal=sign * subtotal,
        reference=event.reference,
        term=(event.cycle.start, event.cycle.end) if subscription.term == "P1M" else None,
    )


def change_pair(subscription: Subscription, event: Event, before: int, after: int) -> list[VendorLine]:
    """Wipe and recreate: the old quantity back in full, the new one charged in full."""
    return [seat_line(subscription, event, -before), seat_line(subscription, event, after)]


def customer_credit(opening: VendorLine, subtotal: Fraction, reason: str, reference: str) -> VendorLine:
    """A credit that Microsoft grants on a subscription: one unit at a negative price."""
    return VendorLine(
        subscription=opening.subscription,
        charge="customerCredit",
        ordered=opening.start,
        start=opening.start,
        end=opening.end,
        quantity=Fraction(1),
        unit_price=subtotal,
        effective=-subtotal,
        subtotal=-subtotal,
        reference=reference,
        credit_reason=reason,
        term=opening.term,
    )
