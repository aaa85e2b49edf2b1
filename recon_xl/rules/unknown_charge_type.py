"""A vendor's charge type that is not known.

What it finds
    Vendor lines whose Charge Type is none of the documented ones.

Why it matters
    The type says whether a line opens a cycle, changes seats or gives a credit. An unknown one is priced like a change in
    mid-cycle, never dropped, and that can be wrong.

Example
    A line of type transferIn over 100.80: nothing says whether it opens a cycle of the subscription.

How to clear it
    Ask the vendor what the type means, and bill by hand what it brings. A mistyped one is corrected in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recon_xl.core.finding import REVIEW, Finding, Hit
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.intake.formats.charge_types import canonical_charge_type
from recon_xl.rules.gaps import is_same_key, key_gaps, seat_findings
from recon_xl.rules.words import lines_words

CODE = "unknown-charge-type"
TITLE = "Charge type not known"
SEVERITY = "High"
PER_KEY = False

SQL = """
    SELECT coalesce(m.client, c.customer_name) AS customer, coalesce(m.product, p.product_name) AS product, m.charge_type,
        m.currency, sum(m.subtotal) AS amount, count(*) AS lines, list(m.line_id ORDER BY m.line_id) AS line_ids,
        list(m.n ORDER BY m.n) AS numbers
    FROM mapped_line AS m
    INNER JOIN in_customer AS c USING (customer_no)
    INNER JOIN in_product AS p USING (product_no)
    WHERE m.in_period AND m.state NOT IN ('duplicate', 'unreadable') AND list_contains($types, m.charge_type)
    GROUP BY ALL
    ORDER BY ALL
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client, product, type and currency; at stake is the net of its lines."""
    types = session.rows("SELECT DISTINCT charge_type FROM in_charge WHERE charge_type <> ''")
    unknown = [charge_type for (charge_type,) in types if canonical_charge_type(charge_type) is None]
    if not unknown:
        return
    printed = inputs.column("Vendor Lines", "Charge Type")
    for row in session.records(SQL, {"types": unknown}):
        amount, name = money_text(row["amount"], row["currency"]), printed[row["numbers"][0]]
        yield Hit(
            identity=(row["customer"], row["product"], row["charge_type"], row["currency"]),
            customer=row["customer"],
            product=row["product"],
            currency=row["currency"],
            at_stake=abs(row["amount"]),
            direction=REVIEW,
            why=f'{lines_words(row["lines"])} of {amount} with charge type "{name}", which is not known: priced like a change '
            "in mid-cycle.",
            action=f'Find out what "{name}" charges for, and check the draft of {row["customer"]}.',
            basis="estimated",
            lines=tuple(row["line_ids"]),
        )


_BY_TYPE = "SELECT client, product FROM terms WHERE price_basis <> 'markup'"


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """Gaps of the same client and product where its type decides how a line is priced.

    By markup each line is priced from its own cost, whatever its type; a gap there has another cause.
    """
    by_type = set(session.rows(_BY_TYPE))
    found: dict[str, str] = {}
    for finding in own:
        client, name = finding.hit.customer, finding.hit.product
        gaps = [gap for gap, _ in key_gaps(others)] if (client, name) in by_type else []
        for other in (*gaps, *seat_findings(others)):
            if is_same_key(other, client, name):
                found.setdefault(other.key, finding.key)
    return found
