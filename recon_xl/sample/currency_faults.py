"""Faults of currency: a client billed in another currency than its own."""

from __future__ import annotations

from fractions import Fraction

from recon_xl.sample.catalogue import BUSINESS_PREMIUM
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import half_up, minor_units
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.planting import Planter
from recon_xl.sample.prices import INVERSE_ONLY, RATES
from recon_xl.sample.staging import StagedFault, by_name, folded, host
from recon_xl.sample.stories import steady
from recon_xl.sample.verdicts import LOSE, OVERCHARGED, REVIEW, about_key
from recon_xl.sample.workshop import Workshop

_RULE, _UNKNOWN = "currency-mismatch", "SEK"


def _steady(shop: Workshop) -> Deal:
    return folded(steady(shop, host(shop, BUSINESS_PREMIUM), BUSINESS_PREMIUM))


def _bill_in(planter: Planter, deal: Deal, currency: str, net: Fraction) -> PlantedFault:
    """One line in that currency; at stake is what its value in the client's currency lacks or has too much."""
    line, expected = deal.billed[0], planter.expected(deal)
    rate = planter.assembly.shop.book.rate(currency, deal.client.currency)
    worth = half_up(net * rate, minor_units(deal.client.currency))
    line.currency, line.unit, line.amount = currency, None, net
    direction = LOSE if worth < expected.amount else OVERCHARGED
    return about_key(_RULE, deal, expected, direction, at_stake=abs(worth - expected.amount))


def _other(planter: Planter, deal: Deal) -> str:
    own = deal.client.currency
    return planter.rng.choice([source for source, target in (*RATES, *INVERSE_ONLY) if target == own])


def _same_figure(planter: Planter, deal: Deal) -> PlantedFault:
    """The right figure in the wrong currency."""
    return _bill_in(planter, deal, _other(planter, deal), planter.expected(deal).amount)


def _converted(planter: Planter, deal: Deal) -> PlantedFault:
    """About the right value in the wrong currency."""
    currency = _other(planter, deal)
    rate = planter.assembly.shop.book.rate(currency, deal.client.currency)
    return _bill_in(planter, deal, currency, half_up(planter.expected(deal).amount / rate, minor_units(currency)))


def _without_rate(planter: Planter, deal: Deal) -> PlantedFault:
    """A currency for which no rate is known: nothing can be compared."""
    line, expected = deal.billed[0], planter.expected(deal)
    line.currency, line.unit, line.amount = _UNKNOWN, None, half_up(expected.amount * 10, 2)
    return about_key(_RULE, deal, expected, REVIEW, at_stake=expected.amount)


CURRENCY_FAULTS = by_name(
    StagedFault("currency-mismatch", _steady, _same_figure),
    StagedFault("currency-mismatch-converted", _steady, _converted),
    StagedFault("currency-mismatch-no-rate", _steady, _without_rate),
)
