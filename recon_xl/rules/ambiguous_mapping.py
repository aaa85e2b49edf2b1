"""An id or name that fits several rows of Customers or Products, so that nobody can say which of them is meant.

What it finds
    A vendor customer, vendor product, or name on Billed Lines or Counts that fits two or more rows equally well. Its lines
    stay unmapped; a weaker reading is never asked.

Why it matters
    The charges stand outside the comparison and outside the drafts, although a mapping seems to be there.

Example
    Two rows of Customers hold one tenant id: 412.30 of cost belong to either of them.

How to clear it
    Leave the id or name on the one row that is meant. Rows of Products with one Product Id and Sku Id can be told apart by
    Term and Plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from recon_xl.core.finding import REVIEW, WE_LOSE, Finding, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import money_text, quantity_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.clashes import CUSTOMERS, Clash, find_clashes
from recon_xl.rules.gaps import key_gaps
from recon_xl.rules.words import lines_words

CODE = "ambiguous-mapping"
TITLE = "Mapping fits several rows"
SEVERITY = "High"
PER_KEY = False
FIX_STEP = FixStep.PRODUCTS

_NAMES = {CUSTOMERS: "Customer", "Products": "Billing Product"}


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a mapping and currency; at stake is the vendor cost, the billed amount of a billed name, 0.00 of a counted one."""
    base = inputs.settings.base_currency
    for clash in find_clashes(session):
        currency = clash.currency or base
        rows = _rows(inputs, clash)
        yield Hit(
            identity=clash.identity,
            customer=clash.name if clash.tab == CUSTOMERS else "",
            product="" if clash.tab == CUSTOMERS else clash.name,
            currency=currency,
            at_stake=Decimal(0) if clash.side == "counted" else abs(clash.amount),
            direction=WE_LOSE if clash.side == "vendor" and clash.amount >= 0 else REVIEW,
            why=f"{_lines(clash, currency)} {'stays' if clash.lines == 1 else 'stay'} unmapped: {clash.label} fits {rows}.",
            action=_action(clash, rows),
            basis="unmapped",
            lines=clash.line_ids,
        )


def _lines(clash: Clash, currency: str) -> str:
    if clash.side == "vendor":
        return f"{lines_words(clash.lines)}, {money_text(clash.amount, currency)} of cost,"
    if clash.side == "billed":
        return f"{money_text(clash.amount, currency)} billed"
    return f"{quantity_text(clash.amount)} counted"


def _rows(inputs: Inputs, clash: Clash) -> str:
    """The rows that clash, as the tab shows them: `row 6 (Alder) and row 7 (Birch) of Customers`."""
    table = inputs.tables[clash.tab]
    names = inputs.column(clash.tab, _NAMES[clash.tab])
    ids = zip(inputs.column(clash.tab, "Product Id"), inputs.column(clash.tab, "Sku Id"), strict=True)
    found = [
        (number, name, tuple((id_ or "").casefold() for id_ in pair) == clash.vendor_ids)
        for number, name, pair in zip(table.row_numbers, names, ids, strict=True)
        if name in clash.rows
    ]
    # A product can have many rows: those with the very ids clash, where there are any.
    exact = [entry for entry in found if entry[2]] or found
    told = [f"row {number} ({name})" for number, name, _ in exact]
    return f"{', '.join(told[:-1])} and {told[-1]} of {clash.tab}"


def _action(clash: Clash, rows: str) -> str:
    apart = ", or tell them apart by Term and Plan" if clash.tab != CUSTOMERS and clash.side == "vendor" else ""
    return f"Leave {clash.label} on one of {rows}{apart}."


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """Gaps of the clients and products among the rows that fit: their vendor lines, counts or bills are what stays unmapped."""
    keys = {finding.hit.identity: finding.key for finding in own}
    gaps = list(key_gaps(others))
    found: dict[str, str] = {}
    for clash in find_clashes(session):
        for finding, sign in gaps:
            hit = finding.hit
            if sign in clash.signs and hit.customer in clash.clients and hit.product in clash.products:
                found.setdefault(finding.key, keys[clash.identity])
    return found
