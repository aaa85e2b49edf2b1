"""A Subtotal that does not follow from the line's own price, quantity and exchange rate.

What it finds
    A vendor line whose Subtotal neither of Microsoft's two rounding models gives, A: price x quantity x rate rounded down
    once, B: price x rate rounded down, x quantity; for usage, its own formula. Vendor Tolerance is allowed a unit. Credits
    are taken as given. Coverage says which model fits the lines of each invoice.

Why it matters
    The vendor charges something else than its own figures say, and whoever bills on cost passes it on.

Example
    Ten seats at 10.08 with a Subtotal of 105.80 instead of 100.80: 5.00 too much.

How to clear it
    Dispute the line with the vendor, or correct the file if it was edited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from recon_xl.core.finding import REVIEW, VENDOR_OVERCHARGED, Finding, Hit
from recon_xl.core.money import money_text, plain, quantity_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.gaps import is_same_key
from recon_xl.rules.vendor_lines import IDENTITY, LINE, consequences, line_hit

CODE = "vendor-arithmetic"
TITLE = "Vendor's arithmetic does not hold"
SEVERITY = "High"
PER_KEY = False

_DAILY_ROUNDING = Decimal("0.10")
"""What daily rows, printed to many decimals, may differ from the cents of the month."""

SQL = f"SELECT {LINE}, g.model, g.amount AS other FROM arithmetic_gap AS g INNER JOIN mapped_line AS m USING (n) {IDENTITY}"  # noqa: S608


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a line; at stake is the difference to the model that its subscription follows, else that comes nearest."""
    prices, quantities = (inputs.column("Vendor Lines", name) for name in ("Effective Unit Price", "Billable Quantity"))
    for row in session.records(SQL):
        difference = row["subtotal"] - row["other"]
        printed, due = (money_text(row[amount], row["currency"]) for amount in ("subtotal", "other"))
        factors = f"{quantity_text(abs(quantities[row['n']]))} x {plain(abs(prices[row['n']]))}"
        model = "the formula of usage" if row["model"] == "usage" else f"model {row['model']}"
        yield line_hit(
            row,
            difference,
            direction=VENDOR_OVERCHARGED if difference > 0 else REVIEW,
            why=f"Subtotal {printed}, but {factors} gives {due} by {model}.",
            action=f"Dispute this line of invoice {row['invoice']} with the vendor.",
        )


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """What goes away without the difference: a gap or margin of the key that follows the cost, and a red control total.

    A Subtotal with the wrong sign also makes a seat change look like half of one; usage of the month differs from its daily
    rows by just the difference.
    """
    extra = {row["line_id"]: row["subtotal"] - row["other"] for row in session.records(SQL)}
    found = consequences(session, own, others, extra, in_cost=True)
    for finding in own:
        for other in others:
            if _is_half_event(finding, other) or _is_usage_apart(finding, other):
                found.setdefault(other.key, finding.key)
    return found


def _is_half_event(finding: Finding, other: Finding) -> bool:
    return other.rule == "broken-pair" and bool(set(finding.hit.lines or ()) & set(other.hit.lines or ()))


def _is_usage_apart(finding: Finding, other: Finding) -> bool:
    hit = finding.hit
    same = other.rule == "usage-tie-out" and is_same_key(other, hit.customer, hit.product, hit.subscription)
    return same and abs(other.hit.at_stake - hit.at_stake) <= _DAILY_ROUNDING
