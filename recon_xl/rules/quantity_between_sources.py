"""Two sources that count the same thing differently.

What it finds
    Two fresh counts of one client, product and basis, from different sources, that disagree; or a fresh count of what is
    owned (basis total) that disagrees with the vendor's seats at period end, where the vendor decides.

Why it matters
    One of them is wrong, and it may be the one that is billed: a tool that lost its agents, a seat that nobody assigned.

Example
    The RMM counts 9 workstations, the backup tool 12; Products says that the RMM decides.

How to clear it
    Find out which devices or users only one of them knows. Count Source on Products says which one decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.money import ZERO, quantity_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

CODE = "quantity-between-sources"
TITLE = "Sources disagree on the quantity"
SEVERITY = "Medium"
PER_KEY = False

COUNTED = """
    WITH differing AS (
        SELECT client, product, basis
        FROM snapshot
        WHERE place = 1
        GROUP BY client, product, basis
        HAVING count(DISTINCT quantity) > 1
    )
    SELECT s.client, s.product, s.basis, c.currency, s.count_source, s.as_of, s.quantity, s.line_ids
    FROM snapshot AS s
    INNER JOIN differing AS d USING (client, product, basis)
    INNER JOIN client AS c ON c.client = s.client
    INNER JOIN terms AS t ON t.client = s.client AND t.product = s.product
    WHERE s.place = 1 AND t.quantity_source <> 'none'
    ORDER BY s.client, s.product, s.basis, s.as_of DESC, s.source_key
"""
_SECOND_OPINIONS = """
    SELECT count(*) FROM snapshot AS s INNER JOIN terms AS t USING (client, product)
    WHERE s.place = 1 AND s.basis = 'total' AND t.quantity_source = 'vendor'
"""
CHARGED = """
    WITH current AS (
        SELECT client, product, subscription_id FROM mapped_line WHERE state = 'mapped' AND in_period
        UNION
        SELECT client, product, subscription_id FROM covered
    ),
    charged AS (
        SELECT t.client, t.product, CAST(sum(t.seats) AS DECIMAL(38,18)) AS seats
        FROM seats AS t
        INNER JOIN current AS u USING (client, product, subscription_id)
        GROUP BY t.client, t.product
    )
    SELECT s.client, s.product, s.basis, c.currency, s.count_source, s.as_of, s.quantity, s.line_ids, v.seats
    FROM snapshot AS s
    INNER JOIN charged AS v USING (client, product)
    INNER JOIN client AS c ON c.client = s.client
    INNER JOIN terms AS t ON t.client = s.client AND t.product = s.product
    LEFT JOIN annual_only AS a ON a.client = s.client AND a.product = s.product
    LEFT JOIN unreadable_key AS u ON u.client = s.client AND u.product = s.product
    WHERE s.place = 1 AND s.basis = 'total' AND t.quantity_source = 'vendor' AND s.quantity <> v.seats
        AND a.client IS NULL AND u.client IS NULL
    ORDER BY s.client, s.product, s.as_of DESC, s.source_key
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client and product, with every opinion in it; nothing is at stake by itself."""
    if not inputs.rows("Counts"):
        return
    opinions: dict[tuple[str, str], list[dict[str, Any]]] = {}
    second = session.rows(_SECOND_OPINIONS)[0][0]
    for query in (COUNTED, CHARGED) if second else (COUNTED,):
        for row in session.records(query):
            opinions.setdefault((row["client"], row["product"]), []).append(row)
    for (client, name), rows in sorted(opinions.items()):
        yield Hit(
            identity=(client, name),
            customer=client,
            product=name,
            currency=rows[0]["currency"],
            at_stake=ZERO,
            direction=REVIEW,
            why=f"{name} of {client}: {', '.join(_told(rows))}.",
            action="Find out what only one of them knows; Count Source on Products says which one decides.",
            lines=tuple(dict.fromkeys(line for row in rows for line in row["line_ids"])),
        )


def _told(rows: list[dict[str, Any]]) -> list[str]:
    """Each opinion once, the vendor's first."""
    seats = {quantity_text(row["seats"]) for row in rows if "seats" in row}
    charged = [f"{quantity} seats at the vendor at period end" for quantity in sorted(seats)]
    counts = (
        f"{quantity_text(row['quantity'])} counted by {row['count_source']} on {row['as_of']:%Y-%m-%d} ({row['basis']})"
        for row in rows
    )
    return list(dict.fromkeys((*charged, *counts)))
