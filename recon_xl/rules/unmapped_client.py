"""A vendor customer that no row of Customers knows.

What it finds
    Vendor lines whose customer id, alias and name fit no client, or fit more than one.

Why it matters
    All of that customer's charges stay out of the comparison and out of the drafts.

Example
    A tenant that was signed up in mid-month and never added to Customers: 412.30 of cost.

How to clear it
    Put the vendor customer id into Vendor Customer Ids of the right row of Customers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recon_xl.core.finding import REVIEW, WE_LOSE, Hit
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.words import lines_words

CODE = "unmapped-client"
TITLE = "Vendor customer not mapped"
SEVERITY = "High"
PER_KEY = False

SQL = """
    SELECT c.customer_id, min(c.customer_name) AS name, m.currency, sum(m.subtotal) AS cost, count(*) AS lines,
        list(m.line_id ORDER BY m.line_id) AS line_ids
    FROM mapped_line AS m
    INNER JOIN in_customer AS c ON c.customer_no = m.customer_no
    WHERE m.state = 'unmapped client' AND m.in_period
    GROUP BY c.customer_id, CASE WHEN c.customer_id = '' THEN c.name_key END, m.currency
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a vendor customer and currency; at stake is the vendor cost."""
    for row in session.records(SQL):
        cost = money_text(row["cost"], row["currency"])
        yield Hit(
            identity=(row["customer_id"] or row["name"], row["currency"]),
            customer=row["name"],
            product="",
            currency=row["currency"],
            at_stake=abs(row["cost"]),
            direction=WE_LOSE if row["cost"] >= 0 else REVIEW,
            why=f"{lines_words(row['lines'])}, {cost} of cost, fit no client, or more than one: {_who(row)}.",
            action="Add the vendor customer id to the right row of Customers.",
            basis="unmapped",
            lines=tuple(row["line_ids"]),
        )


def _who(row: dict[str, Any]) -> str:
    return f"vendor customer {row['customer_id']}" if row["customer_id"] else "a vendor customer without id"
