"""Hypotheses about Percentage Off RRP: applied with the wrong sign, or on cost after earned credit instead of retail."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from recon_xl.core.money import minor_digits, quantity_text, total
from recon_xl.core.price import markup_usage
from recon_xl.pricing.hypotheses.case import Alternative, Case
from recon_xl.pricing.price_line import PriceLine


def wrong_sign(case: Case) -> Iterator[Alternative]:
    """An rrp key with -p where p is agreed."""
    points = {_points(case, line) for line in case.lines} if case.terms.price_basis == "rrp" else set()
    if case.is_compared and any(points):
        amount = case.amount(book=case.tools.book.with_opposite_percentages())
        if amount is not None:
            agreed = max((point for point in points if point), key=abs)
            words = f"Percentage Off RRP is {_signed(agreed)} %, the bill is what {_signed(-agreed)} % gives"
            yield Alternative("percentage-wrong-sign", amount, words)


def cost_for_retail(case: Case) -> Iterator[Alternative]:
    """Rrp usage built on the vendor's Subtotal, which is cost after partner earned credit, rounded a line or once."""
    usage = [line for line in case.lines if line.kind == "usage"]
    if case.terms.price_basis != "rrp" or not usage or not case.is_compared:
        return
    rest = case.amount([line for line in case.lines if line.kind != "usage"])
    parts = [_on_cost(case, line, line.subtotal) for line in usage]
    if rest is None or None in parts:
        return
    cost = total(line.subtotal for line in usage)
    words = f"the bill is built on {case.money(cost)} of cost after earned credit, not on the vendor's retail price"
    yield Alternative("pec-in-sell", rest + total(part for part in parts if part is not None), words)
    if len({(line.currency, _points(case, line)) for line in usage}) == 1:
        once = _on_cost(case, usage[0], cost)
        if once is not None:
            yield Alternative("pec-in-sell", rest + once, words)


def _on_cost(case: Case, line: PriceLine, subtotal: Decimal) -> Decimal | None:
    points, fx = _points(case, line), case.tools.book.rate(line.currency, line.client_currency)
    if points is None or fx is None:
        return None
    return markup_usage(subtotal, points, fx, minor_digits(line.client_currency)).amount


def _points(case: Case, line: PriceLine) -> Decimal | None:
    return case.tools.book.percentage(case.terms, line.customer_id, line.client)


def _signed(points: Decimal) -> str:
    return f"{'+' if points > 0 else ''}{quantity_text(points)}"
