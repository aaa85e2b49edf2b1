"""A vendor charge or count that nobody bills.

What it finds
    A mapped client and product with vendor lines or a count in the period, and no billed line.

Why it matters
    We pay for it and nobody is charged: all of its sell value is lost.

Example
    Ten seats charged by the vendor since June, no line on the planned bill: 140.00 a month.

How to clear it
    Add a line to the planned bill, or map the vendor line to the product that does bill it. Where no price is known yet,
    add one to Sell Prices, Agreements or Price Rules; until then the vendor's cost is shown as the exposure.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import CUSTOMER_OVERCHARGED, WE_LOSE, Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import key_hit
from recon_xl.rules.words import money_of, source_words

CODE = "unbilled"
TITLE = "Vendor charge not billed"
SEVERITY = "Critical"
PER_KEY = True

SQL = """
    SELECT k.* FROM key_match AS k CROSS JOIN setting AS s
    WHERE k.has_source AND NOT k.has_billed
        AND (k.status = 'compared' AND abs(k.expected) > s.tolerance OR k.status = 'unpriced' AND k.cost <> 0)
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the expected amount, or the vendor cost where no price is known."""
    for row in session.records(SQL):
        unpriced = row["status"] == "unpriced"
        amount = row["cost"] if unpriced else row["expected"]
        source = "Counted" if row["is_count"] else "Charged by the vendor" if amount >= 0 else "Credited by the vendor"
        reason = f"; {row['problem']}, so the vendor cost is shown" if unpriced else ""
        source_told = "" if unpriced else source_words(row)
        yield key_hit(
            row,
            at_stake=amount,
            direction=WE_LOSE if amount >= 0 else CUSTOMER_OVERCHARGED,
            why=f"{source}, but no billed line in {inputs.settings.period}: {money_of(amount, row)}{reason}.{source_told}",
            action=f"Add {row['product']} to the bill of {row['client']}, or map it to the product that bills it."
            if amount >= 0
            else f"Pass the credit for {row['product']} on to {row['client']}, or decide to keep it.",
            basis="estimated" if unpriced else "calculated",
            expected=None if unpriced else row["expected"],
        )
