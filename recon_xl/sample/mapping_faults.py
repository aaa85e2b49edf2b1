"""Faults of the mapping: an id that fits two rows, rows that contradict each other."""

from __future__ import annotations

from fractions import Fraction

from recon_xl.sample.catalogue import BUSINESS_STANDARD, RARE_PRODUCTS
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import half_up, minor_units, number_text
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.planting import Planter
from recon_xl.sample.staging import StagedFault, by_name, deals_of, folded, furnished, guest, host
from recon_xl.sample.stories import steady
from recon_xl.sample.verdicts import LOSE, REVIEW, about
from recon_xl.sample.workshop import Workshop

_AMBIGUOUS, _CONFLICT = "ambiguous-mapping", "mapping-conflict"
_ZERO = Fraction(0)


def _newcomer(shop: Workshop) -> Deal:
    return furnished(shop, guest(shop))


def _rare(shop: Workshop) -> Deal:
    """A product that nobody else has."""
    taken = {product for _, product in shop.deals}
    product = next((product for product in RARE_PRODUCTS if product.name not in taken), None)
    if product is None:
        raise LookupError("every rare product is taken; ask for fewer faults of products")
    return folded(steady(shop, host(shop, product), product))


def _agreed(shop: Workshop) -> Deal:
    return folded(steady(shop, host(shop, BUSINESS_STANDARD), BUSINESS_STANDARD))


def _two_clients(planter: Planter, deal: Deal) -> PlantedFault:
    """A second row of Customers with the same tenant; the PSA goes on billing the first."""
    customers, client = planter.assembly.mapping["Customers"], deal.client
    row = next(row for row in customers if row["Customer"] == client.name)
    customers.append(row | {"Customer": f"{client.name} (old account)", "Code": f"{client.code}X", "Aliases": ""})
    cost = sum((line.subtotal for deal in deals_of(planter, client) for line in deal.lines), _ZERO)
    return about(_AMBIGUOUS, None, cost, client.home.currency, LOSE, customer=client.home.name)


def _two_products(planter: Planter, deal: Deal) -> PlantedFault:
    """A second row of Products with the same ids; the PSA goes on billing the first."""
    products = planter.assembly.mapping["Products"]
    row = next(row for row in products if row["Billing Product"] == deal.product.name)
    products.append(row | {"Billing Product": f"{deal.product.name} (old name)", "Item Code": "OLD"})
    cost = sum((line.subtotal for line in deal.lines), _ZERO)
    return about(_AMBIGUOUS, None, cost, deal.client.home.currency, LOSE)


def _two_bases(planter: Planter, deal: Deal) -> PlantedFault:
    """A second row of the same product, for a SKU that nobody bought, with another price basis."""
    products = planter.assembly.mapping["Products"]
    row = next(row for row in products if row["Billing Product"] == deal.product.name)
    products.append(row | {"Sku Id": "0099", "Price Basis": "list"})
    return about(_CONFLICT, None, _ZERO, planter.assembly.shop.currencies[0], REVIEW, product=deal.product.name)


def _two_prices(planter: Planter, deal: Deal) -> PlantedFault:
    """A second contract in force, begun a year earlier, with another price."""
    agreements, shop = planter.assembly.mapping["Agreements"], planter.assembly.shop
    wanted = (deal.agreement, deal.client.name, deal.product.name)
    row = next(row for row in agreements if (row["Agreement"], row["Customer"], row["Billing Product"]) == wanted)
    price = half_up((deal.price or _ZERO) * Fraction(95, 100), minor_units(deal.client.currency))
    other = {"Agreement": f"{deal.agreement}-B", "Price": number_text(price), "Start": f"{shop.first.year - 1}-02-01"}
    agreements.append(row | other)
    return about(_CONFLICT, deal, _ZERO, deal.client.currency, REVIEW, product=deal.product.name)


MAPPING_FAULTS = by_name(
    StagedFault("ambiguous-mapping-client", _newcomer, _two_clients, whole=True),
    StagedFault("ambiguous-mapping-product", _rare, _two_products),
    StagedFault("mapping-conflict-product", _rare, _two_bases),
    StagedFault("mapping-conflict-contract", _agreed, _two_prices),
)
