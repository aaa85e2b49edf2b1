"""Faults of the price: ours that stayed, one that came too early, a percentage the wrong way, no margin."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from recon_xl.sample.azure import reserve_monthly, reserve_upfront, use_meters
from recon_xl.sample.catalogue import (
    AZURE_CONSUMPTION,
    AZURE_NETWORKING,
    AZURE_RESERVATION,
    BUSINESS_BASIC,
    BUSINESS_STANDARD,
    M365_E3,
)
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import half_up, minor_units, round_down
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.planting import Planter, leave_unbilled
from recon_xl.sample.price_tables import last_years, next_years
from recon_xl.sample.prices import retail_price
from recon_xl.sample.renewals import renew
from recon_xl.sample.staging import StagedFault, by_name, folded, host
from recon_xl.sample.stories import priced, steady
from recon_xl.sample.vendor import VendorLine
from recon_xl.sample.verdicts import LOSE, about_key, by_sign
from recon_xl.sample.workshop import Workshop, shelf_price

STAYED, TOO_EARLY = "price-not-updated", "price-changed-mid-term"
_FLOOR = Fraction(92, 100)


def bill_net(planter: Planter, deal: Deal, rule: str, net: Fraction) -> PlantedFault:
    """Bill the same quantity for another net amount."""
    line, expected = deal.billed[0], planter.expected(deal)
    deal.billed, line.unit, line.amount = [line], None, net
    return about_key(rule, deal, expected, by_sign(deal, expected))


def bill_unit(planter: Planter, deal: Deal, rule: str, unit: Fraction) -> PlantedFault:
    """Bill the same quantity at another unit price."""
    fault = bill_net(planter, deal, rule, deal.billed[0].quantity * unit)
    deal.billed[0].unit = unit
    return fault


def _listed(shop: Workshop) -> Deal:
    return folded(steady(shop, host(shop, BUSINESS_BASIC), BUSINESS_BASIC))


def _agreed(shop: Workshop) -> Deal:
    """An agreement with last year's price in an older row and an announced one in a later row."""
    deal = folded(steady(shop, host(shop, BUSINESS_STANDARD), BUSINESS_STANDARD))
    price, currency = deal.price or Fraction(0), deal.client.currency
    deal.old_price = shelf_price(price * Fraction(92, 100), currency)
    deal.next_price = shelf_price(price * Fraction(107, 100), currency)
    return deal


def _reserved(months_ago: int) -> Callable[[Workshop], Deal]:
    def prepare(shop: Workshop) -> Deal:
        client = host(shop, AZURE_RESERVATION)
        deal = folded(shop.deal(client, AZURE_RESERVATION))
        reserve_monthly(shop, deal, client.home, months_ago, shop.rng.randint(1, 4))
        return deal

    return prepare


def _bought_now(shop: Workshop) -> Deal:
    client = host(shop, AZURE_RESERVATION)
    deal = folded(shop.deal(client, AZURE_RESERVATION))
    reserve_upfront(shop, deal, client.home, shop.day(shop.rng.randint(1, 28)), shop.rng.randint(1, 3))
    return deal


def _renewed(shop: Workshop) -> Deal:
    deal = folded(priced(shop, host(shop, M365_E3), M365_E3))
    renew(shop, deal, shop.rng.randint(4, 30))
    return deal


def metered(shop: Workshop, percent: str = "") -> Deal:
    """Azure consumption on retail, with a percentage of the client's own where one is given."""
    client = host(shop, AZURE_CONSUMPTION, AZURE_NETWORKING)
    if percent:
        shop.book.profiles["Azure PAYG", client.name] = percent
    deal = folded(shop.deal(client, AZURE_CONSUMPTION))
    use_meters(shop, deal, client.home, shop.rng.randint(4, 7))
    return deal


def _below(factor: str) -> Callable[[Workshop], Deal]:
    def prepare(shop: Workshop) -> Deal:
        client = host(shop, BUSINESS_STANDARD)
        deal = priced(shop, client, BUSINESS_STANDARD)
        cost = BUSINESS_STANDARD.offers[0].unit_price(client.currency)
        deal.price, deal.old_price = half_up(cost * Fraction(factor), minor_units(client.currency)), None
        return folded(steady(shop, client, BUSINESS_STANDARD))

    return prepare


def _old_list(planter: Planter, deal: Deal) -> PlantedFault:
    return bill_unit(planter, deal, STAYED, last_years(deal.price or Fraction(0), deal.client.currency))


def _next_list(planter: Planter, deal: Deal) -> PlantedFault:
    return bill_unit(planter, deal, TOO_EARLY, next_years(deal.price or Fraction(0), deal.client.currency))


def _old_agreement(planter: Planter, deal: Deal) -> PlantedFault:
    return bill_unit(planter, deal, STAYED, deal.old_price or Fraction(0))


def _next_agreement(planter: Planter, deal: Deal) -> PlantedFault:
    return bill_unit(planter, deal, TOO_EARLY, deal.next_price or Fraction(0))


def _retail(rule: str, *, new_price: bool) -> Callable[[Planter, Deal], PlantedFault]:
    def spoil(planter: Planter, deal: Deal) -> PlantedFault:
        factor, currency = _uplift(planter, deal), deal.client.currency
        retail = retail_price(deal.subscriptions[0].offer, currency, new_price=new_price)
        return bill_unit(planter, deal, rule, half_up(retail * factor, minor_units(currency)))

    return spoil


def _old_cost(planter: Planter, deal: Deal) -> PlantedFault:
    line, book = deal.earlier[0], planter.assembly.shop.book
    currency, subscription = deal.client.currency, line.subscription
    cost = round_down(line.effective * subscription.rate, minor_units(currency))
    factor = book.markup(deal.client, deal.product.name, subscription.id)
    return bill_unit(planter, deal, STAYED, half_up(cost * factor, minor_units(currency)))


def _uplift(planter: Planter, deal: Deal) -> Fraction:
    profile = deal.product.profile or deal.product.name
    return planter.assembly.shop.book.percent_off(profile, deal.client.home, deal.client)


def _other_way(planter: Planter, deal: Deal) -> PlantedFault:
    """Bill with -p instead of p, line by line as the price is built."""
    factor, currency = 2 - _uplift(planter, deal), deal.client.currency
    places, net = minor_units(currency), Fraction(0)
    for line in deal.lines:
        if deal.usage:
            net += half_up(_metered_retail(line) * factor, places)
        else:
            net += (
                half_up(retail_price(line.subscription.offer, currency, new_price=True) * factor, places)
                * line.quantity
            )
    return bill_net(planter, deal, "percentage-wrong-sign", net)


def _metered_retail(line: VendorLine) -> Fraction:
    retail = round_down(line.unit_price * line.quantity, 2) * line.subscription.rate
    return round_down(retail, minor_units(line.subscription.tenant.currency))


def _on_cost(planter: Planter, deal: Deal) -> PlantedFault:
    factor, places = _uplift(planter, deal), minor_units(deal.client.currency)
    net = sum((half_up(line.subtotal * factor, places) for line in deal.lines), Fraction(0))
    return bill_net(planter, deal, "pec-in-sell", net)


def _forgotten(planter: Planter, deal: Deal) -> PlantedFault:
    return leave_unbilled(planter, deal, "unbilled-usage")


def _thin(rule: str) -> Callable[[Planter, Deal], PlantedFault]:
    def spoil(planter: Planter, deal: Deal) -> PlantedFault:
        expected = planter.expected(deal)
        cost = sum((line.subtotal for line in deal.lines), Fraction(0))
        needed = half_up(cost / _FLOOR, minor_units(deal.client.currency))
        return about_key(rule, deal, expected, LOSE, at_stake=needed - expected.amount)

    return spoil


PRICE_FAULTS = by_name(
    StagedFault("price-not-updated-list", _listed, _old_list),
    StagedFault("price-not-updated-fixed", _agreed, _old_agreement),
    StagedFault("price-not-updated-rrp", _reserved(2), _retail(STAYED, new_price=False)),
    StagedFault("price-not-updated-markup", _renewed, _old_cost),
    StagedFault("price-changed-mid-term-list", _listed, _next_list),
    StagedFault("price-changed-mid-term-fixed", _agreed, _next_agreement),
    StagedFault("price-changed-mid-term-rrp", _reserved(9), _retail(TOO_EARLY, new_price=True)),
    StagedFault("percentage-wrong-sign", _bought_now, _other_way),
    StagedFault("percentage-wrong-sign-usage", lambda shop: metered(shop, "7.25"), _other_way),
    StagedFault("pec-in-sell", metered, _on_cost),
    StagedFault("unbilled-usage", metered, _forgotten),
    StagedFault("margin-negative", _below("0.93"), _thin("margin-negative")),
    StagedFault("margin-below-floor", _below("1.04"), _thin("margin-below-floor")),
)
