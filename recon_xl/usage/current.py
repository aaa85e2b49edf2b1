"""What a subscription, entitlement or meter category costs this month, from the monthly invoice or its daily rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recon_xl.core.money import EXACT, ZERO
from recon_xl.engine.session import Session
from recon_xl.usage.history import SeriesKey

_MONTHLY = """
    SELECT customer, subscription_id, currency, product, cost, line_ids
    FROM monthly_usage
    WHERE subscription_id IN (SELECT id FROM asked_usage)
    ORDER BY rowid
"""
_DAILY = """
    SELECT customer, subscription_id, entitlement_id, meter_group, currency, product, cost, line_ids
    FROM daily_usage
    WHERE subscription_id IN (SELECT id FROM asked_usage) OR entitlement_id IN (SELECT id FROM asked_usage)
    ORDER BY rowid
"""
_MAPPED = "SELECT DISTINCT customer FROM {} WHERE client IS NOT NULL"
_HAS_DETAILS = "SELECT count(*) > 0 FROM daily_usage WHERE subscription_id <> '' OR entitlement_id <> ''"
_EARLIER_PLANS = "SELECT DISTINCT subscription_id FROM mapped_line WHERE kind = 'usage' AND subscription_id <> ''"

Name = tuple[str, str, str]
"""Client (or the vendor's name of an unmapped customer), id, meter category (blank for all)."""


@dataclass(slots=True)
class Cost:
    """Money and evidence of one name, by currency."""

    by_currency: dict[str, Decimal]
    line_ids: dict[str, list[str]]
    product: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The cost of a series this month; `cost` is None where it is not known, and `note` says why."""

    cost: Decimal | None
    note: str = ""
    plan: str = ""
    entitlement: str = ""
    product: str = ""
    line_ids: tuple[str, ...] = ()


class Current:
    """The usage of the period as far as the series `asked` for need it: by plan, and of daily usage by meter category within."""

    def __init__(self, session: Session, asked: Sequence[SeriesKey], *, has_daily: bool) -> None:
        wanted = {(key.subscription_id, group) for key in asked for group in ("", key.meter_group)}
        ids = sorted({key.subscription_id for key in asked})
        session.load("asked_usage", {"id": "VARCHAR"}, {"id": ids})
        self._plans: dict[Name, Cost] = {}
        self._details: dict[Name, Cost] = {}
        self._plan_of: dict[tuple[str, str], str] = {}
        self._known_plans = {plan for (plan,) in session.rows(_EARLIER_PLANS)}
        self._has_months = session.count("monthly_usage") > 0
        self._has_details = has_daily and bool(session.rows(_HAS_DETAILS)[0][0])
        tables = ("monthly_usage", *(("daily_usage",) if has_daily else ()))
        self._mapped = {customer for table in tables for (customer,) in session.rows(_MAPPED.format(table))}
        for customer, plan, currency, product, cost, lines in session.rows(_MONTHLY):
            _add(self._plans, (customer, plan, ""), currency, product, cost, lines)
        for customer, plan, entitlement, meter, currency, product, cost, lines in (
            session.rows(_DAILY) if has_daily else ()
        ):
            self._plan_of.setdefault((customer, entitlement), plan)
            for name in {plan, entitlement} - {""}:
                for group in ("", meter.casefold()):
                    if (name, group) in wanted:
                        _add(self._details, (customer, name, group), currency, product, cost, lines)
        self._owners: defaultdict[str, set[str]] = defaultdict(set)
        for customer, name, _ in (*self._plans, *self._details):
            self._owners[name].add(customer)

    def of(self, key: SeriesKey) -> Found:
        """What a series costs now. A plan is taken from the monthly invoice, all else from daily usage."""
        owner = self._owner(key)
        if owner is None:
            return self._absent(key)
        whole, name = (owner, key.subscription_id, ""), (owner, key.subscription_id, key.meter_group)
        is_plan = whole in self._plans
        plan = key.subscription_id if is_plan else self._plan_of.get((owner, key.subscription_id), key.subscription_id)
        entitlement = "" if plan == key.subscription_id else key.subscription_id
        if is_plan and not key.meter_group:
            return _found(self._plans[whole], key, plan, entitlement)
        if whole not in self._details:
            return Found(None, "it needs daily usage, and there is none of this subscription", plan, entitlement)
        known = self._details.get(name)
        if known is None:
            return Found(ZERO, "", plan, entitlement, self._details[whole].product)
        return _found(known, key, plan, entitlement)

    def _owner(self, key: SeriesKey) -> str | None:
        """The client itself; else an unmapped vendor customer that has this id, so that no gap is told twice."""
        owners = self._owners.get(key.subscription_id, set())
        if key.client in owners:
            return key.client
        return next((owner for owner in sorted(owners) if owner not in self._mapped), None)

    def _absent(self, key: SeriesKey) -> Found:
        """Gone is 0 only where the file that would name it is there."""
        is_plan = key.subscription_id in self._known_plans and not key.meter_group
        if self._has_months and (is_plan or self._has_details):
            return Found(ZERO, "", key.subscription_id)
        return Found(None, "it is in no usage file of the period", key.subscription_id)


def _add(costs: dict[Name, Cost], name: Name, currency: str, product: str, cost: Decimal, lines: list[str]) -> None:
    known = costs.get(name)
    if known is None:
        known = costs[name] = Cost({}, {})
    known.by_currency[currency] = EXACT.add(known.by_currency.get(currency, ZERO), cost)
    known.line_ids.setdefault(currency, []).extend(lines)
    known.product = known.product or product


def _found(known: Cost, key: SeriesKey, plan: str, entitlement: str) -> Found:
    if key.currency not in known.by_currency:
        others = ", ".join(sorted(known.by_currency))
        return Found(None, f"it is charged in {others}, its history is in {key.currency}", plan, entitlement)
    lines = tuple(dict.fromkeys(known.line_ids[key.currency]))
    return Found(known.by_currency[key.currency], "", plan, entitlement, known.product, lines)
