"""Tax that the PSA plans on a billed line: by the client's region and the product's class, half up on each line."""

from __future__ import annotations

from fractions import Fraction

from recon_xl.sample.catalogue import Product
from recon_xl.sample.clients import TAX_ROWS, Client
from recon_xl.sample.deals import BilledLine, Deal
from recon_xl.sample.money import half_up, minor_units, money_text
from recon_xl.sample.month import Row


def due(client: Client, product: Product) -> tuple[str, Fraction]:
    """Tax code and rate in percent; an exempt client has neither."""
    return ("", Fraction(0)) if client.exempt or client.certificate else rate_in(client.region, product)


def rate_in(region: str, product: Product) -> tuple[str, Fraction]:
    """Code and rate of a region: that of the product's class, else that of every class."""
    by_class = {row[1]: row for row in TAX_ROWS if row[0] == region}
    found = by_class.get(product.tax_class or "*") or by_class["*"]
    return found[2], Fraction(found[3])


def tax_of(net: Fraction, percent: Fraction, currency: str) -> Fraction:
    """Tax of one line, in the currency's smallest unit."""
    return half_up(net * percent / 100, minor_units(currency))


def tax_cells(deal: Deal, line: BilledLine) -> Row:
    """Tax Code and Tax of a billed line: what was planned on it, what is due, or nothing where the PSA plans none."""
    client = deal.client
    if line.tax is not None:
        return {"Tax Code": line.tax_code, "Tax": money_text(line.tax, client.currency)}
    if not client.taxed or line.currency not in ("", client.currency):
        return {}
    code, percent = due(client, deal.product)
    return {"Tax Code": code, "Tax": money_text(tax_of(line.net(), percent, client.currency), client.currency)}
