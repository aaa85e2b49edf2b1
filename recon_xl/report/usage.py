"""The Usage tab."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.money import ZERO, ratio, round_half_up
from recon_xl.core.price import markup_of
from recon_xl.report.result import Result
from recon_xl.report.values import money, rows_change, this_row

NAME = "Usage"


def usage(result: Result) -> ReplaceRows:
    """One row a customer, plan, entitlement, meter group and currency."""
    return rows_change(NAME, [_row(row) for row in result.usage])


def _row(row: Mapping[str, Any]) -> dict[str, Value]:
    currency = row["currency"]
    amounts = {
        "Retail": "retail", "Cost": "cost", "Earned Credit": "pec", "Benefit Cost": "benefit_cost", "Credits": "credited",
        "Late Cost": "late_cost", "Baseline": "baseline",
    }  # fmt: skip
    return {
        "Customer": row["customer"],
        "Product": row["product"] or None,
        "Invoice": row["invoice"] or None,
        "Subscription": row["subscription"],
        "Entitlement": row["entitlement"] or None,
        "Entitlement Name": row["entitlement_name"] or None,
        "Meter Group": row["meter_group"] or None,
        "Currency": currency,
        "Detail": row["detail"],
        "Days": row["days"],
        "First Day": row["first_day"],
        "Last Day": row["last_day"],
        "Rows": _whole(row["rows"]),
        **{name: money(row[field], currency) for name, field in amounts.items()},
        "Without Credit": _share(row["without_pec_rows"], row["stated_rows"]),
        "Benefit Rows": _whole(row["benefit_rows"]),
        "Late Rows": _whole(row["late_rows"]),
        "Change %": _change(row["cost"], money(row["baseline"], currency), currency),
        "Status": row["status"],
    }


def _whole(number: Any) -> int | None:
    return None if number is None else int(number)


def _share(part: int | None, whole: int | None) -> Decimal | None:
    """Percentage of rows, to 0.01 %; None where no row says."""
    return round_half_up(ratio(Decimal(100 * int(part or 0)), Decimal(int(whole))), 2) if whole else None


def _change(cost: Decimal, baseline: Decimal | None, currency: str) -> Value:
    """Change against the baseline, as the fraction that a percent cell stores."""
    if not baseline or baseline < ZERO:
        return None
    share = markup_of(money(cost, currency) or ZERO, baseline)
    formula = f"ROUND(({this_row(NAME, 'Cost')}-{this_row(NAME, 'Baseline')})/{this_row(NAME, 'Baseline')},4)"
    return Formula(formula, None if share is None else share.scaleb(-2))
