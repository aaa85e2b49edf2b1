"""The hit that rules at the grain of one vendor line make, and what follows from an amount that is wrong on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from recon_xl.core.finding import Finding, Hit
from recon_xl.core.money import total
from recon_xl.engine.session import Session
from recon_xl.rules.gaps import cost_findings, follows_from_cost, is_same_key

LINE = """
    m.n, m.line_id, m.invoice, m.currency, m.subtotal, m.subscription_id, m.charge_type, m.charge_end, m.order_at, m.signed_quantity,
    coalesce(m.client, c.customer_name) AS customer, coalesce(m.product, p.product_name) AS product
"""
IDENTITY = """
    INNER JOIN in_customer AS c ON c.customer_no = m.customer_no
    INNER JOIN in_product AS p ON p.product_no = m.product_no
    ORDER BY m.n
"""
_FACTS = ("invoice", "customer", "product", "subscription_id", "charge_type", "charge_end", "order_at")
CONTROL = "invoice-control-difference"


def line_hit(row: Mapping[str, Any], difference: Decimal, *, direction: str, why: str, action: str) -> Hit:
    """A hit about one vendor line; `row` has the columns of `LINE`."""
    facts = (*(str(row[fact]) for fact in _FACTS), f"{row['subtotal']:f}", f"{row['signed_quantity']:f}")
    return Hit(
        identity=facts,
        customer=row["customer"],
        product=row["product"],
        currency=row["currency"],
        at_stake=abs(difference),
        direction=direction,
        why=why,
        action=action,
        subscription=row["subscription_id"],
        lines=(row["line_id"],),
    )


def consequences(
    session: Session, own: Sequence[Finding], others: Sequence[Finding], extra: Mapping[str, Decimal], *, in_cost: bool
) -> dict[str, str]:
    """What follows from lines that are `extra` too high, by line id; `in_cost` where that is part of our cost."""
    found: dict[str, str] = {}
    for finding in own if in_cost else ():
        amount = total(extra.get(line, Decimal(0)) for line in finding.hit.lines or ())
        for other in cost_findings(others):
            same = is_same_key(other, finding.hit.customer, finding.hit.product, finding.hit.subscription)
            if same and follows_from_cost(session, other, amount, finding.hit.currency):
                found.setdefault(other.key, finding.key)
    found |= dict(red_totals(session, own, others, extra))
    return found


def red_totals(
    session: Session, own: Sequence[Finding], others: Sequence[Finding], extra: Mapping[str, Decimal]
) -> Iterator[tuple[str, str]]:
    """Control totals that differ by just what the lines of these findings are too high: their keys and that of the largest."""
    controls = [finding for finding in others if finding.rule == CONTROL]
    if not controls:
        return
    invoices, differences = _invoices(session), control_differences(session)
    parts: dict[tuple[str, str], list[tuple[Decimal, str]]] = {}
    for finding in own:
        for line in finding.hit.lines or ():
            if line in extra and line in invoices:
                parts.setdefault(invoices[line], []).append((extra[line], finding.key))
    for control in controls:
        invoice = control.hit.identity[0], control.hit.identity[1]
        wrong = parts.get(invoice, [])
        if wrong and differences.get(invoice) == total(amount for amount, _ in wrong):
            yield control.key, max(wrong, key=lambda part: abs(part[0]))[1]


def control_differences(session: Session) -> dict[tuple[str, str], Decimal]:
    """(invoice, currency) -> lines read - control total, of red invoices."""
    rows = session.rows("SELECT invoice, currency, read, printed FROM invoice_total WHERE printed <> read")
    return {(invoice, currency): read - printed for invoice, currency, read, printed in rows}


def _invoices(session: Session) -> dict[str, tuple[str, str]]:
    rows = session.rows("SELECT line_id, invoice, currency FROM mapped_line WHERE in_period")
    return {line: (invoice, currency) for line, invoice, currency in rows}
