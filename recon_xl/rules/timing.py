"""An annual charge that is billed by the month. Information, not an exception.

What it finds
    A monthly bill that an annual or triennial vendor charge covers, paid upfront in this or an
    earlier period and still in term.

Why it matters
    Cost and revenue fall into different months; nothing is lost.

Example
    A year charged in March, billed in twelve instalments: October's has no vendor line.

How to clear it
    Nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from recon_xl.core.finding import INFORMATION, REVIEW, Hit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import key_hit
from recon_xl.rules.words import money_of

CODE = "timing"
TITLE = "Annual charge billed monthly"
SEVERITY = INFORMATION
PER_KEY = True

SQL = "SELECT * FROM key_match WHERE status = 'timing' AND NOT is_foreign"


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; nothing is at stake."""
    for row in session.records(SQL):
        when = "this period" if row["has_source"] else "an earlier period"
        yield key_hit(
            row,
            at_stake=Decimal(0),
            direction=REVIEW,
            why=f"{money_of(row['billed'], row)} billed is an instalment of an annual charge of {when}, still in term.",
            action="None.",
            expected=row["billed"],
        )
