"""A vendor product of a known client that no row of Products knows.

What it finds
    Vendor lines whose ProductId + SkuId, or stock item, fit no billing product. Where they fit several, that is an
    ambiguous mapping.

Why it matters
    These charges can neither be compared nor drafted.

Example
    A new SKU appears on the invoice: 3 lines, 96.00 of cost.

How to clear it
    Add a row to Products with this Product Id and Sku Id and the billing product that charges for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recon_xl.core.finding import REVIEW, WE_LOSE, Finding, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.identity import normalise_label
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.engine.states import VENDOR, occurs
from recon_xl.rules.hits import WITHOUT_SOURCE
from recon_xl.rules.words import lines_words

CODE = "unmapped-product"
TITLE = "Vendor product not mapped"
SEVERITY = "High"
PER_KEY = False
FIX_STEP = FixStep.PRODUCTS

SQL = """
    SELECT c.customer_id, min(m.client) AS client, p.product_id, p.sku_id, min(p.product_name) AS name,
        min(p.term) AS term, min(p.plan) AS plan, m.currency,
        sum(m.subtotal) AS cost, sum(m.signed_quantity) AS quantity, count(*) AS lines, list(m.line_id ORDER BY m.line_id) AS line_ids
    FROM mapped_line AS m
    INNER JOIN in_customer AS c ON c.customer_no = m.customer_no
    INNER JOIN in_product AS p ON p.product_no = m.product_no
    WHERE m.state = 'unmapped product' AND m.in_period AND m.product_no NOT IN (SELECT product_no FROM product_candidate)
    GROUP BY c.customer_id, p.product_id, p.sku_id, CASE WHEN p.product_id = '' THEN p.product_key END, m.currency
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a vendor customer, ProductId, SkuId and currency; at stake is the vendor cost."""
    for row in session.records(SQL) if occurs(session, VENDOR, "unmapped product") else ():
        sku = f"{row['product_id']}:{row['sku_id']}".upper()
        words = ", ".join(word for word in (row["term"], row["plan"]) if word)
        told = f" ({words})" if words else ""
        cost = money_text(row["cost"], row["currency"])
        yield Hit(
            identity=(row["customer_id"], row["product_id"] or row["name"], row["sku_id"], row["currency"]),
            customer=row["client"],
            product=row["name"] or sku,
            currency=row["currency"],
            at_stake=abs(row["cost"]),
            direction=WE_LOSE if row["cost"] >= 0 else REVIEW,
            why=f"{lines_words(row['lines'])}, {cost} of cost, fit no billing product: {sku}{told}.",
            action=f"Add {sku} to Products, or a row of it that fits this term and plan.",
            basis="unmapped",
            expected_quantity=row["quantity"],
            lines=tuple(row["line_ids"]),
        )


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """Bills of the same customer for a product of the same name, or in just the quantity of the only such product."""
    found: dict[str, str] = {}
    for finding in others:
        hit = finding.hit
        if finding.rule not in {*WITHOUT_SOURCE, "unmapped-line"} or hit.billed is None:
            continue
        same = [other for other in own if other.hit.customer == hit.customer]
        named = [other for other in same if normalise_label(other.hit.product) == normalise_label(hit.product)]
        counted = [other for other in same if other.hit.expected_quantity == hit.billed_quantity]
        fitting = named or (counted if len(counted) == 1 else [])
        if fitting:
            found[finding.key] = fitting[0].key
    return found
