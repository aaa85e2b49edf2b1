"""A monthly usage charge that its daily rows do not add up to.

What it finds
    The monthly invoice and its daily rated usage compared by invoice, subscription, ProductId and SkuId: a difference above
    Usage Tolerance for each daily row, and 0.02. Credits given to the customer stand in the monthly file alone.

Why it matters
    The daily file is the vendor's own detail: where it does not explain the charge, either a file is incomplete or the
    charge is wrong, and the customer cannot be shown what they used.

Example
    310.40 on the invoice, 298.15 in 31 daily rows: 12.25 that no day explains.

How to clear it
    Load the missing part of the daily file, or ask the vendor. The Usage tab shows the days that it covers.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.money import EXACT, money_text, total
from recon_xl.core.usage import tie_out_tolerance
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

CODE = "usage-tie-out"
TITLE = "Monthly usage differs from daily usage"
SEVERITY = "Medium"
PER_KEY = False

SQL = """
    SELECT * FROM usage_match WHERE abs(monthly - daily) > ?::DECIMAL(38,18)
    ORDER BY customer, subscription_id, currency, invoice, product_id, sku_id
"""
_COVERED = """
    SELECT g.invoice, g.currency, count(DISTINCT d.day)
    FROM daily_usage AS g
    INNER JOIN in_usage_day AS d USING (group_no)
    CROSS JOIN setting AS s
    WHERE d.day >= s.period_start AND d.day <= s.period_end
    GROUP BY g.invoice, g.currency
"""

Row = dict[str, Any]


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a customer, subscription and currency; at stake are the differences of its charges beyond the tolerance."""
    if not inputs.rows("Daily Usage"):
        return
    settings = inputs.settings
    groups: dict[tuple[str, str, str], list[Row]] = {}
    least = tie_out_tolerance(settings.usage_tolerance, 0)
    for row in session.records(SQL, [str(least)]):
        if abs(_gap(row)) > tie_out_tolerance(settings.usage_tolerance, row["rows"]):
            groups.setdefault((row["customer"], row["subscription_id"], row["currency"]), []).append(row)
    covered = {(invoice, currency): days for invoice, currency, days in session.rows(_COVERED)} if groups else {}
    length = settings.period_end.day
    for (customer, subscription, currency), rows in groups.items():
        days = min(covered.get((row["invoice"], currency), 0) for row in rows)
        partial = f" The daily file covers {days} of {length} days." if days < length else ""
        yield Hit(
            identity=(customer, subscription, currency),
            customer=customer,
            product=rows[0]["product"],
            currency=currency,
            at_stake=total(abs(_gap(row)) for row in rows),
            direction=REVIEW,
            why=f"{_both(rows, currency)}{partial}",
            action="Load the missing part of the daily file, or ask the vendor what the difference is.",
            subscription=subscription,
            lines=tuple(
                dict.fromkeys(line for row in rows for line in (*(row["monthly_ids"] or ()), *(row["daily_ids"] or ())))
            ),
        )


def _gap(row: Row) -> Decimal:
    return EXACT.subtract(row["monthly"], row["daily"])


def _both(rows: list[Row], currency: str) -> str:
    monthly, daily = (money_text(total(row[side] for row in rows), currency) for side in ("monthly", "daily"))
    invoices = ", ".join(sorted({row["invoice"] for row in rows}))
    number = sum(row["rows"] for row in rows)
    return f"{monthly} of usage on invoice {invoices}, {daily} in {number} daily rows of the same products."
