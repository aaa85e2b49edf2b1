"""A change of seats of which the vendor printed one side only.

What it finds
    A wipe-and-recreate event (lines of one Subscription Id and Reference Id that add or remove seats) with only refunds or
    only charges. A seat upgrade (convert) is one where the refund has no charge under its Reference Id. Lines without a
    Reference Id are not checked, and counted on Coverage.

Why it matters
    Half an event charges or refunds all seats instead of the change: the bill must not follow it.

Example
    Ten seats refunded at -94.08 for two more, and the twelve that replace them are not on the invoice.

How to clear it
    Import the missing line, or ask the vendor for it. Until then do not bill this subscription by the draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recon_xl.core.finding import REVIEW, Finding, Hit
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.gaps import is_same_key, key_gaps, seat_findings
from recon_xl.rules.words import lines_words

CODE = "broken-pair"
TITLE = "Half of a seat change"
SEVERITY = "High"
PER_KEY = False

# A pair may stand on two invoices, so earlier lines count as a side. Free lines have no sign: they stand for either side.
# A line of an unknown type may be a side as well; that it is unknown is told by a rule of its own.
SQL = """
    WITH side AS (
        SELECT
            m.line_id, m.invoice, m.currency, m.subtotal, m.subscription_id, m.charge_type, m.in_period,
            e.reference_id, coalesce(m.client, c.customer_name) AS customer, coalesce(m.product, p.product_name) AS name,
            bool_or(m.signed_quantity < 0 OR m.subtotal = 0) OVER event AS has_wipe,
            bool_or(m.signed_quantity > 0 OR m.subtotal = 0) OVER event AS has_charge,
            bool_and(m.signed_quantity < 0 AND m.subtotal <> 0) OVER upgrade AS only_wipes
        FROM mapped_line AS m
        INNER JOIN in_event AS e USING (n)
        INNER JOIN in_customer AS c USING (customer_no)
        INNER JOIN in_product AS p USING (product_no)
        WHERE e.reference_id <> '' AND m.subscription_id <> '' AND m.state NOT IN ('duplicate', 'unreadable')
        WINDOW event AS (PARTITION BY e.reference_id, m.subscription_id), upgrade AS (PARTITION BY e.reference_id)
    )
    SELECT customer, name, subscription_id, reference_id, currency, any_value(invoice) AS invoice, bool_or(has_wipe) AS is_wipe,
        sum(subtotal) AS amount, count(*) AS lines, list(line_id ORDER BY line_id) AS line_ids
    FROM side
    WHERE in_period AND (
        charge_type IN ('addquantity', 'removequantity') AND (NOT has_charge OR NOT has_wipe)
        OR charge_type = 'convert' AND only_wipes
    )
    GROUP BY customer, name, subscription_id, reference_id, currency
    ORDER BY ALL
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a subscription and reference; at stake is the net of the lines without their other side."""
    for row in session.records(SQL):
        there, missing = (
            ("refund", "charge that replaces it") if row["is_wipe"] else ("charge", "refund that it replaces")
        )
        amount = money_text(row["amount"], row["currency"])
        yield Hit(
            identity=(row["subscription_id"], row["reference_id"], row["currency"]),
            customer=row["customer"],
            product=row["name"],
            currency=row["currency"],
            at_stake=abs(row["amount"]),
            direction=REVIEW,
            why=f"{lines_words(row['lines'])} of {amount} on invoice {row['invoice']}: the {there} of a seat change without the "
            f"{missing}, Reference Id {row['reference_id']}.",
            action=f"Ask the vendor for the missing {missing.split()[0]}, or import it, before {row['customer']} is billed.",
            basis="unaccounted",
            subscription=row["subscription_id"],
            lines=tuple(row["line_ids"]),
        )


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """The gap of the key and its seats: with half an event what is expected means nothing."""
    found: dict[str, str] = {}
    compared = [*(other for other, _ in key_gaps(others)), *seat_findings(others)]
    for finding in own:
        hit = finding.hit
        for other in compared:
            if is_same_key(other, hit.customer, hit.product, hit.subscription):
                found.setdefault(other.key, finding.key)
    return found
