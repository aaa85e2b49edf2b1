"""What each deal should be billed, worked out by the sample's own arithmetic."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from recon_xl.sample.cycles import ONE_DAY, days_in, shift
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import half_up, minor_units, round_down
from recon_xl.sample.prices import PriceBook, retail_at_start
from recon_xl.sample.vendor import OPENINGS, VendorLine

ZERO = Fraction(0)


@dataclass
class Expected:
    """Net amount and quantity of a deal, also by subscription and, where priced so, line by line."""

    amount: Fraction
    quantity: Fraction | None
    by_subscription: dict[str, Fraction] = field(default_factory=dict)
    seats: dict[str, Fraction] = field(default_factory=dict)
    units: list[tuple[VendorLine, Fraction, Fraction]] = field(default_factory=list)


def expect(deal: Deal, book: PriceBook) -> Expected:
    """The expected bill of the month."""
    if deal.product.quantity == "none" or deal.timing or (deal.product.quantity == "vendor" and not deal.lines):
        return Expected(ZERO, None)
    if deal.product.quantity == "count":
        quantity = billable(deal, Fraction(deal.counted or 0))
        return Expected(quantity * (deal.price or 0), quantity)
    seats = {} if deal.usage else _seats(deal)
    total = None if deal.usage else sum(seats.values(), ZERO)
    if deal.basis in ("markup", "rrp"):
        units = [(line, *line_price(deal, line, book)) for line in deal.lines]
        return Expected(sum((net for _, _, net in units), ZERO), total, _by_subscription(units), seats, units)
    if deal.limited or not deal.prorate:
        quantity = billable(deal, total or ZERO)
        each = {key: number * (deal.price or 0) for key, number in seats.items()}
        return Expected(quantity * (deal.price or 0), quantity, each, seats)
    parts = prorated(deal)
    return Expected(sum(parts.values(), ZERO), total, parts, seats)


def billable(deal: Deal, quantity: Fraction) -> Fraction:
    """Units billed after what is included, the least and the most agreed."""
    units = max(quantity - (deal.included or 0), Fraction(deal.minimum or 0))
    return units if deal.maximum is None else min(units, Fraction(deal.maximum))


def _seats(deal: Deal) -> dict[str, Fraction]:
    lines: defaultdict[str, list[VendorLine]] = defaultdict(list)
    for line in (*deal.earlier, *deal.lines):
        if line.charge != "customerCredit":
            lines[line.subscription.id].append(line)
    return {key: seats_at_end(found) for key, found in lines.items()}


def seats_at_end(lines: list[VendorLine]) -> Fraction:
    """Seats when the month ends: the latest cycle's sum, or its last positive quantity where it has no opening."""
    latest = max(line.end for line in lines)
    cycle = [line for line in lines if line.end == latest]
    if any(line.charge in OPENINGS for line in cycle):
        return sum((line.signed_quantity for line in cycle), ZERO)
    positive = [line for line in cycle if line.sign > 0]
    return max(positive, key=lambda line: line.ordered).quantity if positive else ZERO


def line_price(deal: Deal, line: VendorLine, book: PriceBook) -> tuple[Fraction, Fraction]:
    """Unit price and net of one vendor line under markup or rrp, in the client's currency."""
    vendor, client = line.subscription.tenant.currency, deal.client.currency
    exchange, places = book.rate(vendor, client), minor_units(client)
    if deal.basis == "markup":
        factor = book.markup(deal.client, deal.product.name, line.subscription.id) * exchange
        if deal.usage:
            net = line.sign * half_up(abs(line.subtotal) * factor, places)
            return net, net
        cost = round_down(abs(line.effective) * line.subscription.rate, minor_units(vendor))
        unit = half_up(cost * factor, places)
        return unit, unit * line.signed_quantity
    profile = deal.product.profile or deal.product.name
    factor = book.percent_off(profile, line.subscription.tenant, deal.client) * exchange
    if deal.usage:
        retail = round_down(line.unit_price * line.quantity, 2) * line.subscription.rate
        net = line.sign * half_up(round_down(retail, minor_units(vendor)) * factor, places)
        return net, net
    unit = half_up(retail_at_start(line.subscription, book.month[0]) * factor, places)
    return unit, unit * line.signed_quantity


def _by_subscription(units: list[tuple[VendorLine, Fraction, Fraction]]) -> dict[str, Fraction]:
    sums: defaultdict[str, Fraction] = defaultdict(Fraction)
    for line, _, net in units:
        sums[line.subscription.id] += net
    return dict(sums)


def prorated(deal: Deal) -> dict[str, Fraction]:
    """Agreed price x seats x share of the cycle: exact within a cycle, rounded once for each cycle."""
    cycles: defaultdict[tuple[str, object], list[VendorLine]] = defaultdict(list)
    for line in deal.lines:
        cycles[line.subscription.id, line.end].append(line)
    sums: defaultdict[str, Fraction] = defaultdict(Fraction)
    for (subscription, end), lines in cycles.items():
        opening = _opening(deal, subscription, end)
        sums[subscription] += _cycle_net(deal, lines, opening)
    return dict(sums)


def _opening(deal: Deal, subscription: str, end: object) -> VendorLine | None:
    for line in (*deal.earlier, *deal.lines):
        if line.subscription.id == subscription and line.end == end and line.charge in OPENINGS and line.sign > 0:
            return line
    return None


def _cycle_net(deal: Deal, lines: list[VendorLine], opening: VendorLine | None) -> Fraction:
    price, places = deal.price or ZERO, minor_units(deal.client.currency)
    exact, credited = ZERO, ZERO
    for line in lines:
        if line.charge == "customerCredit":
            if opening is None:
                raise ValueError("a credit is only passed on at the price of an opening line")
            credited += line.sign * half_up(abs(line.subtotal) * price / abs(opening.effective), places)
        elif line.effective:
            exact += price * line.signed_quantity * _share(line, opening)
    return half_up(exact, places) + credited


def _share(line: VendorLine, opening: VendorLine | None) -> Fraction:
    """By days where the vendor's printed price is that part of the whole one, or no whole one is known; else by its prices."""
    days = _days_share(line)
    if opening is None:
        return days
    part, whole = abs(line.effective), abs(opening.effective)
    last_digit = Fraction(1, 10**line.subscription.digits)
    return days if part != whole and abs(part - whole * days) < last_digit else part / whole


def _days_share(line: VendorLine) -> Fraction:
    billed_days = (line.end - line.start).days + 1
    if line.subscription.plan == "Annual":
        return Fraction(billed_days, (line.subscription.end - line.subscription.start).days + 1)
    following = line.end + ONE_DAY
    return Fraction(billed_days, days_in(shift(following.replace(day=1), -1)))
