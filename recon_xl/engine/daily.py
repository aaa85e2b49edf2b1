"""Daily rated usage, folded: hundreds of thousands of rows become one group a charge, resource owner and meter category.

The rows are added up here in exact Decimal, because a day's total has up to 22 decimals; what the ledger gets is the sum of
a group, rounded to its 18 decimals, far beyond the last cent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from recon_xl.core.money import EXACT, ZERO, product
from recon_xl.engine.columns import folded, line_ids, texts
from recon_xl.engine.inputs import Inputs

NAME = "Daily Usage"
ONE = Decimal(1)
_SHOWN = 12
"""Rows of a group that stand as its evidence: more would not fit a cell."""
_CREDIT, _CREDITED = "customercredit", "azure credit applied"

Customer = tuple[str | None, str | None]


@dataclass(slots=True)
class DailyGroup:
    """What the rows of one group add up to. `pec` is retail - cost where neither a benefit nor a credit explains it."""

    rows: int = 0
    cost: Decimal = ZERO
    retail: Decimal = ZERO
    pec: Decimal = ZERO
    stated_rows: int = 0
    without_pec_rows: int = 0
    benefit_rows: int = 0
    benefit_cost: Decimal = ZERO
    credited: Decimal = ZERO
    late_rows: int = 0
    late_cost: Decimal = ZERO
    days: set[date] = field(default_factory=set)
    line_ids: list[str] = field(default_factory=list)
    late_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Daily:
    """The daily usage of the period: groups by key, and what was left out of them."""

    groups: Mapping[tuple[Any, ...], DailyGroup]
    unreadable: int
    other_periods: int


KEY = (
    "customer_id", "customer_name", "invoice", "currency", "subscription_id", "product_id", "sku_id", "entitlement_id",
    "entitlement_name", "meter_group", "is_credit",
)  # fmt: skip


def fold_daily(inputs: Inputs) -> Daily:
    """One group a customer, invoice, currency, subscription, product, entitlement and meter category."""
    start, period = inputs.settings.period_start, inputs.settings.period
    groups: dict[tuple[Any, ...], DailyGroup] = {}
    bad, unreadable, others = inputs.bad_rows(NAME), 0, 0
    months, numbers = inputs.column(NAME, "Period"), inputs.tables[NAME].row_numbers
    for month, number, key, day, line_id, amounts in zip(
        months, numbers, _keys(inputs), inputs.column(NAME, "Usage Date"), line_ids(inputs, NAME), _amounts(inputs), strict=True
    ):  # fmt: skip
        if month and month != period:
            others += 1
        elif number in bad:
            unreadable += 1
        else:
            group = groups.get(key)
            if group is None:
                group = groups[key] = DailyGroup()
            _add(group, day, day < start, line_id, amounts)
    return Daily(groups, unreadable, others)


def _keys(inputs: Inputs) -> Iterator[tuple[Any, ...]]:
    def column(header: str) -> list[Any]:
        return inputs.column(NAME, header)

    charges = [charge == _CREDIT for charge in folded(column("Charge Type"))]
    return zip(
        column("Customer Id"), column("Customer Name"), texts(column("Invoice Number")), texts(column("Billing Currency")),
        texts(column("Subscription Id")), folded(column("Product Id")), folded(column("Sku Id")),
        texts(column("Entitlement Id")), texts(column("Entitlement Description")), texts(column("Meter Category")), charges,
        strict=True,
    )  # fmt: skip


def _amounts(inputs: Inputs) -> Iterator[tuple[Any, ...]]:
    """Cost, unit price, quantity, rate, earned credit in percent, and whether a credit or a benefit explains the price."""

    def column(header: str) -> Sequence[Any]:
        return inputs.column(NAME, header)

    types, shares = folded(column("Credit Type")), column("Credit Percentage")
    credited = [bool(share) or kind == _CREDITED for kind, share in zip(types, shares, strict=True)]
    return zip(
        column("Billing Pre Tax Total"), column("Unit Price"), column("Quantity"), column("PC To BC Exchange Rate"),
        column("Partner Earned Credit Percentage"), credited, column("Benefit Type"), strict=True,
    )  # fmt: skip


def _add(group: DailyGroup, day: date, is_late: bool, line_id: str, amounts: tuple[Any, ...]) -> None:
    cost, price, quantity, rate, earned, is_credited, benefit = amounts
    retail = cost if price is None else product(price, quantity, ONE if rate is None else rate)
    gap = EXACT.subtract(retail, cost)
    group.rows += 1
    group.cost = EXACT.add(group.cost, cost)
    group.retail = EXACT.add(group.retail, retail)
    group.days.add(day)
    if len(group.line_ids) < _SHOWN:
        group.line_ids.append(line_id)
    if benefit:
        group.benefit_rows += 1
        group.benefit_cost = EXACT.add(group.benefit_cost, cost)
    elif is_credited:
        group.credited = EXACT.add(group.credited, gap)
    else:
        group.pec = EXACT.add(group.pec, gap)
        group.stated_rows += earned is not None
        group.without_pec_rows += earned == 0
    if is_late:
        _add_late(group, cost, line_id)


def _add_late(group: DailyGroup, cost: Decimal, line_id: str) -> None:
    group.late_rows += 1
    group.late_cost = EXACT.add(group.late_cost, cost)
    if len(group.late_ids) < _SHOWN:
        group.late_ids.append(line_id)
