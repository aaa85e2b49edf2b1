"""What a vendor's invoice adds up to, and the total printed on it: which invoices differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from recon_xl.core.money import ZERO, total
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import AMOUNT, Session

Key = tuple[str, str]
"""Invoice number and currency."""


def control_totals(inputs: Inputs, read: Mapping[Key, Decimal]) -> dict[Key, Decimal | None]:
    """(invoice, currency) -> the vendor's total typed or read on Sources; None where it is blank.

    An invoice in several parts has one control total: where all parts carry the same amount and the lines add up to it,
    that amount was typed on each part; otherwise the parts' totals add up.
    """
    period = inputs.settings.period
    typed: dict[Key, list[Decimal]] = {}
    for row in inputs.records("Sources"):
        if row.get("Invoice") and (row.get("Period") or period) == period:
            amounts = typed.setdefault((row["Invoice"], row.get("Currency") or ""), [])
            if row.get("Control Total") is not None:
                amounts.append(row["Control Total"])
    return {key: _one_total(amounts, read.get(key)) for key, amounts in typed.items()}


def _one_total(amounts: Sequence[Decimal], read: Decimal | None) -> Decimal | None:
    if not amounts:
        return None
    return amounts[0] if len(set(amounts)) == 1 and amounts[0] == read else total(amounts)


def read_totals(session: Session) -> dict[Key, Decimal]:
    """(invoice, currency) -> total with tax of its lines, copies included; Subtotal + TaxTotal where Total is blank."""
    rows = session.rows_once(
        "SELECT invoice, currency, sum(total) FROM vendor_line WHERE in_period GROUP BY invoice, currency"
    )
    return {(invoice, currency): amount for invoice, currency, amount in rows}


def load_invoice_totals(session: Session, inputs: Inputs) -> None:
    """The relation `invoice_total`: what each invoice and currency adds up to, and the total printed, NULL where blank."""
    read = read_totals(session)
    printed = control_totals(inputs, read)
    keys = sorted({*read, *(key for key, amount in printed.items() if amount is not None)})
    session.load(
        "invoice_total",
        {"invoice": "VARCHAR", "currency": "VARCHAR", "read": AMOUNT, "printed": AMOUNT},
        {
            "invoice": [invoice for invoice, _ in keys],
            "currency": [currency for _, currency in keys],
            "read": [read.get(key, ZERO) for key in keys],
            "printed": [printed.get(key) for key in keys],
        },
    )


def red_invoices(session: Session, inputs: Inputs) -> dict[str, str]:
    """Line id -> invoice, for every line of an invoice that differs from its control total: those lines are held."""
    read = read_totals(session)
    typed = control_totals(inputs, read)
    red = [key for key, amount in read.items() if typed.get(key) not in (None, amount)]
    lines = session.rows("SELECT line_id, invoice, currency FROM mapped_line WHERE in_period") if red else []
    return {line_id: invoice for line_id, invoice, currency in lines if (invoice, currency) in red}
