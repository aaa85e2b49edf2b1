"""Faults of counts: counted twice, two tools that disagree, a tool that no longer reports."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from recon_xl.sample.catalogue import BUSINESS_PREMIUM, WORKSTATION
from recon_xl.sample.counting import another_source, second_opinion
from recon_xl.sample.deals import Deal
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.planting import Planter
from recon_xl.sample.staging import StagedFault, by_name, folded, host
from recon_xl.sample.stories import steady
from recon_xl.sample.turns import devices
from recon_xl.sample.verdicts import about
from recon_xl.sample.workshop import Workshop

_BETWEEN = "quantity-between-sources"


def _counted(shop: Workshop) -> Deal:
    client = host(shop, WORKSTATION)
    devices(shop, client)
    deal = shop.deal(client, WORKSTATION)
    deal.counts = [row for row in deal.counts if row["Count Source"] == WORKSTATION.count_source]
    return folded(deal)


def _licensed(shop: Workshop) -> Deal:
    return folded(steady(shop, host(shop, BUSINESS_PREMIUM), BUSINESS_PREMIUM))


def _review(rule: str, deal: Deal) -> PlantedFault:
    return about(rule, deal, Fraction(0), deal.client.currency, product=deal.product.name)


def _twice(planter: Planter, deal: Deal) -> PlantedFault:
    """A row of the latest count stands twice."""
    last = planter.assembly.shop.last.isoformat()
    latest = max(row["As Of"] for row in deal.counts if row["As Of"] <= last)
    deal.counts.append(dict(next(row for row in deal.counts if row["As Of"] == latest)))
    return _review("duplicate-count", deal)


def _two_tools(planter: Planter, deal: Deal) -> PlantedFault:
    another_source(planter.assembly.shop, deal, (deal.counted or 0) + planter.rng.randint(2, 6))
    return _review(_BETWEEN, deal)


def _against_the_vendor(planter: Planter, deal: Deal) -> PlantedFault:
    seats = int(planter.expected(deal).quantity or 0) + planter.rng.choice((-2, 2, 3))
    second_opinion(planter.assembly.shop, deal, seats)
    return _review(_BETWEEN, deal)


def _silent_portal(planter: Planter, deal: Deal) -> PlantedFault:
    """The only count of the seats is from before last month."""
    shop = planter.assembly.shop
    second_opinion(shop, deal, int(planter.expected(deal).quantity or 0))
    deal.counts[-1]["As Of"] = (shop.first - timedelta(days=planter.rng.randint(10, 50))).isoformat()
    return _review("stale-source", deal)


def _silent_tool(planter: Planter, deal: Deal) -> PlantedFault:
    """The only count of the devices, which decides what is billed, is from before last month."""
    shop = planter.assembly.shop
    last = shop.last.isoformat()
    latest = max(row["As Of"] for row in deal.counts if row["As Of"] <= last)
    old = (shop.first - timedelta(days=planter.rng.randint(10, 50))).isoformat()
    deal.counts = [row | {"As Of": old} for row in deal.counts if row["As Of"] == latest]
    return _review("stale-source", deal)


COUNT_FAULTS = by_name(
    StagedFault("duplicate-count", _counted, _twice),
    StagedFault("quantity-between-sources-counts", _counted, _two_tools),
    StagedFault("quantity-between-sources-vendor", _licensed, _against_the_vendor),
    StagedFault("stale-source", _licensed, _silent_portal),
    StagedFault("stale-source-counted", _counted, _silent_tool),
)
