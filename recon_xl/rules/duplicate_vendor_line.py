"""A vendor line that stands on the invoice twice.

What it finds
    A line equal in every vendor column to an earlier one, or an invoice that was loaded twice.

Why it matters
    We would pay, and bill, the same thing twice. The copy is left out of cost, expected and drafts.

Example
    The same new-seat line of 100.80 appears twice on invoice G012.

How to clear it
    Dispute the copy with the vendor, or remove the file that was loaded twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from recon_xl.core.finding import REVIEW, VENDOR_OVERCHARGED, Finding, Hit
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.engine.states import VENDOR, occurs
from recon_xl.rules.vendor_lines import red_totals

CODE = "duplicate-vendor-line"
TITLE = "Vendor line charged twice"
SEVERITY = "Critical"
PER_KEY = False

SQL = """
    WITH line AS (
        SELECT line_id, source_id, invoice, currency, subtotal, client, product, customer_no, product_no, subscription_id,
            charge_type, charge_end, order_at, signed_quantity, copy, state, in_period,
            bool_and(copy > 1) OVER (PARTITION BY source_id, invoice) AS is_whole,
            count(*) OVER (PARTITION BY source_id, invoice) AS invoice_lines
        FROM mapped_line
    )
    SELECT invoice, is_whole AND invoice_lines > 1 AS is_invoice, currency, count(*) AS lines, sum(subtotal) AS cost,
        min(coalesce(client, customer_name)) AS customer, min(coalesce(product, product_name)) AS product,
        min(subscription_id) AS subscription_id, min(charge_type) AS charge_type, min(charge_end) AS charge_end,
        min(order_at) AS order_at, sum(signed_quantity) AS quantity, max(copy) AS copy,
        list(line_id ORDER BY line_id) AS line_ids
    FROM line
    INNER JOIN in_customer USING (customer_no)
    INNER JOIN in_product USING (product_no)
    WHERE in_period AND state = 'duplicate'
    GROUP BY invoice, is_whole AND invoice_lines > 1, currency,
        CASE WHEN is_whole AND invoice_lines > 1 THEN source_id ELSE line_id END
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a copy (or one an invoice loaded twice); at stake is its vendor cost."""
    for row in session.records(SQL) if occurs(session, VENDOR, "duplicate") else ():
        cost = money_text(row["cost"], row["currency"])
        if row["is_invoice"]:
            yield _hit(
                row,
                ("invoice", row["invoice"], str(row["copy"])),
                f"All {row['lines']} lines of invoice {row['invoice']}, {cost}, are loaded twice.",
            )
        else:
            why = f"A line of {cost} on invoice {row['invoice']} equals an earlier one in every column."
            facts = (
                "invoice",
                "customer",
                "product",
                "subscription_id",
                "charge_type",
                "charge_end",
                "order_at",
                "quantity",
            )
            identity = (*(str(row[fact]) for fact in facts), f"{row['cost']:.2f}", str(row["copy"]))
            yield _hit(row, identity, why)


def _hit(row: dict[str, object], identity: tuple[str, ...], why: str) -> Hit:
    cost = row["cost"]
    whole = bool(row["is_invoice"])
    return Hit(
        identity=identity,
        customer="" if whole else str(row["customer"]),
        product="" if whole else str(row["product"]),
        subscription="" if whole else str(row["subscription_id"]),
        currency=str(row["currency"]),
        at_stake=abs(cost),  # type: ignore[arg-type]
        direction=VENDOR_OVERCHARGED if cost > 0 else REVIEW,  # type: ignore[operator]
        why=why,
        action="Dispute the copy with the vendor, or remove the source that was loaded twice.",
        lines=tuple(row["line_ids"]),  # type: ignore[arg-type]
    )


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """A control total that is lower by just the copies of its invoice."""
    copies: dict[str, Decimal] = dict(
        session.rows("SELECT line_id, total FROM mapped_line WHERE in_period AND state = 'duplicate'")
    )
    return dict(red_totals(session, own, others, copies))
