"""What can happen to a client's seats in a month; each story is lawful and must raise no exception."""

from __future__ import annotations

from fractions import Fraction

from recon_xl.sample.catalogue import (
    BUSINESS_BASIC,
    BUSINESS_PREMIUM,
    BUSINESS_STANDARD,
    EXCHANGE_ONLINE,
    M365_E3,
    MAIL_ARCHIVE,
    POWER_BI_PRO,
    RARE_PRODUCTS,
    STANDARD_FLEX,
    TEAMS_PREMIUM,
    VISIO_2,
    Product,
)
from recon_xl.sample.clients import Client
from recon_xl.sample.counting import assigned, second_opinion
from recon_xl.sample.deals import Deal
from recon_xl.sample.rules import subscription_rule
from recon_xl.sample.seats import load_opening, random_moves, run_month
from recon_xl.sample.workshop import Purchase, Workshop, shelf_price

FLEX = Purchase(term="P1M")
LIST_PRICES = {
    BUSINESS_BASIC.name: "7.50", STANDARD_FLEX.name: "18.75", POWER_BI_PRO.name: "17.50", "Managed Backup": "9.00",
}  # fmt: skip


def priced(shop: Workshop, client: Client, product: Product, factor: str = "1.3") -> Deal:
    """The client's deal with its price agreed, listed or as the PSA bills it."""
    deal = shop.deal(client, product)
    if deal.price is not None:
        return deal
    if product.basis == "fixed":
        deal.price, deal.agreement = shop.sell_price(deal, factor), f"AGR-{client.code}"
        if shop.turn("price history", (True, False)):
            deal.old_price = shelf_price(deal.price * Fraction(92, 100), client.currency)
            deal.next_price = shelf_price(deal.price * Fraction(107, 100), client.currency)
    elif product.basis == "list":
        deal.price = shop.list_price(deal, LIST_PRICES[product.name], special=shop.rng.random() < 0.25)
    elif product.basis == "as billed":
        deal.price = shop.sell_price(deal, factor)
    return deal


def steady(shop: Workshop, client: Client, product: Product, how: Purchase = Purchase(), seats: int = 0) -> Deal:  # noqa: B008 - frozen
    """A subscription without changes: this month's cycle charge only, in a cycle that may end next month."""
    deal = priced(shop, client, product)
    tenant = shop.rng.choice(client.tenants)
    run_month(shop, deal, shop.subscribe(deal, how, tenant), seats or shop.rng.randint(4, 60))
    return deal


def simple(shop: Workshop, client: Client) -> None:
    """A product without changes."""
    for product in shop.rng.sample((BUSINESS_PREMIUM, BUSINESS_STANDARD, BUSINESS_BASIC, M365_E3, EXCHANGE_ONLINE), 5):
        if not shop.has(client, product):
            deal = steady(shop, client, product, Purchase(promotion=product is M365_E3))
            if shop.rng.random() < 0.3:
                report = shop.turn("report", (second_opinion, assigned))
                report(shop, deal, int(deal.lines[0].quantity))
            return


def changing(shop: Workshop, client: Client, product: Product, how: Purchase = Purchase()) -> None:  # noqa: B008 - frozen
    """Seats added and removed, in last month's cycle and in this month's."""
    if shop.has(client, product):
        return
    deal = priced(shop, client, product)
    subscription = shop.subscribe(deal, how, shop.rng.choice(client.tenants))
    seats = shop.rng.randint(5, 50)
    if shop.rng.random() < 0.5:
        load_opening(shop, deal, subscription, seats)
    run_month(shop, deal, subscription, seats, random_moves(shop, subscription, seats))


def changing_markup(shop: Workshop, client: Client) -> None:
    """Seat changes on a product with a markup."""
    changing(shop, client, shop.rng.choice((BUSINESS_PREMIUM, M365_E3)), Purchase(promotion=shop.rng.random() < 0.3))


def changing_fixed(shop: Workshop, client: Client) -> None:
    """Seat changes at an agreed price that prorates."""
    changing(shop, client, BUSINESS_STANDARD, Purchase(promotion=shop.rng.random() < 0.3))


def changing_flex(shop: Workshop, client: Client) -> None:
    """Seat changes of a monthly term at list price, also removals within seven days of renewal."""
    changing(shop, client, STANDARD_FLEX, FLEX)


def changing_as_billed(shop: Workshop, client: Client) -> None:
    """Seat changes where the price is taken on trust."""
    changing(shop, client, EXCHANGE_ONLINE)


def changing_foreign(shop: Workshop, client: Client) -> None:
    """Seat changes of a product priced in US dollars on any invoice."""
    changing(shop, client, MAIL_ARCHIVE)


def not_prorated(shop: Workshop, client: Client) -> None:
    """An agreement that bills seats at period end and no days."""
    if shop.has(client, VISIO_2):
        return
    deal = priced(shop, client, VISIO_2, "2.4")
    deal.prorate = False
    subscription = shop.subscribe(deal, Purchase())
    seats = shop.rng.randint(5, 20)
    run_month(shop, deal, subscription, seats, random_moves(shop, subscription, seats, 1))


def at_least(shop: Workshop, client: Client) -> None:
    """A least number of seats, sometimes more than there are."""
    if not shop.has(client, POWER_BI_PRO):
        deal = priced(shop, client, POWER_BI_PRO)
        deal.minimum, deal.style = 5, "folded"
        if shop.rng.random() < 0.3:
            deal.minimum, deal.agreement = 8, f"AGR-{client.code}"
        steady(shop, client, POWER_BI_PRO, seats=shop.turn("least", (3, 9, 2, 7)))


def two_subscriptions(shop: Workshop, client: Client) -> None:
    """Two or three subscriptions of one product, billed as one line or one line each; one with a markup of its own."""
    product = shop.rng.choice((BUSINESS_PREMIUM, M365_E3, BUSINESS_STANDARD, BUSINESS_BASIC))
    if shop.has(client, product):
        return
    for _ in range(shop.rng.randint(2, 3)):
        steady(shop, client, product)
    deal = shop.deal(client, product)
    deal.style = shop.rng.choice(("subscription", "folded"))
    if deal.basis == "markup" and shop.rng.random() < 0.6:
        subscription_rule(shop, deal.subscriptions[0].id, "33")


def rare(shop: Workshop, client: Client) -> None:
    """A product that nobody else has."""
    taken = {product for _, product in shop.deals}
    free = [product for product in RARE_PRODUCTS if product.name not in taken]
    if free:
        steady(shop, client, free[0])


def trial(shop: Workshop, client: Client) -> None:
    """A free trial: charged at nothing, billed at nothing or not at all."""
    if shop.has(client, TEAMS_PREMIUM):
        return
    deal = shop.deal(client, TEAMS_PREMIUM)
    subscription = shop.subscribe(deal, Purchase(term="P1M", qualifiers="Trial"))
    subscription.unit_price = subscription.unit_price * 0
    run_month(shop, deal, subscription, 25)
    deal.lines[-1].charge = "new"
    deal.style = shop.rng.choice(("folded", "nothing"))
