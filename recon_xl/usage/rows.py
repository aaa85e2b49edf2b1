"""The rows of the Usage tab: what was used, what it cost, and how that compares with the months before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from recon_xl.core.money import ZERO
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.usage.series import DROP, SPIKE, UNKNOWN

Record = dict[str, Any]
Plan = tuple[str, str, str]
"""Customer, currency and plan: what the rows of the tab and the series of history have in common."""
NEW, LATE = "NEW", "LATE"
_MONTHLY = """
    SELECT customer, max(product) AS product, string_agg(DISTINCT nullif(invoice, ''), ', ' ORDER BY nullif(invoice, '')) AS invoice,
        subscription_id, subscription_id AS subscription, currency, 'monthly' AS detail, CAST(sum(lines) AS INTEGER) AS rows,
        CAST(sum(cost) AS DECIMAL(38,18)) AS cost
    FROM monthly_usage
    GROUP BY customer, subscription_id, currency
"""
_NO_DETAIL: Record = dict.fromkeys(("entitlement_id", "entitlement", "meter_group"), "") | dict.fromkeys(
    (
        "invoice", "entitlement_name", "days", "first_day", "last_day", "retail", "pec", "stated_rows", "without_pec_rows",
        "benefit_rows", "benefit_cost", "credited", "late_rows", "late_cost",
    )
)  # fmt: skip


def usage_rows(session: Session, inputs: Inputs) -> list[Record]:
    """Every row with its baseline and status; a series that fell to nothing gets a row of its own."""
    has_history = inputs.rows("Usage History") > 0
    series: dict[Plan, list[Record]] = defaultdict(list)
    for one in session.records("SELECT * FROM usage_series") if has_history else ():
        series[one["client"], one["currency"], one["plan"]].append(one)
    plans: dict[Plan, list[Record]] = defaultdict(list)
    for row in session.many_records("SELECT * FROM usage_row") if inputs.rows("Daily Usage") else ():
        plans[row["customer"], row["currency"], row["subscription_id"]].append(row)
    for row in session.many_records(_MONTHLY):
        rows = plans[row["customer"], row["currency"], row["subscription_id"]]
        if not rows:
            rows.append(_NO_DETAIL | row)
    found: list[Record] = []
    for plan, rows in plans.items():
        for row in rows:
            row.update(_compared(row, series.get(plan, ()), rows, has_history))
        found += rows
    for plan, pasts in series.items():
        found += _gone(pasts, plans.get(plan, ()))
    names = ("customer", "subscription", "entitlement", "meter_group", "currency")
    return sorted(found, key=lambda row: [row[name] for name in names])


def _compared(row: Record, series: Sequence[Record], rows: Sequence[Record], has_history: bool) -> Record:
    """The narrowest series that holds the row gives its baseline, where the row is all of it, and its status.

    A wider series that moved marks all of its rows: the reader comes here to see where.
    """
    mine = [one for one in series if _holds(one, row)]
    if not mine:
        return {"baseline": None, "status": LATE if row["late_rows"] else NEW if has_history else UNKNOWN}
    narrowest = max(mine, key=lambda one: (bool(one["entitlement_id"]), bool(one["group_key"])))
    moved = [one["verdict"] for one in (narrowest, *mine) if one["verdict"] in (SPIKE, DROP)]
    is_whole = sum(1 for _ in islice(filter(partial(_holds, narrowest), rows), 2)) == 1
    status = moved[0] if moved else LATE if row["late_rows"] else narrowest["verdict"]
    return {"baseline": narrowest["baseline"] if is_whole else None, "status": status}


def _holds(one: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    is_mine = one["entitlement_id"] in ("", row["entitlement_id"])
    return is_mine and one["group_key"] in ("", row["meter_group"].casefold())


def _gone(series: Sequence[Record], rows: Sequence[Record]) -> Iterator[Record]:
    for one in series:
        if one["verdict"] == DROP and not any(_holds(one, row) for row in rows):
            yield _NO_DETAIL | {
                "customer": one["client"], "product": one["product"], "subscription": one["subscription"],
                "meter_group": one["meter_group"], "currency": one["currency"], "detail": "none", "rows": 0, "cost": ZERO,
                "baseline": one["baseline"], "status": DROP,
            }  # fmt: skip
