"""Faults of events in a term: days miscounted, credits kept, cancellations and renewals missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from recon_xl.sample.catalogue import BUSINESS_PREMIUM, BUSINESS_STANDARD, M365_E3, OFFICE_E1
from recon_xl.sample.cycles import days_in
from recon_xl.sample.deals import BilledLine, Deal
from recon_xl.sample.money import half_up, minor_units
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.planting import Planter
from recon_xl.sample.price_faults import bill_net
from recon_xl.sample.reckoning import Expected, expect, line_price
from recon_xl.sample.renewals import end_before, give_back, list_as_expired, renew
from recon_xl.sample.seats import buy, run_month
from recon_xl.sample.staging import StagedFault, by_name, folded, host
from recon_xl.sample.stories import priced, steady
from recon_xl.sample.vendor import VendorLine, customer_credit
from recon_xl.sample.verdicts import LOSE, OVERCHARGED, about_key, by_sign
from recon_xl.sample.workshop import Purchase, Workshop

_CANCELLED = "cancelled-still-billed"


def grown(shop: Workshop) -> Deal:
    """Seats added once, in the middle of a cycle that opened this month, at an agreed price that prorates."""
    deal = priced(shop, host(shop, BUSINESS_STANDARD), BUSINESS_STANDARD)
    subscription = shop.subscribe(deal, Purchase(anchor=shop.rng.randint(2, 8)), deal.client.home)
    seats = shop.rng.randint(5, 40)
    run_month(shop, deal, subscription, seats, [(shop.day(shop.rng.randint(12, 24)), seats + shop.rng.randint(2, 6))])
    return folded(deal)


def _all_days(planter: Planter, deal: Deal) -> PlantedFault:
    """Seats at period end at the full price."""
    seats = planter.expected(deal).quantity or Fraction(0)
    return bill_net(planter, deal, "proration-wrong", seats * (deal.price or 0))


def _one_day_off(planter: Planter, deal: Deal) -> PlantedFault:
    """A day too many or too few for the seats that were added."""
    opening, before, after = deal.lines
    left = (after.end - after.start).days + 1 + planter.rng.choice((-1, 1))
    added = (after.quantity - before.quantity) * Fraction(left, days_in(opening.start))
    price = deal.price or Fraction(0)
    net = half_up(price * (opening.quantity + added), minor_units(deal.client.currency))
    return bill_net(planter, deal, "proration-wrong", net)


def _credited(shop: Workshop) -> Deal:
    product = shop.turn("credit kept", (M365_E3, BUSINESS_STANDARD))
    deal = priced(shop, host(shop, product), product)
    day = shop.day(shop.rng.randint(1, 28))
    opening = buy(shop, deal, shop.subscribe(deal, Purchase(start=day), deal.client.home), day, shop.rng.randint(8, 40))
    amount = half_up(Fraction(shop.rng.randint(900, 4000), 100), minor_units(deal.client.currency))
    deal.lines.append(customer_credit(opening, amount, "Service credit", shop.ids.guid()))
    deal.eventful = True
    return folded(deal)


def _partly_given_back(shop: Workshop) -> Deal:
    """Two subscriptions of one product; the second was bought and cancelled within the month."""
    deal = steady(shop, host(shop, BUSINESS_PREMIUM), BUSINESS_PREMIUM)
    give_back(shop, deal, across=False)
    return folded(deal)


def _credit_kept(planter: Planter, deal: Deal) -> PlantedFault:
    without = _expected_without(planter, deal, lambda line: line.charge in ("customerCredit", "cancelImmediate"))
    return bill_net(planter, deal, "credit-not-passed-on", without.amount)


def _expected_without(planter: Planter, deal: Deal, gone: Callable[[VendorLine], bool]) -> Expected:
    kept = replace(
        deal,
        lines=[line for line in deal.lines if not gone(line)],
        earlier=[line for line in deal.earlier if not gone(line)],
    )
    return expect(kept, planter.assembly.shop.book)


def _ended(shop: Workshop) -> Deal:
    deal = shop.deal(host(shop, M365_E3), M365_E3)
    end_before(shop, deal, shop.rng.randint(3, 20))
    return deal


def _listed_as_expired(shop: Workshop) -> Deal:
    deal = shop.deal(host(shop, OFFICE_E1), OFFICE_E1)
    deal.price = shop.sell_price(deal)
    list_as_expired(shop, deal)
    return deal


def _given_back(shop: Workshop) -> Deal:
    deal = shop.deal(host(shop, M365_E3), M365_E3)
    give_back(shop, deal, across=True)
    deal.style = "nothing"
    return deal


def _goes_on(planter: Planter, deal: Deal) -> PlantedFault:
    """Bill what is over as if it went on: the seats there were, at their price."""
    if deal.earlier:
        seats, price = deal.earlier[0].quantity, line_price(deal, deal.earlier[0], planter.assembly.shop.book)[0]
    else:
        seats, price = Fraction(planter.rng.randint(3, 20)), deal.price or Fraction(0)
    line = BilledLine(deal.client.name, deal.product.name, deal.product.name, seats, price, seats * price)
    line.month = planter.assembly.settings["Period"]
    deal.billed, expected = [line], planter.expected(deal)
    return about_key(_CANCELLED, deal, expected, OVERCHARGED)


def _renewed(shop: Workshop) -> Deal:
    deal = folded(priced(shop, host(shop, M365_E3), M365_E3))
    renew(shop, deal, shop.rng.randint(4, 30))
    return deal


def _one_renewed(shop: Workshop) -> Deal:
    """Two subscriptions of one product, one of which renews this month."""
    deal = steady(shop, host(shop, BUSINESS_PREMIUM), BUSINESS_PREMIUM)
    renew(shop, deal, shop.rng.randint(4, 30))
    return folded(deal)


def _missed(planter: Planter, deal: Deal) -> PlantedFault:
    """Bill nothing of what was renewed."""
    renewed = {line.subscription.id for line in deal.lines if line.charge == "renew"}
    rest = _expected_without(planter, deal, lambda line: line.subscription.id in renewed)
    expected = planter.expected(deal)
    if not rest.amount:
        deal.billed = []
        return about_key("renewal-missed", deal, expected, LOSE)
    line = deal.billed[0]
    line.quantity, line.unit, line.amount = rest.quantity or Fraction(1), None, rest.amount
    return about_key("renewal-missed", deal, expected, by_sign(deal, expected))


TERM_FAULTS = by_name(
    StagedFault("proration-wrong-full", grown, _all_days),
    StagedFault("proration-wrong-days", grown, _one_day_off),
    StagedFault("credit-not-passed-on", _credited, _credit_kept),
    StagedFault("credit-not-passed-on-refund", _partly_given_back, _credit_kept),
    StagedFault("cancelled-still-billed", _ended, _goes_on),
    StagedFault("cancelled-still-billed-listed", _listed_as_expired, _goes_on),
    StagedFault("cancelled-still-billed-refunded", _given_back, _goes_on),
    StagedFault("renewal-missed", _renewed, _missed),
    StagedFault("renewal-missed-partial", _one_renewed, _missed),
)
