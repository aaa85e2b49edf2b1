"""What of a vendor's own figures was checked: the rounding model that fits the lines of each invoice, and what could not be."""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.control import CHECKED, NOT_CHECKED, CoverageRow
from recon_xl.engine.arithmetic import CREDIT, NO_FIGURES, NO_RATE, NONE
from recon_xl.engine.session import Session

AREA = "Vendor arithmetic"
_MODELS = {
    "A": ("model A", "Subtotal = price x quantity x rate, rounded down once."),
    "A and B": ("models A and B", "Both of the vendor's rounding models give the Subtotal."),
    "B": ("model B", "Subtotal = price x rate, rounded down, x quantity."),
    "usage": ("usage", "Subtotal = price x quantity, rounded down, x rate, rounded down."),
    NONE: ("no model", "The Subtotal fits neither model: see Exceptions."),
    CREDIT: ("credits", "Taken as given: a credit has no price and quantity of its own."),
    NO_FIGURES: ("no figures", "Subtotal, Effective Unit Price or Billable Quantity is blank."),
    NO_RATE: ("no rate", "Pricing and billing currency differ, and PC To BC Exchange Rate is blank."),
}
_PAIRS = """
    SELECT m.currency, count(*) AS lines, sum(m.subtotal) AS amount
    FROM mapped_line AS m
    INNER JOIN in_event AS e USING (n)
    WHERE m.in_period AND m.state NOT IN ('duplicate', 'unreadable') AND m.charge_type IN ('addquantity', 'removequantity', 'convert')
        AND (e.reference_id = '' OR m.subscription_id = '')
    GROUP BY m.currency
    ORDER BY m.currency
"""


def vendor_checks(session: Session) -> Iterator[CoverageRow]:
    """A row an invoice, currency and model; then seat changes whose other side cannot be looked for."""
    for invoice, currency, model, is_checked, lines, amount in session.rows(
        "SELECT d.invoice, d.currency, a.model, a.is_checked, sum(a.lines), sum(a.amount) FROM arithmetic_model AS a "
        "INNER JOIN in_document AS d USING (document_no) GROUP BY ALL ORDER BY ALL"
    ):
        item, reason = _MODELS[model]
        status = CHECKED if is_checked else NOT_CHECKED
        yield CoverageRow(AREA, f"{invoice}: {item}".removeprefix(": "), status, int(lines), amount, currency, reason)
    for currency, lines, amount in session.rows(_PAIRS):
        reason = "Without Subscription Id and Reference Id the other side of a change cannot be told."
        yield CoverageRow("Vendor pairs", "seat changes", NOT_CHECKED, lines, amount, currency, reason)
