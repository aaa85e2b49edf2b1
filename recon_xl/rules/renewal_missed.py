"""A term of a year or three was renewed, and the renewed charge is not on the bill.

What it finds
    A vendor charge of type renew on a P1Y or P3Y term in the period, with nothing billed for the client and product, or a
    bill that is just what is expected without the renewed charge. A monthly term renews every month: that is not this.

Why it matters
    A renewal comes once a year: missed, a whole year is paid by us.

Example
    Ten seats renewed for a year on 5 October at 1,209.60; worth 1,680.00 to the customer, and no line on the bill.

How to clear it
    Bill the renewed term. Where the customer did not want it, cancel it with the vendor within seven days.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.finding import Hit, by_sign
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.hits import caused, key_hit, unbilled_hit
from recon_xl.rules.words import capital, money_of, source_words

CODE = "renewal-missed"
TITLE = "Renewal not billed"
SEVERITY = "Critical"
PER_KEY = True


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the variance, or the vendor cost where no price is known."""
    for row in caused(session, CODE):
        action = f"Bill the renewed term of {row['product']} to {row['client']}."
        if not row["has_billed"]:
            yield unbilled_hit(row, capital(row["told"]), action)
            continue
        kept = row["billed"] - row["excess"]
        money = f"{money_of(kept, row)} billed against {money_of(row['expected'], row)} expected"
        yield key_hit(
            row,
            at_stake=row["variance"],
            direction=by_sign(row["variance"]),
            why=f"{capital(row['told'])}: {money}.{source_words(row)}",
            action=action,
            billed=kept,
            billed_quantity=row["kept_quantity"],
        )
