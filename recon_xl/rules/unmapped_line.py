"""A billed or counted line whose client or product no mapping knows.

What it finds
    Names on Billed Lines or Counts that fit no row of Customers or Products. Where they fit several, that is an ambiguous
    mapping.

Why it matters
    The line stands outside the comparison; a gap behind it stays hidden.

Example
    The PSA bills "M365 Bus. Std" and no alias of Products says what that is: 280.00 not compared.

How to clear it
    Add the name to Aliases of the right row of Customers or Products. A service that is sold without any source gets a
    Products row with Quantity Source "none".
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import money_text, quantity_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.engine.states import BILLED as BILLED_LINES
from recon_xl.engine.states import COUNTED as COUNTED_LINES
from recon_xl.engine.states import occurs

CODE = "unmapped-line"
TITLE = "Billed or counted line not mapped"
SEVERITY = "Medium"
PER_KEY = False
FIX_STEP = FixStep.PRODUCTS

# A name that fits several rows belongs to rule ambiguous-mapping.
_UNMAPPED = ("unmapped client", "unmapped product")
_UNKNOWN = """(
        state = 'unmapped client' AND exact_key NOT IN (SELECT value FROM name_candidate)
            AND customer_key NOT IN (SELECT value FROM name_candidate)
        OR state = 'unmapped product' AND exact_product NOT IN (SELECT value FROM product_name)
            AND product_key NOT IN (SELECT value FROM product_name)
    )"""
BILLED = f"""
    SELECT customer_name, product_name, coalesce(line_currency, nullif(currency, ''), s.base_currency) AS currency,
        min(client) AS client,
        min(product) AS product, state, sum(amount) AS amount, sum(quantity) AS quantity, list(line_id ORDER BY line_id) AS line_ids
    FROM billed_line
    CROSS JOIN setting AS s
    WHERE {_UNKNOWN}
    GROUP BY customer_name, product_name, coalesce(line_currency, nullif(currency, ''), s.base_currency), state
"""  # noqa: S608 - of constants only
COUNTED = f"""
    SELECT customer_name, product_name, min(client) AS client, state, sum(quantity) AS quantity,
        list(line_id ORDER BY line_id) AS line_ids
    FROM count_line
    WHERE {_UNKNOWN}
    GROUP BY customer_name, product_name, state
"""  # noqa: S608 - of constants only


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client name and product name; at stake is the billed amount, 0.00 for counts."""
    base = inputs.settings.base_currency
    for row in session.records(BILLED) if occurs(session, BILLED_LINES, *_UNMAPPED) else ():
        currency = row["currency"]
        yield Hit(
            identity=("billed", row["customer_name"], row["product_name"], currency),
            customer=row["client"] or row["customer_name"],
            product=row["product"] or row["product_name"],
            currency=currency,
            at_stake=abs(row["amount"]),
            direction=REVIEW,
            why=f"{money_text(row['amount'], currency)} billed cannot be compared: {_unknown(row)}.",
            action=_action(row),
            basis="unmapped",
            billed=row["amount"],
            billed_quantity=row["quantity"],
            lines=tuple(row["line_ids"]),
        )
    for row in session.records(COUNTED) if occurs(session, COUNTED_LINES, *_UNMAPPED) else ():
        yield Hit(
            identity=("counted", row["customer_name"], row["product_name"]),
            customer=row["client"] or row["customer_name"],
            product=row["product_name"],
            currency=base,
            at_stake=Decimal(0),
            direction=REVIEW,
            why=f"{quantity_text(row['quantity'])} counted cannot be compared: {_unknown(row)}.",
            action=_action(row),
            basis="unmapped",
            expected_quantity=row["quantity"],
            lines=tuple(row["line_ids"]),
        )


def _unknown(row: dict[str, object]) -> str:
    if row["state"] == "unmapped client":
        return f'no customer answers to "{row["customer_name"]}"'
    return f'no product answers to "{row["product_name"]}"'


def _action(row: dict[str, object]) -> str:
    tab = "Customers" if row["state"] == "unmapped client" else "Products"
    return f"Add the name to Aliases on {tab}."
