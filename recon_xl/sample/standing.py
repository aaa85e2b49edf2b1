"""What stands in the clients' files: relations with the vendor, tax registration, purchase orders, taxed bills."""

from __future__ import annotations

from datetime import date

from recon_xl.sample.catalogue import price_level
from recon_xl.sample.clients import REGIONS, REVERSE_CHARGE, Client, Paper
from recon_xl.sample.cycles import ONE_DAY
from recon_xl.sample.money import number_text
from recon_xl.sample.workshop import Workshop

REQUIRED = "MCA"
"""The kind of agreement that the provider requires of every client."""
_LIMIT = 250_000


def settle_terms(shop: Workshop) -> None:
    """Give every client its agreements, and some of them a tax registration, a purchase order or taxed bills."""
    for number, client in enumerate(shop.clients):
        client.country = client.home.country
        client.taxed = number % 3 == 0 or bool(client.certificate)
        if number % 9 == 5 and client.currency == "EUR" and not client.certificate:
            client.region, client.taxed = REVERSE_CHARGE, True
        if number % 2 or client.region == REVERSE_CHARGE:
            client.tax_id = f"{client.country}{300000000 + 7919 * number}"
        if client.order:
            client.order_required = number // 12 % 2 == 0
            client.order_amount = "" if number // 12 % 3 == 2 else number_text(_LIMIT * price_level(client.currency))
        client.papers = papers_of(client, shop.first, number)


def papers_of(client: Client, first: date, number: int) -> list[Paper]:
    """The client's own acceptance of the vendor's terms, an older one that ended, and what else some of them have."""
    year = first.year
    papers = [Paper(f"MCA-{client.code}", "MCA", "Active", date(year - 2, 3, 1 + number % 28))]
    if number % 4 == 1:
        papers.append(
            Paper(
                f"MCA-{client.code}-1",
                "MCA",
                "Expired",
                date(year - 4, 1, 1),
                papers[0].start and papers[0].start - ONE_DAY,
            )
        )
    if number % 2:
        papers.append(Paper(f"GDAP-{client.code}", "GDAP", "Active", date(year - 1, 6, 1), date(year + 1, 5, 31)))
    if client.reseller:
        papers.append(Paper(f"REL-{client.code}", "reseller relation", "Active", date(year - 1, 1, 1)))
    if number % 5 == 2:
        papers.append(Paper(f"CON-{client.code}", "contract", "Active", date(year - 1, 1, 1)))
    return papers


def make_plain(client: Client) -> Client:
    """The client without anything special: one tenant, its own currency, found by id, no certificate, no order."""
    client.tenants, client.currency = client.tenants[:1], client.tenants[0].currency
    client.match, client.certificate, client.order, client.reseller = "id", "", "", ""
    client.order_required = False
    client.country, client.region = REGIONS.get(client.currency, REGIONS["USD"])
    return client
