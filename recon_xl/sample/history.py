"""Usage History: what each Azure plan cost in the months before, near to what it costs now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from recon_xl.sample.cycles import period_text, shift
from recon_xl.sample.daily import UsedDay
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import half_up, minor_units, money_text
from recon_xl.sample.month import Row
from recon_xl.sample.workshop import Workshop

MONTHS = 3


def plan_costs(shop: Workshop) -> dict[str, tuple[Deal, str, Fraction]]:
    """Azure plan -> a deal of its client, its currency, and its cost this month over all its meters."""
    costs: dict[str, tuple[Deal, str, Fraction]] = {}
    for deal in shop.deals.values():
        for line in deal.lines:
            plan = line.subscription
            if plan.kind == "usage":
                known = costs.get(plan.id, (deal, plan.tenant.currency, Fraction(0)))
                costs[plan.id] = (known[0], known[1], known[2] + line.subtotal)
    return costs


def history_rows(shop: Workshop, used: Iterable[UsedDay]) -> list[Row]:
    """Months before of most plans, of some resources by meter category; a plan bought this month has none."""
    rows: list[Row] = []
    for number, (plan, (deal, currency, cost)) in enumerate(plan_costs(shop).items()):
        if number % 6 != 5 and cost > 0:
            rows += _months(shop, (deal.client.name, plan, "", currency), cost)
            rows.append(_row(shop, (deal.client.name, plan, "", currency), MONTHS + 1, 5 * cost))
    groups: defaultdict[tuple[str, str, str, str], Fraction] = defaultdict(Fraction)
    clients = {plan: deal.client.name for plan, (deal, _, _) in plan_costs(shop).items()}
    for row in used:
        subscription = row.line.subscription
        groups[clients[subscription.id], row.entitlement, row.category, subscription.tenant.currency] += row.total
    for number, (key, total) in enumerate(groups.items()):
        if number % 5 == 0 and total > 1:
            rows += _months(shop, key, half_up(total, minor_units(key[3])))
    return rows


def _months(shop: Workshop, key: tuple[str, str, str, str], cost: Fraction) -> list[Row]:
    return [_row(shop, key, back, cost * shop.rng.randint(80, 125) / 100) for back in range(1, MONTHS + 1)]


def _row(shop: Workshop, key: tuple[str, str, str, str], back: int, cost: Fraction) -> Row:
    client, subscription, group, currency = key
    return {
        "Period": period_text(shift(shop.first, -back)),
        "Customer": client,
        "Subscription Id": subscription,
        "Meter Group": group,
        "Cost": money_text(half_up(cost, minor_units(currency)), currency),
        "Currency": currency,
    }
