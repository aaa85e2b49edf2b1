"""The clients of a generated month: every way a client can be matched, taxed and billed comes up in turn."""

from __future__ import annotations

from dataclasses import replace

from recon_xl.sample.clients import REGIONS, Client
from recon_xl.sample.names import ROLES, company_names, legal_name, slug
from recon_xl.sample.prices import INVERSE_ONLY, RATES
from recon_xl.sample.vendor import Tenant
from recon_xl.sample.workshop import Workshop

RESELLERS = ("Cascade Channel Partners", "Delta Referral Group")
_PATTERN = (  # what is special about each twelfth client
    "plain", "alias", "name", "tenants", "exempt", "foreign",
    "reseller", "plain", "order", "mixed", "foreign", "tenants",
)  # fmt: skip
_US_REGIONS = ("US-WA", "US-TX", "US-NY")


def make_clients(shop: Workshop, how_many: int) -> None:
    """So many clients, two thirds of them on the first currency's invoice."""
    pairs = company_names(shop.rng, how_many)
    for number in range(how_many):
        vendor = shop.currencies[0 if number % 3 < 2 else 1 % len(shop.currencies)]
        if number % 7 == 6:
            vendor = shop.currencies[number // 7 % len(shop.currencies)]
        shop.clients.append(make_client(shop, pairs[number], vendor, _PATTERN[number % len(_PATTERN)]))


def make_client(shop: Workshop, pair: tuple[str, str], vendor: str, special: str) -> Client:
    """One client of that kind, whose tenants are on the invoice in `vendor` currency."""
    number = len(shop.clients)
    currency = _client_currency(vendor, number, special)
    country, region = REGIONS.get(currency, REGIONS["USD"])
    name = legal_name(pair, country)
    base = Client(
        name=name,
        code=f"{pair[0][:3]}{pair[1][:2]}{number:03d}".upper(),
        currency=currency,
        region=_US_REGIONS[number % 3] if region == "US-WA" else region,
        tenants=_tenants(shop, name, country, vendor, special),
        match=special if special in ("alias", "name") else "id",
        contact=ROLES[number % len(ROLES)],
        email=f"accounts@{slug(name)}.example",
        terms=("", "14", "30", "45")[number % 4],
        tracking=("North", "South", "")[number % 3],
        draft_tab="Yes" if number % 5 == 0 else "",
        spellings=(f"{pair[0]}-{pair[1]}".upper(),) if number % 2 else (),
    )
    return _specialised(base, special, number)


def _specialised(client: Client, special: str, number: int) -> Client:
    aliases = client.spellings + ((client.home.name,) if special == "alias" else ())
    return replace(
        client,
        aliases=aliases,
        reseller=RESELLERS[number % 2] if special == "reseller" else "",
        certificate=f"EX-{40000 + number}" if special == "exempt" else "",
        order=f"PO-{7000 + number}" if special == "order" else "",
    )


def _client_currency(vendor: str, number: int, special: str) -> str:
    """The invoice's currency, unless the client is `foreign`; `foreign GBP` names the currency."""
    kind, _, named = special.partition(" ")
    return named or (foreign(vendor, number) if kind == "foreign" else vendor)


def foreign(vendor: str, number: int) -> str:
    """Another currency than the invoice's, for which a rate is known; its own where there is none."""
    known = [to for source, to in (*RATES, *INVERSE_ONLY) if source == vendor]
    return known[number // 5 % len(known)] if known else vendor


def _tenants(shop: Workshop, name: str, country: str, vendor: str, special: str) -> tuple[Tenant, ...]:
    first = {"alias": f"{name} Holding Group", "name": name.upper().replace(" ", "  ")}.get(special, name)
    tenants = [make_tenant(shop, first, country, vendor)]
    if special == "tenants":
        tenants += [
            make_tenant(shop, f"{name} - {branch}", country, vendor) for branch in ("Branch East", "Branch West")
        ]
    if special == "mixed" and len(shop.currencies) > 1:
        other = shop.currencies[1] if vendor == shop.currencies[0] else shop.currencies[0]
        if (other, vendor) in RATES:
            tenants.append(make_tenant(shop, f"{name} International", country, other))
    return tuple(tenants)


def make_tenant(shop: Workshop, name: str, country: str, currency: str) -> Tenant:
    """A tenant with an id and a domain."""
    return Tenant(shop.ids.guid(), name, f"{slug(name)}.onmicrosoft.example", country, currency)
