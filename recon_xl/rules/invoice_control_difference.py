"""An invoice whose lines do not add up to the total printed on it.

What it finds
    An invoice and currency with a Control Total on Sources that differs from the lines read, tax included. Its lines are
    held. Where the control total was typed without tax, the reason says so.

Why it matters
    Lines are missing from the file, or there are some that the invoice does not have: whatever is billed on it is incomplete.

Example
    Lines of 41,180.55 against a control total of 41,230.55: 50.00 are missing.

How to clear it
    Import the whole file, or correct Control Total on Sources. An adjustment that the vendor prints on the invoice only is
    billed by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from recon_xl.core.finding import REVIEW, Finding, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.gaps import is_same_key, key_gaps

CODE = "invoice-control-difference"
TITLE = "Invoice differs from its control total"
SEVERITY = "Critical"
PER_KEY = False
FIX_STEP = FixStep.SOURCES

SQL = """
    SELECT t.invoice, t.currency, t.read, t.printed, sum(v.subtotal) AS net, list(v.line_id ORDER BY v.line_id) AS line_ids
    FROM invoice_total AS t
    LEFT JOIN vendor_line AS v ON v.invoice = t.invoice AND v.currency = t.currency AND v.in_period
    WHERE t.printed <> t.read
    GROUP BY t.invoice, t.currency, t.read, t.printed
    ORDER BY ALL
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit an invoice and currency; at stake is the difference."""
    for row in session.records(SQL):
        difference = row["read"] - row["printed"]
        lines = tuple(line for line in row["line_ids"] if line is not None)
        yield Hit(
            identity=(row["invoice"], row["currency"]),
            customer="",
            product="",
            currency=row["currency"] or inputs.settings.base_currency,
            at_stake=abs(difference),
            direction=REVIEW,
            why=_why(row, difference, has_lines=bool(lines)),
            action=_action(row),
            basis="unaccounted",
            lines=lines,
        )


def _why(row: dict[str, Any], difference: Decimal, *, has_lines: bool) -> str:
    read, printed, gap = (
        money_text(amount, row["currency"]) for amount in (row["read"], row["printed"], abs(difference))
    )
    if not has_lines:
        return f"Invoice {row['invoice']} has a control total of {printed}, and no line of it is loaded."
    side = "more than" if difference > 0 else "less than"
    held = f"Lines of {read} on invoice {row['invoice']} are {gap} {side} its control total {printed}; they are held."
    return f"{held} Without tax they are just that total." if row["net"] == row["printed"] else held


def _action(row: dict[str, Any]) -> str:
    if row["net"] == row["printed"]:
        return "Type the total with tax into Control Total on Sources."
    return f"Import the whole file of invoice {row['invoice']}, or correct its Control Total on Sources."


# What was charged last, in the latest earlier period, for subscriptions without a line in this one.
_GONE = """
    WITH earlier AS (
        SELECT *, max(period) OVER (PARTITION BY client, product, subscription_id) AS latest
        FROM mapped_line
        WHERE NOT in_period AND state = 'mapped' AND subscription_id <> ''
    )
    SELECT e.client, e.product, e.currency, sum(e.total) AS amount
    FROM earlier AS e
    WHERE e.period = e.latest AND e.subscription_id NOT IN (SELECT subscription_id FROM vendor_line WHERE in_period)
    GROUP BY e.client, e.product, e.currency, e.subscription_id
"""
_HERE = """
    SELECT client, product, total AS amount FROM mapped_line
    WHERE in_period AND state = 'mapped' AND invoice = ? AND currency = ?
"""


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """The one key whose missing lines, or whose surplus line, are just the difference.

    Missing: what a subscription was charged last, where it has no line now and something is billed. Surplus: the only line of
    that amount on the invoice, where too little is billed. More than one that fits proves nothing.
    """
    differences = {(row["invoice"], row["currency"]): row["read"] - row["printed"] for row in session.records(SQL)}
    gaps = list(key_gaps(others))
    found: dict[str, str] = {}
    for finding in own:
        invoice, currency = finding.hit.identity
        difference = differences[invoice, currency]
        if difference < 0:
            fitting = [row[:2] for row in session.rows(_GONE) if row[2:] == (currency, -difference)]
        else:
            fitting = [row[:2] for row in session.rows(_HERE, (invoice, currency)) if row[2] == difference]
        if len(fitting) == 1:
            way = 1 if difference < 0 else -1
            keys = [gap.key for gap, sign in gaps if sign == way and is_same_key(gap, *fitting[0])]
            found |= dict.fromkeys(keys, finding.key)
    return found
