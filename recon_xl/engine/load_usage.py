"""Daily usage -> ledger: the folded groups, and the days on which each was used."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from recon_xl.engine.daily import KEY, NAME, Customer, Daily, DailyGroup, fold_daily
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.load_billed import round_to_ledger
from recon_xl.engine.session import AMOUNT, Session

_COUNTS = ("rows", "stated_rows", "without_pec_rows", "benefit_rows", "late_rows")
_SUMS = ("cost", "retail", "pec", "benefit_cost", "credited", "late_cost")
_IDS = ("line_ids", "late_ids")
_KEPT = ("invoice", "currency", "product_id", "sku_id", "entitlement_name", "meter_group")
_OWN = (
    "invoice", "currency", "subscription", "product_id", "sku_id", "entitlement", "entitlement_name", "meter_group",
)  # fmt: skip


def further_customers(inputs: Inputs, known: list[Customer]) -> list[Customer]:
    """Vendor customers of daily usage that no vendor line names: the client of a row is looked up like that of a line."""
    pairs = zip(inputs.column(NAME, "Customer Id"), inputs.column(NAME, "Customer Name"), strict=True)
    return sorted(set(pairs) - set(known), key=str)


def load_daily_usage(session: Session, inputs: Inputs, customers: list[Customer]) -> None:
    """The relations `in_daily`, one row a group, `in_usage_day`, and `in_daily_left_out`; none where there is no daily file.

    `customers` are all vendor customers, in the order of their numbers.
    """
    if not inputs.rows(NAME):
        return
    daily = fold_daily(inputs)
    groups = list(daily.groups.values())
    days = [(number, day) for number, group in enumerate(groups) for day in sorted(group.days)]
    session.load("in_daily", _types(), _columns(daily, customers))
    session.load(
        "in_usage_day",
        {"group_no": "INTEGER", "day": "DATE"},
        {"group_no": [number for number, _ in days], "day": [day for _, day in days]},
    )
    session.load(
        "in_daily_left_out",
        {"unreadable": "INTEGER", "other_periods": "INTEGER"},
        {"unreadable": [daily.unreadable], "other_periods": [daily.other_periods]},
    )


def _types() -> dict[str, str]:
    return {
        "group_no": "INTEGER", "customer_no": "INTEGER", **dict.fromkeys(_OWN, "VARCHAR"), "subscription_id": "VARCHAR",
        "entitlement_id": "VARCHAR", "is_credit": "BOOLEAN", **dict.fromkeys(_COUNTS, "INTEGER"),
        **dict.fromkeys(_SUMS, AMOUNT), **dict.fromkeys(_IDS, "VARCHAR[]"),
    }  # fmt: skip


def _columns(daily: Daily, customers: list[Customer]) -> dict[str, Any]:
    numbers = {customer: number for number, customer in enumerate(customers)}
    keys = [dict(zip(KEY, key, strict=True)) for key in daily.groups]
    groups = list(daily.groups.values())
    return {
        "group_no": range(len(groups)),
        "customer_no": [numbers[key["customer_id"], key["customer_name"]] for key in keys],
        **{name: [key[name] for key in keys] for name in _KEPT},
        "subscription": [key["subscription_id"] for key in keys],
        "entitlement": [key["entitlement_id"] for key in keys],
        "subscription_id": [key["subscription_id"].casefold() for key in keys],
        "entitlement_id": [key["entitlement_id"].casefold() for key in keys],
        "is_credit": [key["is_credit"] for key in keys],
        **{name: [getattr(group, name) for group in groups] for name in (*_COUNTS, *_IDS)},
        **{name: [_sum(group, name) for group in groups] for name in _SUMS},
    }


def _sum(group: DailyGroup, name: str) -> Decimal:
    return round_to_ledger(getattr(group, name))
