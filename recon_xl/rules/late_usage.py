"""Usage of an earlier month on this month's invoice.

What it finds
    Rows of daily usage dated before the first day of the invoice's month.

Why it matters
    The charge is right, but the customer has been billed for that month already: they will ask what this is.

Example
    Two rows of 29 September, 3.10 together, in the daily usage of October's invoice.

How to clear it
    Nothing to correct: say it on the bill. Accept the finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

CODE = "late-usage"
TITLE = "Usage of an earlier month"
SEVERITY = "Low"
PER_KEY = False

SQL = """
    WITH day AS (
        SELECT d.group_no, min(d.day) AS first_day, max(d.day) AS last_day
        FROM in_usage_day AS d CROSS JOIN setting AS s
        WHERE d.day < s.period_start
        GROUP BY d.group_no
    )
    SELECT g.customer, g.currency, max(g.product) AS product, g.subscription_id, g.entitlement_id,
        coalesce(nullif(min(g.entitlement), ''), min(g.subscription)) AS subscription,
        CAST(sum(g.late_cost) AS DECIMAL(38,18)) AS cost, CAST(sum(g.late_rows) AS INTEGER) AS rows,
        string_agg(DISTINCT nullif(g.invoice, ''), ', ' ORDER BY nullif(g.invoice, '')) AS invoice,
        min(d.first_day) AS first_day, max(d.last_day) AS last_day, flatten(list(g.late_ids)) AS line_ids
    FROM daily_usage AS g
    INNER JOIN day AS d USING (group_no)
    WHERE g.late_rows > 0
    GROUP BY g.customer, g.currency, g.subscription_id, g.entitlement_id
    ORDER BY ALL
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit an entitlement; at stake is the cost of its late rows."""
    if not inputs.rows("Daily Usage"):
        return
    for row in session.records(SQL):
        rows = "1 row" if row["rows"] == 1 else f"{row['rows']} rows"
        first, last = row["first_day"], row["last_day"]
        days = f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
        where = f"invoice {row['invoice']}" if row["invoice"] else f"the daily usage of {inputs.settings.period}"
        cost = money_text(row["cost"], row["currency"])
        yield Hit(
            identity=(row["customer"], row["subscription_id"], row["entitlement_id"], row["currency"]),
            customer=row["customer"],
            product=row["product"],
            currency=row["currency"],
            at_stake=abs(row["cost"]),
            direction=REVIEW,
            why=f"{rows} of {days}, {cost}, on {where}: used before {inputs.settings.period} began.",
            action="Say on the bill that it is usage of an earlier month, then accept this finding.",
            subscription=row["subscription"],
            lines=tuple(row["line_ids"]),
        )
