"""A vendor line whose Total is not its Subtotal and tax.

What it finds
    A line with Subtotal, Tax Total and Total, where Total differs from the sum of both by more than a cent.

Why it matters
    What we pay is the Total; what the line explains is less.

Example
    Subtotal 100.80, tax 0.00, Total 103.80: 3.00 that nothing explains.

How to clear it
    Dispute the line with the vendor, or correct the file if it was edited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recon_xl.core.finding import REVIEW, VENDOR_OVERCHARGED, Finding, Hit
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.vendor_lines import IDENTITY, LINE, consequences, line_hit

CODE = "vendor-total"
TITLE = "Vendor's total does not add up"
SEVERITY = "High"
PER_KEY = False

SQL = f"""
    SELECT {LINE}, m.total, g.difference
    FROM total_gap AS g INNER JOIN mapped_line AS m ON m.n = g.n AND m.in_period AND m.state NOT IN ('duplicate', 'unreadable')
    {IDENTITY}
"""  # noqa: S608 - of constants only


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a line; at stake is the difference."""
    taxes = inputs.column("Vendor Lines", "Tax Total")
    for row in session.records(SQL):
        difference, currency = row["difference"], row["currency"]
        net, tax = money_text(row["subtotal"], currency), money_text(taxes[row["n"]], currency)
        printed, due = money_text(row["total"], currency), money_text(row["total"] - difference, currency)
        yield line_hit(
            row,
            difference,
            direction=VENDOR_OVERCHARGED if difference > 0 else REVIEW,
            why=f"Total {printed}, but Subtotal {net} and tax {tax} are {due}.",
            action=f"Dispute this line of invoice {row['invoice']} with the vendor.",
        )


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """A control total that differs by just these amounts; our cost is the Subtotal, so no gap follows."""
    extra = {row["line_id"]: row["difference"] for row in session.records(SQL)}
    return consequences(session, own, others, extra, in_cost=False)
