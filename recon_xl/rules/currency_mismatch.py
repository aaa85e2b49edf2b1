"""A client is billed in another currency than their own.

What it finds
    A client and product with a billed line in a currency other than the client's, whatever the difference: the amount is
    converted at the rate of FX Rates and compared with the expected one.

Why it matters
    One client gets one currency. Even where the amounts fit today, the next rate makes a difference nobody can explain.

Example
    A dollar client's line of 100.00 EUR; at 1.10 that is 110.00 USD, just as expected, and still wrong.

How to clear it
    Bill the client in the currency of Customers, or correct the currency there. Without a rate, add one to FX Rates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recon_xl.core.finding import REVIEW, Hit, by_sign
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import caused, key_hit
from recon_xl.rules.words import money_of

CODE = "currency-mismatch"
TITLE = "Billed in another currency"
SEVERITY = "High"
PER_KEY = True

FOREIGN = """
    SELECT b.client, b.product, coalesce(g.subscription_id, '') AS subscription_id, b.line_currency, sum(b.amount) AS amount
    FROM billed_line AS b
    LEFT JOIN by_subscription AS g
        ON g.client = b.client AND g.product = b.product AND g.subscription_id = b.subscription_id
    WHERE b.state = 'mapped' AND b.line_currency <> b.client_currency
    GROUP BY b.client, b.product, coalesce(g.subscription_id, ''), b.line_currency
    ORDER BY b.line_currency
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the difference after conversion, or the expected amount where no rate is known."""
    rows = caused(session, CODE)
    printed: dict[tuple[str, str, str], list[str]] = {}
    for client, name, subscription, currency, amount in session.rows(FOREIGN) if rows else ():
        printed.setdefault((client, name, subscription), []).append(money_text(amount, currency))
    for row in rows:
        lines = " and ".join(printed[row["client"], row["product"], row["subscription_id"]])
        unknown = _unknown(row)
        yield _converted(row, lines) if unknown is None else _for_review(row, lines, unknown)


def _converted(row: dict[str, Any], lines: str) -> Hit:
    expected = row["billed"] if row["status"] == "timing" and not row["has_source"] else row["expected"]
    variance = row["billed"] - expected
    return key_hit(
        row,
        at_stake=variance,
        direction=by_sign(variance),
        why=(
            f"{lines} billed to a client in {row['currency']}: {money_of(row['billed'], row)} in all after conversion, "
            f"against {money_of(expected, row)} expected."
        ),
        action=_action(row),
        expected=expected,
    )


def _unknown(row: dict[str, Any]) -> str | None:
    """Why bill and charge cannot be held against each other; None where they can."""
    if row["status"] in ("not checked", "not reconcilable"):
        return row["billed_problem"] or "what it should be cannot be told from what is loaded"
    reason: str | None = row["billed_problem"] or row["problem"]
    return reason


def _for_review(row: dict[str, Any], lines: str, reason: str) -> Hit:
    """No rate for the bill, or no price for the charge: the exposure is what is known, the expected amount or the cost."""
    is_expected = row["has_source"] and not row["problem"]
    return key_hit(
        row,
        at_stake=row["expected"] if is_expected else row["cost"],
        direction=REVIEW,
        why=f"{lines} billed to a client in {row['currency']} cannot be compared: {reason}.",
        action=_action(row),
        basis="estimated",
        expected=row["expected"] if is_expected else None,
        billed=None if row["billed_problem"] else row["billed"],
    )


def _action(row: dict[str, Any]) -> str:
    return (
        f"Bill {row['product']} to {row['client']} in {row['currency']}, or correct the client's currency on Customers."
    )
