"""A difference inside the tolerance. Information, not an exception.

What it finds
    A client and product whose billed amount differs from the expected one by no more than the
    setting Billed Tolerance.

Why it matters
    Cents that are waived must still be seen: they are totalled on Tie-out.

Example
    166.13 expected, 166.14 billed: 0.01 waived.

How to clear it
    Nothing to do. Lower Billed Tolerance to see it as an exception.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import INFORMATION, Hit, by_sign
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import key_hit
from recon_xl.rules.words import gap_words

CODE = "rounding"
TITLE = "Rounding"
SEVERITY = INFORMATION
PER_KEY = True

SQL = """
    SELECT k.* FROM key_match AS k CROSS JOIN setting AS s
    WHERE NOT k.is_foreign AND k.status IN ('compared', 'timing') AND (k.has_source OR k.status = 'compared')
        AND k.variance <> 0 AND abs(k.variance) <= s.tolerance
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the difference waived."""
    for row in session.records(SQL):
        yield key_hit(
            row,
            at_stake=row["variance"],
            direction=by_sign(row["variance"]),
            why=f"Inside the tolerance. {gap_words(row)}",
            action="None: the cents are totalled on Tie-out.",
            billed=row["billed"] - row["excess"],
            billed_quantity=row["kept_quantity"],
        )
