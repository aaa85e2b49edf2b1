"""A client and product whose only counts are too old.

What it finds
    Counts that are older at period end than the setting Stale After, with none that is fresh: of the source and basis that
    the product asks for where counts decide, of any source where the vendor decides.

Why it matters
    Nobody knows what the client has now. A product that is billed by count is not compared at all until a fresh count comes.

Example
    The backup tool last reported on 15 August; October is closed without it.

How to clear it
    Repair the connection of the tool, import a fresh count, and run again. Stale After on Settings says how old is too old.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import ZERO
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.engine.states import COUNTED, occurs

CODE = "stale-source"
TITLE = "Count too old"
SEVERITY = "Medium"
PER_KEY = False
FIX_STEP = FixStep.SOURCES

SQL = """
    SELECT n.client, n.product, c.currency, t.quantity_source, max(n.as_of) AS as_of,
        arg_max(n.count_source, (n.as_of, n.source_key)) AS count_source, arg_max(n.basis, (n.as_of, n.source_key)) AS basis,
        list(n.line_id ORDER BY n.line_id) AS line_ids
    FROM count_line AS n
    INNER JOIN client AS c ON c.client = n.client
    INNER JOIN terms AS t ON t.client = n.client AND t.product = n.product
    LEFT JOIN counted_product AS p ON p.client = n.client AND p.product = n.product
    WHERE n.state = 'stale' AND t.quantity_source <> 'none' AND (
        p.state = 'stale' AND n.basis = t.count_basis AND (t.count_source IS NULL OR t.count_source = n.source_key)
        OR NOT EXISTS (
            SELECT 1 FROM count_line AS f WHERE f.client = n.client AND f.product = n.product AND f.state = 'fresh'
        )
    )
    GROUP BY n.client, n.product, c.currency, t.quantity_source
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client and product; nothing is at stake but what nobody looked at."""
    if not occurs(session, COUNTED, "stale"):
        return
    end, limit = inputs.settings.period_end, inputs.settings.stale_after
    for row in session.records(SQL):
        age = (end - row["as_of"]).days
        told = f"last counted by {row['count_source']} on {row['as_of']:%Y-%m-%d} ({row['basis']})"
        effect = (
            "It is not compared with the bill." if row["quantity_source"] == "count" else "The vendor's seats decide."
        )
        yield Hit(
            identity=(row["client"], row["product"]),
            customer=row["client"],
            product=row["product"],
            currency=row["currency"],
            at_stake=ZERO,
            direction=REVIEW,
            why=f"{row['product']} of {row['client']} was {told}: {age} days before {end:%Y-%m-%d}, more than {limit}. {effect}",
            action=f"Import a fresh count of {row['product']} from {row['count_source']}, and run again.",
            basis="unaccounted",
            lines=tuple(row["line_ids"]),
        )
