"""Mistakes in the records themselves: a name nobody mapped, a cell nobody can read, a price nobody entered."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from recon_xl.sample.clients import Client
from recon_xl.sample.deals import BilledLine, Deal
from recon_xl.sample.money import money
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.planting import Planter
from recon_xl.sample.tables import billed_row

REVIEW = "review"


def bill_unknown_product(
    planter: Planter, client: Client, product: str, quantity: int, price: Fraction
) -> PlantedFault:
    """Bill something that Products does not list."""
    line = BilledLine(client.name, product, product, Fraction(quantity), price, quantity * price)
    line.month, line.currency = planter.assembly.settings["Period"], client.currency
    planter.assembly.stray_billed.append(billed_row(line))
    amount = money(quantity * price, client.currency)
    return PlantedFault(
        rule="unmapped-line", customer=client.name, product=product, subscription=None, expected=None, billed=amount,
        at_stake=amount, direction=REVIEW, currency=client.currency, expected_quantity=None,
        billed_quantity=Decimal(quantity),
    )  # fmt: skip


def misspell_quantity(planter: Planter, client: Client, product: str, price: Fraction) -> PlantedFault:
    """Bill with a quantity in words: the row is kept, its money is for review."""
    line = BilledLine(client.name, product, product, Fraction(2), price, 2 * price)
    line.month, line.currency = planter.assembly.settings["Period"], client.currency
    planter.assembly.stray_billed.append(billed_row(line) | {"Quantity": "two"})
    return PlantedFault(
        rule="unreadable-cell", customer=client.name, product=product, subscription=None, expected=None, billed=None,
        at_stake=money(2 * price, client.currency), direction=REVIEW, currency=client.currency,
        expected_quantity=None, billed_quantity=None,
    )  # fmt: skip


def forget_price(planter: Planter, deal: Deal) -> PlantedFault:
    """Sell the product by our own list, on which it has no price: the bill cannot be checked."""
    planter.used.add(deal.key)
    for row in planter.assembly.mapping["Products"]:
        if row["Billing Product"] == deal.product.name:
            row["Price Basis"] = "list"
    cost = sum((line.subtotal for line in deal.lines), Fraction(0))
    expected = planter.expected(deal).quantity
    return PlantedFault(
        rule="unpriced", customer=deal.client.name, product=deal.product.name, subscription=None, expected=None,
        billed=money(deal.billed_net(), deal.client.currency), at_stake=money(cost, deal.client.currency),
        direction=REVIEW, currency=deal.client.currency,
        expected_quantity=None if expected is None else Decimal(int(expected)),
        billed_quantity=Decimal(int(deal.billed_quantity())),
    )  # fmt: skip
