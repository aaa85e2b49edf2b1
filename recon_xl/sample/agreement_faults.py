"""Faults of agreements and purchase orders: run out, never signed, missing, used up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from recon_xl.sample.catalogue import BUSINESS_PREMIUM, M365_E3
from recon_xl.sample.clients import Client, Paper
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import half_up, minor_units, number_text
from recon_xl.sample.month import PlantedFault, Row
from recon_xl.sample.planting import Planter
from recon_xl.sample.staging import StagedFault, by_name, deals_of, folded, furnished, guest
from recon_xl.sample.standing import REQUIRED
from recon_xl.sample.stories import steady
from recon_xl.sample.verdicts import about
from recon_xl.sample.workshop import Workshop

_INVALID = "agreement-invalid"
_ZERO = Fraction(0)


def _with(kind: str) -> Callable[[Workshop], Deal]:
    """A new client whose only agreement of that kind is not valid."""

    def prepare(shop: Workshop) -> Deal:
        client = guest(shop)
        client.papers = [paper for paper in client.papers if paper.kind not in (kind, "contract")]
        client.papers.append(_invalid(shop, Paper(f"{kind[:3].upper()}-{client.code}-9", kind)))
        return furnished(shop, client)

    return prepare


def _invalid(shop: Workshop, paper: Paper) -> Paper:
    """Not valid at period end: expired, terminated, pending, or active beyond its last day."""
    begun, over = date(shop.first.year - 2, 2, 1), shop.first - timedelta(days=shop.rng.randint(1, 60))
    return shop.turn(
        "invalid",
        (
            replace(paper, status="Expired", start=begun, end=over),
            replace(paper, status="Terminated", start=begun),
            replace(paper, status="Pending", start=begun),
            replace(paper, status="Active", start=begun, end=over),
        ),
    )


def _one_of_several(shop: Workshop) -> Deal:
    """A client with a valid contract and one that is over, under which its second product is still billed."""
    client = guest(shop)
    valid = Paper(f"CON-{client.code}", "contract", "Active", date(shop.first.year - 1, 1, 1))
    over = _invalid(shop, Paper(f"CON-{client.code}-7", "contract", product=BUSINESS_PREMIUM.name))
    client.papers = [*(paper for paper in client.papers if paper.kind != "contract"), valid, over]
    folded(steady(shop, client, M365_E3))
    deal = folded(steady(shop, client, BUSINESS_PREMIUM))
    for known in (deal, shop.deal(client, M365_E3)):
        known.agreement = ""
    return deal


def _without_required(shop: Workshop) -> Deal:
    client = guest(shop)
    client.papers = [paper for paper in client.papers if paper.kind != REQUIRED]
    return furnished(shop, client)


def _ordering(*, order: str, required: bool) -> Callable[[Workshop], Deal]:
    def prepare(shop: Workshop) -> Deal:
        client = guest(shop)
        client.order, client.order_required = f"{order}{client.code}" if order else "", required
        client.order_amount = ""
        return furnished(shop, client)

    return prepare


def _billed(planter: Planter, client: Client) -> Fraction:
    return sum((deal.billed_net() for deal in deals_of(planter, client)), _ZERO)


def _expected(planter: Planter, client: Client) -> Fraction:
    return sum((planter.expected(deal).amount for deal in deals_of(planter, client)), _ZERO)


def _all_billed(rule: str) -> Callable[[Planter, Deal], PlantedFault]:
    """Everything billed to the client stands on an agreement that is not there or not valid."""
    return lambda planter, deal: about(rule, deal, _billed(planter, deal.client), deal.client.currency)


def _named(planter: Planter, deal: Deal) -> PlantedFault:
    for line in deal.billed:
        line.agreement = deal.client.papers[-1].number
    return about(_INVALID, deal, deal.billed_net(), deal.client.currency)


def _order_of(planter: Planter, deal: Deal) -> Row:
    return next(row for row in planter.assembly.mapping["Purchase Orders"] if row["Customer"] == deal.client.name)


def _no_order(planter: Planter, deal: Deal) -> PlantedFault:
    return about("po-missing", deal, _expected(planter, deal.client), deal.client.currency)


def _order_over(planter: Planter, deal: Deal) -> PlantedFault:
    """The client's only order ended before the month."""
    end = planter.assembly.shop.first - timedelta(days=planter.rng.randint(3, 60))
    _order_of(planter, deal).update(Start=f"{end.year - 1}-01-01", End=end.isoformat())
    return about("po-expired", deal, _expected(planter, deal.client), deal.client.currency)


def _order_too_small(planter: Planter, deal: Deal) -> PlantedFault:
    expected, currency = _expected(planter, deal.client), deal.client.currency
    cap = half_up(expected * planter.rng.randint(40, 90) / 100, minor_units(currency))
    _order_of(planter, deal)["Amount"] = number_text(cap)
    return about("po-exceeded", deal, expected - cap, currency)


AGREEMENT_FAULTS = by_name(
    StagedFault("agreement-invalid-mca", _with("MCA"), _all_billed(_INVALID), whole=True),
    StagedFault("agreement-invalid-gdap", _with("GDAP"), _all_billed(_INVALID), whole=True),
    StagedFault("agreement-invalid-reseller", _with("reseller relation"), _all_billed(_INVALID), whole=True),
    StagedFault("agreement-invalid-contract", _with("contract"), _all_billed(_INVALID), whole=True),
    StagedFault("agreement-invalid-one-of-several", _one_of_several, _named, whole=True),
    StagedFault("agreement-missing", _without_required, _all_billed("agreement-missing"), whole=True),
    StagedFault("po-missing", _ordering(order="", required=True), _no_order, whole=True),
    StagedFault("po-expired", _ordering(order="PO-", required=False), _order_over, whole=True),
    StagedFault("po-exceeded", _ordering(order="PO-", required=True), _order_too_small, whole=True),
)
