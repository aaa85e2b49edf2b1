"""What the PSA plans to bill: the same money as expected, written down in several lawful ways."""

from __future__ import annotations

from fractions import Fraction

from recon_xl.sample.cycles import days_in, period_text
from recon_xl.sample.deals import BilledLine, Deal
from recon_xl.sample.money import ends_within, half_up, minor_units
from recon_xl.sample.reckoning import Expected, expect
from recon_xl.sample.workshop import Workshop


def bill_all(shop: Workshop) -> None:
    """Write the billed lines of every deal that has none yet."""
    for deal in shop.deals.values():
        if not deal.billed:
            deal.billed = bill(shop, deal, expect(deal, shop.book))


def bill(shop: Workshop, deal: Deal, expected: Expected) -> list[BilledLine]:
    """The billed lines of one deal, in its own style or one that fits it."""
    if deal.style == "nothing" or (not expected.amount and not expected.quantity):
        return []
    style = deal.style or _fitting_style(shop, deal, expected)
    if style == "mirror":
        return [_line(shop, deal, line.signed_quantity, unit, net) for line, unit, net in expected.units if net]
    if style == "subscription":
        return _by_subscription(shop, deal, expected)
    if style == "headline":
        return _headline_and_rest(shop, deal, expected)
    if style == "halves":
        return _halves(shop, deal, expected)
    return [_folded(shop, deal, expected.quantity, expected.amount)]


def _fitting_style(shop: Workshop, deal: Deal, expected: Expected) -> str:
    if deal.usage:
        return shop.rng.choice(("folded", "folded", "halves"))
    if deal.basis == "as billed":
        return "headline"
    if not expected.quantity:
        return "mirror" if expected.units else "folded"
    if deal.eventful and expected.units:
        return shop.rng.choice(("mirror", "folded"))
    if deal.eventful and deal.price is not None and deal.prorate and not deal.limited:
        return shop.rng.choice(("headline", "folded"))
    return shop.rng.choice(("folded", "folded", "halves")) if (expected.quantity or 0) > 3 else "folded"


def _folded(shop: Workshop, deal: Deal, quantity: Fraction | None, net: Fraction) -> BilledLine:
    """One line for everything; its unit price only where it is an even one."""
    units = quantity if quantity and quantity > 0 else Fraction(1)
    unit = net / units
    even = ends_within(unit, max(minor_units(deal.client.currency), 2))
    return _line(shop, deal, units, unit if even else None, net)


def _headline_and_rest(shop: Workshop, deal: Deal, expected: Expected) -> list[BilledLine]:
    """The seats at their price, and one line for what proration and credits make of it."""
    seats, price = expected.quantity or Fraction(0), deal.price or Fraction(0)
    lines = [_line(shop, deal, seats, price, seats * price)] if seats else []
    rest = expected.amount - seats * price
    if rest:
        sign = -1 if rest < 0 else 1
        lines.append(_line(shop, deal, Fraction(sign), abs(rest), rest, words="proration and credits"))
    return lines


def _by_subscription(shop: Workshop, deal: Deal, expected: Expected) -> list[BilledLine]:
    lines = []
    for subscription, net in expected.by_subscription.items():
        seats = expected.seats.get(subscription, Fraction(0))
        if net or seats:
            line = _folded(shop, deal, seats, net)
            line.subscription = subscription
            lines.append(line)
    return lines


def _halves(shop: Workshop, deal: Deal, expected: Expected) -> list[BilledLine]:
    """Two lines, as for two sites or two resource groups."""
    if deal.usage or not expected.quantity:
        first = half_up(expected.amount * Fraction(shop.rng.randint(20, 80), 100), minor_units(deal.client.currency))
        parts = [(Fraction(1), first), (Fraction(1), expected.amount - first)]
    else:
        unit = expected.amount / expected.quantity
        if not ends_within(unit, minor_units(deal.client.currency)):
            return [_folded(shop, deal, expected.quantity, expected.amount)]
        some = Fraction(shop.rng.randint(1, int(expected.quantity) - 1))
        parts = [(units, units * unit) for units in (some, expected.quantity - some)]
    return [_folded(shop, deal, quantity, net) for quantity, net in parts]


def instalment(shop: Workshop, deal: Deal, yearly: Fraction, seats: int) -> None:
    """A twelfth of a year that the vendor charged upfront in an earlier month."""
    deal.timing = True
    net = half_up(yearly / 12, minor_units(deal.client.currency))
    deal.billed = [_line(shop, deal, Fraction(seats), None, net, words="monthly instalment of a prepaid year")]


def _line(
    shop: Workshop, deal: Deal, quantity: Fraction, unit: Fraction | None, net: Fraction, *, words: str = ""
) -> BilledLine:
    client, product, rng = deal.client, deal.product, shop.rng
    exact = unit is not None and ends_within(unit, 4)
    dated = rng.random() < 0.5
    return BilledLine(
        customer=rng.choice((client.name, *client.spellings)),
        product=rng.choice((product.name, product.name, *product.aliases)),
        description=f"{product.name}, {words}" if words else product.name,
        quantity=quantity,
        unit=unit if exact else None,
        amount=None if exact and rng.random() < 0.3 else net,
        currency=client.currency if rng.random() < 0.7 else "",
        month="" if dated and rng.random() < 0.5 else period_text(shop.first),
        start=shop.first if dated else None,
        end=shop.first.replace(day=days_in(shop.first)) if dated else None,
        agreement=deal.agreement,
        order=client.order,
    )
