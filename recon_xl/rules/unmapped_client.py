"""A vendor customer that no row of Customers knows.

What it finds
    Vendor lines whose customer id, alias and name fit no client. Where they fit several, that is an ambiguous mapping.

Why it matters
    All of that customer's charges stay out of the comparison and out of the drafts.

Example
    A tenant that was signed up in mid-month and never added to Customers: 412.30 of cost.

How to clear it
    Put the vendor customer id into Vendor Customer Ids of the right row of Customers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from recon_xl.core.finding import REVIEW, WE_LOSE, Finding, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.identity import normalise_name
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.engine.states import VENDOR, occurs
from recon_xl.rules.hits import WITHOUT_SOURCE
from recon_xl.rules.words import lines_words

CODE = "unmapped-client"
TITLE = "Vendor customer not mapped"
SEVERITY = "High"
PER_KEY = False
FIX_STEP = FixStep.CUSTOMERS

SQL = """
    SELECT c.customer_id, min(c.customer_name) AS name, m.currency, sum(m.subtotal) AS cost, count(*) AS lines,
        list(m.line_id ORDER BY m.line_id) AS line_ids
    FROM mapped_line AS m
    INNER JOIN in_customer AS c ON c.customer_no = m.customer_no
    WHERE m.state = 'unmapped client' AND m.in_period AND m.customer_no NOT IN (SELECT customer_no FROM client_candidate)
    GROUP BY c.customer_id, CASE WHEN c.customer_id = '' THEN c.name_key END, m.currency
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a vendor customer and currency; at stake is the vendor cost."""
    for row in session.records(SQL) if occurs(session, VENDOR, "unmapped client") else ():
        cost = money_text(row["cost"], row["currency"])
        yield Hit(
            identity=(row["customer_id"] or row["name"], row["currency"]),
            customer=row["name"],
            product="",
            currency=row["currency"],
            at_stake=abs(row["cost"]),
            direction=WE_LOSE if row["cost"] >= 0 else REVIEW,
            why=f"{lines_words(row['lines'])}, {cost} of cost, fit no client: {_who(row)}.",
            action="Add the vendor customer id to the right row of Customers.",
            basis="unmapped",
            lines=tuple(row["line_ids"]),
        )


def _who(row: dict[str, Any]) -> str:
    return f"vendor customer {row['customer_id']}" if row["customer_id"] else "a vendor customer without id"


_OFFERED = """
    SELECT c.customer_name, m.product, sum(m.signed_quantity) AS quantity
    FROM mapped_line AS m
    INNER JOIN in_customer AS c USING (customer_no)
    WHERE m.state = 'unmapped client' AND m.in_period AND m.product IS NOT NULL
    GROUP BY c.customer_name, m.product
"""
_CHARGED = "SELECT DISTINCT client FROM mapped_line WHERE in_period AND client IS NOT NULL"


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """Bills without source, and unmapped bills, of a client of the same name.

    Or of a client without any vendor line, in just the quantity of a product that only one unmapped customer has.
    """
    by_name = {normalise_name(finding.hit.customer): finding.key for finding in own}
    charged = {client for (client,) in session.rows(_CHARGED)}
    offers: dict[tuple[str, Decimal], list[str]] = {}
    for name, product, quantity in session.rows(_OFFERED):
        key = by_name.get(normalise_name(name))
        if key is not None:
            offers.setdefault((product, quantity), []).append(key)
    found: dict[str, str] = {}
    for finding in others:
        hit = finding.hit
        if finding.rule not in {*WITHOUT_SOURCE, "unmapped-line"} or hit.billed is None:
            continue
        named = by_name.get(normalise_name(hit.customer))
        is_known = hit.customer in charged or finding.rule == "unmapped-line" or hit.billed_quantity is None
        offered = [] if is_known else offers.get((hit.product, hit.billed_quantity or Decimal(0)), [])
        if named is not None or len(offered) == 1:
            found[finding.key] = named or offered[0]
    return found
