"""Price rules of a generated month: markups at every level, profiles with overrides."""

from __future__ import annotations

from datetime import date

from recon_xl.sample.catalogue import PRODUCTS
from recon_xl.sample.people import RESELLERS
from recon_xl.sample.prices import Markup
from recon_xl.sample.workshop import Workshop

_STANDARD_MARKUPS = ("20", "18", "22.5", "25", "17.25")
LONG_AGO = date(2024, 12, 31)


def default_rules(shop: Workshop) -> None:
    """A markup for each product on vendor cost, one for each reseller, and the default profiles."""
    on_cost = [product for product in PRODUCTS if product.basis in ("markup", "rrp")]
    for number, product in enumerate(on_cost):
        percent = _STANDARD_MARKUPS[number % len(_STANDARD_MARKUPS)]
        shop.book.markups.append(Markup("product", "", product.name, percent, shop.first.replace(month=1, day=1)))
    for reseller, percent in zip(RESELLERS, ("15", "16.5"), strict=True):
        shop.book.markups.append(Markup("reseller", reseller, "", percent))
    shop.book.profiles["Azure PAYG", ""] = "0"
    shop.book.profiles["Azure Reservation", ""] = "2.5"


def client_rules(shop: Workshop) -> None:
    """Markups of some customers and subscriptions, an expired one, and overrides for some tenants."""
    for number, client in enumerate(shop.clients):
        if number % 6 == 1:
            product = "" if number % 4 else "Microsoft 365 E3"
            shop.book.markups.append(Markup("customer", client.name, product, "14.5"))
        elif number % 6 == 2:
            shop.book.markups.append(Markup("customer", client.name, "", "95", None, LONG_AGO))
        if number % 5 == 3:
            holder = client.home.id if number % 2 else client.name
            shop.book.profiles["Azure PAYG", holder] = ("2.5", "-2.5", "7.25")[number % 3]


def subscription_rule(shop: Workshop, subscription: str, percent: str) -> None:
    """A markup agreed for one subscription; it beats every other."""
    shop.book.markups.append(Markup("subscription", subscription, "", percent))
