"""Turns of a month: purchases, years paid upfront, refunds, credits, upgrades; all lawful, none an exception."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from recon_xl.sample.azure import reserve_monthly, reserve_upfront, small_meters, usage_credit, use_meters
from recon_xl.sample.billing import instalment
from recon_xl.sample.catalogue import (
    AWARENESS,
    AZURE_CONSUMPTION,
    AZURE_NETWORKING,
    AZURE_RESERVATION,
    BACKUP,
    BUSINESS_STANDARD,
    M365_E3,
    OFFICE_E1,
    ONSITE,
    PREMIUM_PREPAID,
    WORKSTATION,
    price_level,
)
from recon_xl.sample.clients import Client
from recon_xl.sample.counting import another_source, count
from recon_xl.sample.cycles import shift
from recon_xl.sample.deals import BilledLine
from recon_xl.sample.money import half_up, minor_units
from recon_xl.sample.reckoning import line_price
from recon_xl.sample.seats import add_to_year, buy, cancel, convert
from recon_xl.sample.stories import priced
from recon_xl.sample.vendor import customer_credit
from recon_xl.sample.workshop import Purchase, Workshop, shelf_price


def prepaid_year(shop: Workshop, client: Client) -> None:
    """A year bought and paid upfront: this month in full, or in an earlier month and billed in twelfths, or grown."""
    if shop.has(client, PREMIUM_PREPAID):
        return
    deal = shop.deal(client, PREMIUM_PREPAID)
    kind = shop.turn("prepaid", ("now", "instalments", "grown"))
    first = shop.first if kind == "now" else shift(shop.first, -shop.rng.randint(2, 9))
    day = first.replace(day=shop.rng.randint(1, 28))
    seats = shop.rng.randint(3, 20)
    opening = buy(shop, deal, shop.subscribe(deal, Purchase(plan="Annual", start=day)), day, seats)
    if kind == "instalments":
        instalment(shop, deal, line_price(deal, opening, shop.book)[1], seats)
    elif kind == "grown":
        add_to_year(shop, deal, opening, shop.day(shop.rng.randint(2, 28)), seats + shop.rng.randint(1, 5))


def returned(shop: Workshop, client: Client) -> None:
    """Bought and cancelled within seven days, perhaps across the end of the month; the refund is passed on."""
    free = [product for product in (M365_E3, BUSINESS_STANDARD) if not shop.has(client, product)]
    if not free:
        return
    deal = priced(shop, client, shop.rng.choice(free))
    across = deal.basis == "markup" and shop.turn("across", (True, False, True))
    day = shop.first - timedelta(days=2) if across else shop.day(shop.rng.randint(1, 24))
    subscription = shop.subscribe(deal, Purchase(start=day))
    opening = buy(shop, deal, subscription, day, shop.rng.randint(2, 12))
    cancel(shop, deal, opening, day + timedelta(days=shop.rng.randint(2, 6)))
    if across and shop.turn("unloaded", (True, False)):
        deal.earlier.clear()


def credited(shop: Workshop, client: Client) -> None:
    """A credit from Microsoft on a subscription bought this month, passed on."""
    free = [product for product in (M365_E3, BUSINESS_STANDARD) if not shop.has(client, product)]
    if not free:
        return
    deal = priced(shop, client, shop.rng.choice(free))
    day = shop.day(shop.rng.randint(1, 28))
    opening = buy(shop, deal, shop.subscribe(deal, Purchase(start=day)), day, shop.rng.randint(5, 40))
    amount = half_up(Fraction(shop.rng.randint(500, 4000), 100), minor_units(client.home.currency))
    deal.lines.append(customer_credit(opening, amount, "Service credit", shop.ids.guid()))
    deal.eventful = True


def upgraded(shop: Workshop, client: Client) -> None:
    """Some or all seats move from Office 365 E1 to Microsoft 365 E3."""
    if shop.has(client, OFFICE_E1) or shop.has(client, M365_E3):
        return
    old, new = shop.deal(client, OFFICE_E1), shop.deal(client, M365_E3)
    day, seats = shop.day(shop.rng.randint(1, 14)), shop.rng.randint(8, 40)
    opening = buy(shop, old, shop.subscribe(old, Purchase(start=day)), day, seats)
    target = shop.subscribe(new, Purchase(start=day))
    moved = seats if shop.rng.random() < 0.5 else shop.rng.randint(1, seats - 1)
    convert(shop, (old, opening), (new, target), day + timedelta(days=shop.rng.randint(1, 14)), moved)


def consumption(shop: Workshop, client: Client) -> None:
    """Azure usage on retail, for some clients by agreement on cost."""
    if shop.has(client, AZURE_CONSUMPTION):
        return
    by_agreement = shop.turn("by agreement", (False, True, False, False))
    deal = shop.deal(client, AZURE_CONSUMPTION, "markup" if by_agreement else "")
    deal.agreement = f"AGR-{client.code}" if by_agreement else ""
    for tenant in client.tenants:
        use_meters(shop, deal, tenant, shop.rng.randint(4, 7))


def networking(shop: Workshop, client: Client) -> None:
    """Azure usage on cost, down to one cent and nothing, sometimes with a credit."""
    if shop.has(client, AZURE_NETWORKING):
        return
    deal = shop.deal(client, AZURE_NETWORKING)
    use_meters(shop, deal, client.home, shop.rng.randint(3, 5))
    small_meters(shop, deal, client.home)
    # A credit stands on the monthly invoice alone: the daily file of the other invoice has nothing like it.
    if client.home.currency != shop.daily_currency and shop.turn("usage credit", (True, False, False)):
        usage_credit(shop, deal, client.home, Fraction(shop.rng.randint(100, 900), 100))


def reservation(shop: Workshop, client: Client) -> None:
    """A reservation on retail: a year at once, or month by month from before or after the last price change."""
    two_retail_prices = client.currency != client.home.currency and client.currency in shop.currencies
    if shop.has(client, AZURE_RESERVATION) or two_retail_prices:
        return
    deal = shop.deal(client, AZURE_RESERVATION)
    if shop.turn("reservation", (True, False)):
        reserve_upfront(shop, deal, client.home, shop.day(shop.rng.randint(1, 28)), shop.rng.randint(1, 3))
    else:
        reserve_monthly(shop, deal, client.home, shop.rng.choice((2, 9)), shop.rng.randint(1, 4))


def devices(shop: Workshop, client: Client) -> None:
    """Workstations counted by the monitoring tool, at an agreed price."""
    if not shop.has(client, WORKSTATION):
        deal = shop.deal(client, WORKSTATION)
        base = Fraction(shop.rng.choice(("38", "42.50", "45")))
        deal.price, deal.agreement = (
            shelf_price(base * price_level(client.currency), client.currency),
            f"AGR-{client.code}",
        )
        deal.maximum = 60 if shop.rng.random() < 0.2 else None
        number = shop.rng.randint(4, 80)
        count(shop, deal, number, shop.rng.randint(2, 4))
        if shop.rng.random() < 0.3:
            another_source(shop, deal, number)


def backup(shop: Workshop, client: Client) -> None:
    """Backups at list price: the first is included, at least three are billed."""
    if not shop.has(client, BACKUP):
        deal = priced(shop, client, BACKUP)
        deal.included, deal.minimum = 1, 3
        count(shop, deal, shop.rng.randint(2, 20), shop.rng.randint(1, 2))


def training(shop: Workshop, client: Client) -> None:
    """Training places, at whatever price the PSA holds."""
    if not shop.has(client, AWARENESS):
        deal = shop.deal(client, AWARENESS)
        deal.price = shelf_price(
            Fraction(shop.rng.choice(("2.50", "3.20"))) * price_level(client.currency), client.currency
        )
        count(shop, deal, shop.rng.randint(5, 90), 1)


def support(shop: Workshop, client: Client) -> None:
    """Hours on site: sold without a source, not reconciled."""
    if not shop.has(client, ONSITE):
        deal = shop.deal(client, ONSITE)
        hours = Fraction(shop.rng.randint(1, 16), 2)
        rate = shelf_price(95 * price_level(client.currency), client.currency)
        net = half_up(hours * rate, minor_units(client.currency))
        line = BilledLine(client.name, ONSITE.name, "Hours on site", hours, rate, net)
        line.start, line.end = shop.first, shop.last
        deal.billed = [line]
