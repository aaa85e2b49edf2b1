"""A key whose expected amount cannot be told, because a price, markup or rate is missing.

What it finds
    A mapped client and product with a source and a billed line, for which the mapping tabs give
    no price, markup, retail price or exchange rate.

Why it matters
    The bill cannot be checked, and the draft line is held.

Example
    A product with price basis markup, and no row of Price Rules that covers it.

How to clear it
    Add the missing row to the tab that the reason names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from recon_xl.core.finding import REVIEW, WE_LOSE, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import key_hit
from recon_xl.rules.words import money_of

CODE = "unpriced"
TITLE = "No price to check against"
SEVERITY = "High"
PER_KEY = True
FIX_STEP = FixStep.PRICES

_TABS = ("Price Rules", "Sell Prices", "Agreements", "FX Rates", "Price List", "Profiles")

SQL = """
    WITH charged AS (
        SELECT client, product, min(currency) AS vendor_currency, sum(subtotal) AS vendor_cost
        FROM mapped_line
        WHERE in_period AND state = 'mapped'
        GROUP BY client, product
        HAVING count(DISTINCT currency) = 1
    )
    SELECT k.*, c.vendor_currency, c.vendor_cost
    FROM key_match AS k
    LEFT JOIN charged AS c USING (client, product)
    WHERE k.status = 'unpriced' AND NOT k.is_foreign AND (k.has_billed OR k.cost = 0)
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the vendor cost, in the vendor's currency where no rate leads to the client's."""
    for row in session.records(SQL):
        reason = row["problem"] or row["billed_problem"]
        foreign = row["cost"] == 0 and row["vendor_cost"]
        billed = f"{money_of(row['billed'], row)} billed" if row["has_billed"] else "Nothing is billed, and the charge"
        hit = key_hit(
            row,
            at_stake=row["vendor_cost"] if foreign else row["cost"],
            direction=REVIEW if row["has_billed"] else WE_LOSE,
            why=f"{'The bill' if row['billed_problem'] else billed} cannot be checked: {reason}.",
            action=_action(reason),
            basis="estimated",
            expected=None,
            billed=None if row["billed_problem"] or not row["has_billed"] else row["billed"],
        )
        yield replace(hit, currency=row["vendor_currency"]) if foreign else hit


def _action(reason: str) -> str:
    tab = next((name for name in _TABS if name in reason), None)
    return f"Add the missing row to {tab}." if tab else "Complete the vendor line, or import the file it belongs to."
