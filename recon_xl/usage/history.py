"""Usage History, read: each series of a subscription, entitlement or meter category, with the mean of its last months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from recon_xl.core.identity import exact_key, normalise_name
from recon_xl.core.money import ZERO, total
from recon_xl.core.usage import months_before
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

NAME = "Usage History"


class SeriesKey(NamedTuple):
    """Whose usage it is: ids and meter groups without case; `meter_group` is blank for all meters."""

    client: str
    subscription_id: str
    meter_group: str
    currency: str


@dataclass(frozen=True, slots=True)
class Past:
    """What Usage History says of one series in the months before the period: the sum of so many months."""

    key: SeriesKey
    customer: str
    subscription: str
    meter_group: str
    months: int
    cost: Decimal


def read_history(session: Session, inputs: Inputs) -> list[Past]:
    """The series with a row in the last Usage Months months; a month without a row is unknown, not 0.

    Rows with a cell that cannot be read are left out: they are findings of their own.
    """
    window = set(months_before(inputs.settings.period, inputs.settings.usage_months))
    clients: dict[str, str] = dict(session.rows("SELECT value, client FROM client_name"))
    bad = inputs.bad_rows(NAME)
    months: dict[SeriesKey, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    first: dict[SeriesKey, Mapping[str, Any]] = {}
    for number, row in zip(inputs.tables[NAME].row_numbers, inputs.records(NAME), strict=True):
        if number not in bad and row["Period"] in window:
            key = _key(row, clients)
            first.setdefault(key, row)
            months[key][row["Period"]].append(row["Cost"] or ZERO)
    return [
        Past(
            key, key.client, first[key]["Subscription Id"], first[key].get("Meter Group") or "", len(known),
            total(cost for costs in known.values() for cost in costs),
        )
        for key, known in sorted(months.items())
    ]  # fmt: skip


def _key(row: Mapping[str, Any], clients: Mapping[str, str]) -> SeriesKey:
    name = row["Customer"] or ""
    client = clients.get(exact_key(name)) or clients.get(normalise_name(name)) or name
    subscription, group = row["Subscription Id"] or "", row.get("Meter Group") or ""
    return SeriesKey(client, subscription.casefold(), group.casefold(), row["Currency"] or "")
