"""The demo month: twenty-four fictional clients, three vendor invoices of which one is red, every kind of finding once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from recon_xl.sample.assemble import Assembly
from recon_xl.sample.azure import reserve_upfront
from recon_xl.sample.billing import bill_all, instalment
from recon_xl.sample.catalogue import (
    AZURE_RESERVATION,
    BUSINESS_BASIC,
    BUSINESS_PREMIUM,
    BUSINESS_STANDARD,
    M365_E3,
    ONSITE,
    PREMIUM_PREPAID,
    RARE_PRODUCTS,
    WORKSTATION,
)
from recon_xl.sample.clients import Client
from recon_xl.sample.counting import count
from recon_xl.sample.cycles import shift
from recon_xl.sample.deals import Deal
from recon_xl.sample.faults import CENT, plant, stage
from recon_xl.sample.generate import EVERYDAY, STORIES
from recon_xl.sample.month import Month, PlantedFault
from recon_xl.sample.oversights import bill_unknown_product, forget_price, misspell_quantity
from recon_xl.sample.people import RESELLERS, make_client
from recon_xl.sample.planting import (
    Planter,
    bill_quantity,
    bill_without_source,
    duplicate_billed,
    duplicate_vendor,
    leave_unbilled,
    round_differently,
)
from recon_xl.sample.prices import Markup
from recon_xl.sample.reckoning import line_price
from recon_xl.sample.rules import LONG_AGO, default_rules
from recon_xl.sample.seats import buy
from recon_xl.sample.staging import CLOSED
from recon_xl.sample.standing import make_plain, settle_terms
from recon_xl.sample.stories import steady
from recon_xl.sample.unmapping import hide_client, hide_product
from recon_xl.sample.vendor_faults import red_invoice
from recon_xl.sample.workshop import Purchase, Workshop

PERIOD = "2026-10"
LINES = 350
_CAST = (  # first word, trade, invoice currency, what is special
    ("Alder", "Dental", "USD", "plain"),
    ("Bluewater", "Logistics", "USD", "alias"),
    ("Copperleaf", "Freight", "USD", "tenants"),
    ("Harborlight", "Legal", "USD", "order"),
    ("Marigold", "Veterinary", "USD", "plain"),
    ("Kestrelway", "Architects", "EUR", "foreign GBP"),
    ("Ravensford", "Ceramics", "USD", "reseller"),
    ("Thistledown", "Events", "USD", "name"),
    ("Quillmark", "Printing", "EUR", "plain"),
    ("Oakenfold", "Clinic", "USD", "plain"),
    ("Stonecrop", "Fundraising", "USD", "exempt"),
    ("Lindenau", "Robotics", "EUR", "tenants"),
    ("Junipera", "Foods", "EUR", "order"),
    ("Ironbridge", "Machining", "USD", "foreign CAD"),
    ("Saltmarsh", "Fisheries", "USD", "mixed"),
    ("Cedarline", "Construction", "USD", "reseller"),
    ("Foxglove", "Interiors", "EUR", "alias"),
    ("Willowmere", "Bakery", "USD", "plain"),
)
_GUESTS = (  # clients whose file has something wrong: agreement, order or tax evidence
    ("Elmhollow", "Optics", "USD"),
    ("Fernbank", "Nursery", "USD"),
    ("Greywater", "Recycling", "EUR"),
    ("Highfen", "Forestry", "USD"),
    ("Larkspur", "Design", "USD"),
    ("Millpond", "Pharmacy", "USD"),
)
SHOWN = (
    "agreement-invalid-mca", "agreement-missing", "po-missing", "po-expired", "po-exceeded",
    "tax-evidence-missing-certificate", "price-not-updated-list", "price-changed-mid-term-rrp", "proration-wrong-full",
    "credit-not-passed-on", "cancelled-still-billed", "renewal-missed", "currency-mismatch",
    "percentage-wrong-sign-usage", "pec-in-sell", "unbilled-usage", "margin-negative", "margin-below-floor",
    "vendor-arithmetic", "vendor-total", "broken-pair", "unknown-charge-type", "vendor-price-mid-term",
    "ambiguous-mapping-product", "mapping-conflict-contract", "tax-mismatch-rate", "duplicate-count",
    "quantity-between-sources-counts", "stale-source", "usage-spike", "usage-drop", "usage-tie-out", "late-usage",
    "invoice-control-difference",
)  # fmt: skip
"""Faults of the generator that the demo shows beside those of its own scenes."""
RED = "invoice-control-difference"
_ON_RED_INVOICE = "Foxglove"


def sample_month(shown: Sequence[str] = SHOWN) -> Month:
    """The demo month, the same every time: what an accountant sees when trying the product.

    `shown` are the generator's faults in it, beside the worked ones that it always has.
    """
    shop = Workshop("brightside", PERIOD, ("USD", "EUR"))
    default_rules(shop)
    cast = {pair[0]: _client(shop, *pair) for pair in _CAST}
    guests = [_client(shop, *pair, "plain") for pair in _GUESTS]
    settle_terms(shop)
    shop.clients = [client for client in shop.clients if client not in guests]
    shop.guests = [make_plain(client) for client in guests]
    _own_rules(shop, cast)
    _set_the_scene(shop, cast)
    staged = _make_ready(shop, cast, [name for name in shown if name != RED])
    _fill_with_daily_life(shop, cast)
    bill_all(shop)
    assembly = Assembly(shop)
    planted = _plant(Planter(assembly, "brightside", staged), cast)
    planted += plant(assembly, [name for name in shown if name != RED], "brightside", staged)
    if RED in shown:
        planted = (*planted, red_invoice(assembly, _red_deals(shop, cast), Fraction("412.50")))
    return assembly.seal(planted)


def _make_ready(shop: Workshop, cast: dict[str, Client], shown: Sequence[str]) -> dict[str, list[Deal]]:
    """A place for each fault; not with clients that stand for something else."""
    shop.spared = len(_CAST) * 10
    for name in ("Marigold", _ON_RED_INVOICE):
        shop.hosted[cast[name].name] += CLOSED
    return stage(shop, shown)


def _red_deals(shop: Workshop, cast: dict[str, Client]) -> list[Deal]:
    """The seats of one client, on an invoice of their own."""
    return [deal for deal in shop.deals.values() if deal.client is cast[_ON_RED_INVOICE] and _seats_only(deal)]


def _seats_only(deal: Deal) -> bool:
    return bool(deal.lines) and not deal.usage


def _client(shop: Workshop, first: str, trade: str, vendor: str, special: str) -> Client:
    client = make_client(shop, (first, trade), vendor, special)
    shop.clients.append(client)
    return client


def _own_rules(shop: Workshop, cast: dict[str, Client]) -> None:
    """Markups by customer, one of them long over, and what tenants pay above or below retail."""
    cast["Cedarline"].reseller = RESELLERS[0]
    shop.book.markups += [
        Markup("customer", cast["Lindenau"].name, "", "14.5"),
        Markup("customer", cast["Saltmarsh"].name, M365_E3.name, "16"),
        Markup("customer", cast["Junipera"].name, "", "95", None, LONG_AGO),
    ]
    shop.book.profiles["Azure PAYG", cast["Lindenau"].home.id] = "-2.5"
    shop.book.profiles["Azure PAYG", cast["Saltmarsh"].name] = "2.5"


def _set_the_scene(shop: Workshop, cast: dict[str, Client]) -> None:
    """The deals that the demonstration is about."""
    steady(shop, cast["Alder"], BUSINESS_PREMIUM, Purchase(anchor=18), 42)
    devices = shop.deal(cast["Bluewater"], WORKSTATION)
    devices.price, devices.agreement = Fraction(45), f"AGR-{cast['Bluewater'].code}"
    count(shop, devices, 9, 3)
    reserve_upfront(shop, shop.deal(cast["Copperleaf"], AZURE_RESERVATION), cast["Copperleaf"].home, shop.day(12), 1)
    steady(shop, cast["Marigold"], BUSINESS_BASIC, Purchase(anchor=9), 14)
    steady(shop, cast["Marigold"], BUSINESS_STANDARD, Purchase(anchor=9), 6)
    steady(shop, cast["Kestrelway"], RARE_PRODUCTS[6], Purchase(anchor=31), 22)
    steady(shop, cast["Ravensford"], M365_E3, Purchase(anchor=5, promotion=True), 8)
    steady(shop, cast["Thistledown"], BUSINESS_BASIC, Purchase(anchor=30), 12)
    steady(shop, cast["Quillmark"], BUSINESS_STANDARD, Purchase(anchor=2), 25)
    steady(shop, cast["Junipera"], BUSINESS_PREMIUM, Purchase(anchor=29), 17)
    steady(shop, cast["Willowmere"], RARE_PRODUCTS[3], Purchase(anchor=7), 5)
    for name in ("Alder", "Ravensford", "Thistledown", "Quillmark", "Junipera"):
        for deal in shop.deals.values():
            deal.style = "folded" if deal.client is cast[name] else deal.style
    prepaid, day = shop.deal(cast["Oakenfold"], PREMIUM_PREPAID), shift(shop.first, -4).replace(day=15)
    opening = buy(shop, prepaid, shop.subscribe(prepaid, Purchase(plan="Annual", start=day)), day, 10)
    instalment(shop, prepaid, line_price(prepaid, opening, shop.book)[1], 10)


def _fill_with_daily_life(shop: Workshop, cast: dict[str, Client]) -> None:
    """Everything else that happens in a month, none of it an exception."""
    others = [client for client in cast.values() if client is not cast["Marigold"]]
    for number, story in enumerate(STORIES):
        story(shop, others[(number * 5 + 3) % len(others)])
    while shop.count_lines() < LINES:
        shop.rng.choice(EVERYDAY)(shop, shop.rng.choice(others))


def _plant(planter: Planter, cast: dict[str, Client]) -> tuple[PlantedFault, ...]:
    """One mistake of each kind, with the money it is worth."""
    shop = planter.assembly.shop
    ghost = shop.deal(cast["Harborlight"], RARE_PRODUCTS[0])
    return (
        bill_quantity(planter, shop.deal(cast["Alder"], BUSINESS_PREMIUM), Fraction(38)),
        bill_quantity(planter, shop.deal(cast["Quillmark"], BUSINESS_STANDARD), Fraction(23)),
        bill_quantity(planter, shop.deal(cast["Bluewater"], WORKSTATION), Fraction(12)),
        leave_unbilled(planter, shop.deal(cast["Copperleaf"], AZURE_RESERVATION)),
        bill_without_source(planter, ghost, 3, Fraction("34.20")),
        hide_client(planter.assembly, cast["Marigold"].name),
        hide_product(planter.assembly, shop.deal(cast["Kestrelway"], RARE_PRODUCTS[6])),
        duplicate_vendor(planter, shop.deal(cast["Ravensford"], M365_E3)),
        duplicate_billed(planter, shop.deal(cast["Thistledown"], BUSINESS_BASIC)),
        bill_unknown_product(planter, cast["Cedarline"], "Server room clean-up", 2, Fraction(95)),
        misspell_quantity(planter, cast["Stonecrop"], ONSITE.name, Fraction(120)),
        forget_price(planter, shop.deal(cast["Willowmere"], RARE_PRODUCTS[3])),
        round_differently(planter, shop.deal(cast["Junipera"], BUSINESS_PREMIUM), -CENT),
    )
