"""A count that stands on Counts twice.

What it finds
    Rows equal in client, product, source, basis, date and dedupe key (without a key: in the names as printed).

Why it matters
    Each of them counts once, so the bill is right; but a tool that reports a device twice, or a file that was pasted twice,
    will do it again where nobody looks.

Example
    The RMM lists pc-2 twice on 31 October: 4 rows, 3 workstations.

How to clear it
    Delete the repeated row, or have the tool report each device, user or site once.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import ZERO, quantity_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

CODE = "duplicate-count"
TITLE = "Counted twice"
SEVERITY = "Medium"
PER_KEY = False
FIX_STEP = FixStep.SOURCES

SQL = """
    SELECT n.client, n.product, c.currency, count(*) FILTER (WHERE n.is_copy) AS copies, min(n.count_source) AS count_source,
        min(n.basis) AS basis, max(n.as_of) AS as_of, min(nullif(n.dedupe_key, '')) AS dedupe_key,
        CAST(sum(n.quantity) FILTER (WHERE n.is_copy) AS DECIMAL(38,18)) AS quantity,
        list(n.line_id ORDER BY n.line_id) AS line_ids
    FROM count_line AS n
    INNER JOIN client AS c ON c.client = n.client
    WHERE n.state = 'fresh' AND n.copies > 1
    GROUP BY n.client, n.product, c.currency
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client and product; nothing is at stake, because each of the rows counts once."""
    if not inputs.rows("Counts"):
        return
    for row in session.records(SQL):
        stand = "stands" if row["quantity"] == 1 else "stand"
        rows = "1 row repeats another" if row["copies"] == 1 else f"{row['copies']} rows repeat others"
        named = f", such as {row['dedupe_key']}" if row["dedupe_key"] else ""
        counted = f"counted by {row['count_source']} on {row['as_of']:%Y-%m-%d} ({row['basis']})"
        yield Hit(
            identity=(row["client"], row["product"]),
            customer=row["client"],
            product=row["product"],
            currency=row["currency"],
            at_stake=ZERO,
            direction=REVIEW,
            why=f"{rows}{named}: {quantity_text(row['quantity'])} {counted} {stand} twice, and counted once.",
            action="Delete the repeated rows of Counts, or have the tool report each device, user or site once.",
            lines=tuple(row["line_ids"]),
        )
