"""Faults of tax on the planned bill: a wrong rate, another region's, an exemption ignored or run out, no evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

from recon_xl.sample.catalogue import BUSINESS_PREMIUM
from recon_xl.sample.clients import REVERSE_CHARGE, TAX_ROWS, Client
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import half_up, minor_units
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.planting import Planter
from recon_xl.sample.staging import StagedFault, by_name, folded, furnished, guest, host
from recon_xl.sample.stories import steady
from recon_xl.sample.taxes import due, rate_in, tax_of
from recon_xl.sample.verdicts import LOSE, OVERCHARGED, about
from recon_xl.sample.workshop import Workshop

_RULE, _EVIDENCE = "tax-mismatch", "tax-evidence-missing"
_ZERO = Fraction(0)


def _ordinary(shop: Workshop) -> Deal:
    return folded(steady(shop, host(shop, BUSINESS_PREMIUM), BUSINESS_PREMIUM))


def _taxed_by_vendor(shop: Workshop) -> Deal:
    """A client on the invoice that carries the vendor's tax."""
    currency = shop.currencies[1] if len(shop.currencies) > 1 else ""
    client = host(shop, BUSINESS_PREMIUM, wanted=lambda client: client.home.currency == currency)
    return folded(steady(shop, client, BUSINESS_PREMIUM))


def _special(change: Callable[[Workshop, Client], None]) -> Callable[[Workshop], Deal]:
    """A new client, changed before anything is billed to it."""

    def prepare(shop: Workshop) -> Deal:
        client = guest(shop)
        client.taxed = False
        change(shop, client)
        return furnished(shop, client, (BUSINESS_PREMIUM,))

    return prepare


def _exempt(shop: Workshop, client: Client) -> None:
    client.certificate = f"EX-{client.code}"


def _expired(shop: Workshop, client: Client) -> None:
    client.certificate, client.expiry = f"EX-{client.code}", shop.first - timedelta(days=shop.rng.randint(5, 90))


def _lost(shop: Workshop, client: Client) -> None:
    client.exempt = True


def _unregistered(shop: Workshop, client: Client) -> None:
    client.region, client.tax_id = REVERSE_CHARGE, ""


def _plan(deal: Deal, code: str, tax: Fraction, due_percent: Fraction) -> PlantedFault:
    """Plan that tax on the deal's only line; at stake is what separates it from the tax due."""
    line, currency = deal.billed[0], deal.client.currency
    line.tax, line.tax_code = tax, code
    gap = tax - tax_of(line.net(), due_percent, currency)
    direction = LOSE if gap < 0 else OVERCHARGED
    return about(_RULE, deal, abs(gap), currency, direction, product=deal.product.name)


def _wrong_rate(planter: Planter, deal: Deal) -> PlantedFault:
    code, percent = due(deal.client, deal.product)
    wrong = percent + planter.rng.choice((Fraction("-1.37"), Fraction("1.37"))) if percent > 2 else percent + 3
    return _plan(deal, code, tax_of(deal.billed_net(), wrong, deal.client.currency), percent)


def _other_region(planter: Planter, deal: Deal) -> PlantedFault:
    _, percent = due(deal.client, deal.product)
    others = sorted({row[0] for row in TAX_ROWS if row[1] == "*" and Fraction(row[3]) not in (percent, _ZERO)})
    code, wrong = rate_in(planter.rng.choice(others), deal.product)
    return _plan(deal, code, tax_of(deal.billed_net(), wrong, deal.client.currency), percent)


def _charged_although_exempt(planter: Planter, deal: Deal) -> PlantedFault:
    code, percent = rate_in(deal.client.region, deal.product)
    return _plan(deal, code, tax_of(deal.billed_net(), percent, deal.client.currency), _ZERO)


def _still_exempted(planter: Planter, deal: Deal) -> PlantedFault:
    return _plan(deal, "", _ZERO, rate_in(deal.client.region, deal.product)[1])


def _passed_on(planter: Planter, deal: Deal) -> PlantedFault:
    currency = deal.client.home.currency
    percent = planter.assembly.invoices[currency].tax_percent
    tax = sum((half_up(line.subtotal * percent / 100, minor_units(currency)) for line in deal.lines), _ZERO)
    code, due_percent = due(deal.client, deal.product)
    return _plan(deal, code, tax, due_percent)


def _no_evidence(planter: Planter, deal: Deal) -> PlantedFault:
    return about(_EVIDENCE, deal, _ZERO, deal.client.currency)


TAX_FAULTS = by_name(
    StagedFault("tax-mismatch-rate", _ordinary, _wrong_rate),
    StagedFault("tax-mismatch-region", _ordinary, _other_region),
    StagedFault("tax-mismatch-exempt", _special(_exempt), _charged_although_exempt, whole=True),
    StagedFault("tax-mismatch-expired", _special(_expired), _still_exempted, whole=True),
    StagedFault("tax-mismatch-vendor", _taxed_by_vendor, _passed_on),
    StagedFault("tax-evidence-missing-certificate", _special(_lost), _no_evidence, whole=True),
    StagedFault("tax-evidence-missing-tax-id", _special(_unregistered), _no_evidence, whole=True),
)
