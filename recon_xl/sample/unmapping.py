"""Faults of the mapping: a vendor customer or a vendor product that no row covers."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from recon_xl.sample.assemble import Assembly
from recon_xl.sample.catalogue import RARE_PRODUCTS
from recon_xl.sample.deals import Deal
from recon_xl.sample.month import PlantedFault, Row
from recon_xl.sample.verdicts import LOSE, about_cost


def hideable_clients(assembly: Assembly, *, by_one_name: bool = False) -> list[str]:
    """Clients with one tenant and vendor lines of this month only; if asked, called by vendor and PSA alike."""
    found: list[str] = []
    owned: defaultdict[str, list[Deal]] = defaultdict(list)
    for deal in assembly.shop.deals.values():
        owned[deal.client.name].append(deal)
    for client in assembly.shop.clients:
        deals = owned[client.name]
        recent = any(deal.lines for deal in deals) and not any(deal.earlier for deal in deals)
        fits = len(client.tenants) == 1 and not (by_one_name and client.match == "alias")
        if fits and recent and _cost(deals) > 1:
            found.append(client.name)
    return found


def hide_client(assembly: Assembly, name: str) -> PlantedFault:
    """Take the client out of every mapping, and its planned billing with it."""
    deals = _deals_of(assembly, name)
    for deal in deals:
        deal.billed = []
    client = deals[0].client
    names = (name, *client.spellings)
    assembly.stray_billed = [row for row in assembly.stray_billed if row["Customer"] not in names]
    return hide_client_but_bill(assembly, name)


def hide_client_but_bill(assembly: Assembly, name: str) -> PlantedFault:
    """Take the client out of every mapping, while the PSA goes on billing it under the vendor's name."""
    deals = _deals_of(assembly, name)
    for line in (line for deal in deals for line in deal.billed):
        line.customer = name
    ids = {subscription.id for deal in deals for subscription in deal.subscriptions}
    gone = {name, deals[0].client.home.id, *ids}
    for table, column in (
        ("Customers", "Customer"),
        ("Agreements", "Customer"),
        ("Purchase Orders", "Customer"),
        ("Sell Prices", "Customer"),
        ("Price Rules", "Applies To"),
        ("Profiles", "Tenant"),
        ("Usage History", "Customer"),
    ):
        _drop(assembly, table, column, gone)
    for deal in deals:
        deal.counts = []
    with_lines = next(deal for deal in deals if deal.lines)
    return about_cost("unmapped-client", with_lines, _cost(deals), LOSE)


def hideable_products(assembly: Assembly) -> set[str]:
    """Products of which exactly one client has exactly one deal."""
    rare = {product.name for product in RARE_PRODUCTS}
    return {deal.product.name for deal in assembly.shop.deals.values() if deal.product.name in rare and deal.lines}


def hide_product(assembly: Assembly, deal: Deal) -> PlantedFault:
    """Take the product out of every mapping, and its planned billing with it."""
    gone = {deal.product.name}
    for table in ("Products", "Price Rules", "Sell Prices", "Agreements"):
        _drop(assembly, table, "Billing Product", gone)
    deal.billed, deal.counts = [], []
    assembly.stray_billed = [row for row in assembly.stray_billed if row["Product"] not in gone]
    return about_cost("unmapped-product", deal, _cost([deal]), LOSE)


def _deals_of(assembly: Assembly, name: str) -> list[Deal]:
    return [deal for deal in assembly.shop.deals.values() if deal.client.name == name]


def _cost(deals: list[Deal]) -> Fraction:
    return sum((line.subtotal for deal in deals for line in deal.lines), Fraction(0))


def _drop(assembly: Assembly, table: str, column: str, gone: set[str]) -> None:
    kept: list[Row] = [row for row in assembly.mapping[table] if row[column] not in gone]
    assembly.mapping[table] = kept
