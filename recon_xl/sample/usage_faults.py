"""Faults of Azure usage: a month far from those before, a daily file that does not add up, usage that came late."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from recon_xl.sample.azure import meter_line, plan_of, use_meters
from recon_xl.sample.catalogue import AZURE_CONSUMPTION, AZURE_NETWORKING
from recon_xl.sample.clients import Client
from recon_xl.sample.cycles import period_text, shift
from recon_xl.sample.daily import UsedDay, daily_sum
from recon_xl.sample.deals import Deal
from recon_xl.sample.history import plan_costs
from recon_xl.sample.money import half_up, minor_units, money_text
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.planting import Planter
from recon_xl.sample.staging import StagedFault, by_name, folded, host
from recon_xl.sample.verdicts import REVIEW, about
from recon_xl.sample.workshop import Workshop

_LARGE = Fraction(400)


def _large(shop: Workshop) -> Deal:
    """A plan of its own, one meter of which costs about a thousand."""
    return _metered(shop, host(shop, AZURE_CONSUMPTION, AZURE_NETWORKING))


def _with_days(shop: Workshop) -> Deal:
    """The same on the invoice that comes with a daily file."""
    client = host(
        shop, AZURE_CONSUMPTION, AZURE_NETWORKING, wanted=lambda client: client.home.currency == shop.daily_currency
    )
    return _metered(shop, client)


def _metered(shop: Workshop, client: Client) -> Deal:
    deal = folded(shop.deal(client, AZURE_CONSUMPTION))
    use_meters(shop, deal, client.home, 3)
    offer = next(meter for meter in AZURE_CONSUMPTION.offers if meter.title.startswith("Log Analytics"))
    deal.lines.append(meter_line(shop, plan_of(shop, deal, client.home, offer), _LARGE))
    return deal


def _history(planter: Planter, deal: Deal, rule: str, factor: Fraction) -> PlantedFault:
    """Months before that cost so many times this one, on average to the cent."""
    shop, plan = planter.assembly.shop, deal.subscriptions[0].id
    _, currency, cost = plan_costs(shop)[plan]
    base, step = half_up(cost * factor, minor_units(currency)), Fraction(3)
    rows = planter.assembly.mapping["Usage History"]
    rows[:] = [row for row in rows if row["Customer"] != deal.client.name]
    for back, amount in ((1, base + step), (2, base - 2 * step), (3, base + step)):
        rows.append(
            {
                "Period": period_text(shift(shop.first, -back)), "Customer": deal.client.name, "Subscription Id": plan,
                "Meter Group": "", "Cost": money_text(amount, currency), "Currency": currency,
            }
        )  # fmt: skip
    return about(rule, deal, abs(cost - base), currency, REVIEW, subscription=plan)


def _spike(planter: Planter, deal: Deal) -> PlantedFault:
    return _history(planter, deal, "usage-spike", Fraction(planter.rng.randint(20, 40), 100))


def _drop(planter: Planter, deal: Deal) -> PlantedFault:
    return _history(planter, deal, "usage-drop", Fraction(planter.rng.randint(3, 6)))


def _days_of(planter: Planter, deal: Deal) -> list[UsedDay]:
    """The paid days of the deal's largest meter, whose sum is made equal to the monthly line."""
    largest = max(deal.lines, key=lambda line: line.subtotal)
    for line in deal.lines:
        days = [used for used in planter.assembly.daily if used.line is line and not used.benefit]
        days[-1].total += line.subtotal - daily_sum(days)
    return [used for used in planter.assembly.daily if used.line is largest and not used.benefit]


def _too_much(planter: Planter, deal: Deal) -> PlantedFault:
    day = _days_of(planter, deal)[0]
    more = Fraction(planter.rng.randint(300, 4000), 100)
    day.total += more
    plan = day.line.subscription
    return about("usage-tie-out", deal, more, plan.tenant.currency, REVIEW, subscription=plan.id)


def _late(planter: Planter, deal: Deal) -> PlantedFault:
    """One day's usage is dated before the month; it costs whole cents."""
    days = _days_of(planter, deal)
    late, kept = days[0], days[-1]
    currency = late.line.subscription.tenant.currency
    cost = half_up(late.total, minor_units(currency))
    kept.total += late.total - cost
    late.total, late.day = cost, planter.assembly.shop.first - timedelta(days=planter.rng.randint(1, 5))
    return about("late-usage", deal, cost, currency, REVIEW, subscription=late.entitlement)


USAGE_FAULTS = by_name(
    StagedFault("usage-spike", _large, _spike),
    StagedFault("usage-drop", _large, _drop),
    StagedFault("usage-tie-out", _with_days, _too_much),
    StagedFault("late-usage", _with_days, _late),
)
