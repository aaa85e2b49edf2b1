"""The Usage tab."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.money import ZERO, ratio, round_half_up
from recon_xl.core.price import markup_of
from recon_xl.report.result import Result
from recon_xl.report.values import columns_change, money, this_row

NAME = "Usage"


_SAME = {
    "Customer": "customer", "Subscription": "subscription", "Currency": "currency", "Detail": "detail", "Days": "days",
    "First Day": "first_day", "Last Day": "last_day", "Status": "status",
}  # fmt: skip
_TEXTS = {
    "Product": "product", "Invoice": "invoice", "Entitlement": "entitlement", "Entitlement Name": "entitlement_name",
    "Meter Group": "meter_group",
}  # fmt: skip
_COUNTS = {"Rows": "rows", "Benefit Rows": "benefit_rows", "Late Rows": "late_rows"}
_AMOUNTS = {
    "Retail": "retail", "Cost": "cost", "Earned Credit": "pec", "Benefit Cost": "benefit_cost", "Credits": "credited",
    "Late Cost": "late_cost", "Baseline": "baseline",
}  # fmt: skip


def usage(result: Result) -> ReplaceRows:
    """One row a customer, plan, entitlement, meter group and currency."""
    rows = result.usage
    amounts = {name: [money(row[field], row["currency"]) for row in rows] for name, field in _AMOUNTS.items()}
    return columns_change(
        NAME,
        {
            **{name: [row[field] for row in rows] for name, field in _SAME.items()},
            **{name: [row[field] or None for row in rows] for name, field in _TEXTS.items()},
            **{name: [_whole(row[field]) for row in rows] for name, field in _COUNTS.items()},
            **amounts,
            "Without Credit": [_share(row["without_pec_rows"], row["stated_rows"]) for row in rows],
            "Change %": list(map(_change, amounts["Cost"], amounts["Baseline"])),
        },
    )


def _whole(number: Any) -> int | None:
    return None if number is None else int(number)


def _share(part: int | None, whole: int | None) -> Decimal | None:
    """Percentage of rows, to 0.01 %; None where no row says."""
    return round_half_up(ratio(Decimal(100 * int(part or 0)), Decimal(int(whole))), 2) if whole else None


def _change(cost: Decimal | None, baseline: Decimal | None) -> Value:
    """Change against the baseline, as the fraction that a percent cell stores."""
    if not baseline or baseline < ZERO:
        return None
    share = markup_of(cost or ZERO, baseline)
    return Formula(_difference(), None if share is None else share.scaleb(-2))


@cache
def _difference() -> str:
    return f"ROUND(({this_row(NAME, 'Cost')}-{this_row(NAME, 'Baseline')})/{this_row(NAME, 'Baseline')},4)"
