"""Gaps that come from the share of a cycle that changed seats pay for, where the cycle's opening price is not that of its term.

An agreed price is prorated as the vendor prorates: by the effective price of a line over that of its cycle's opening line.
Where one of both is charged at another list price than the other, the share is wrong by just that.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from recon_xl.core.finding import Finding
from recon_xl.core.money import ZERO, product, ratio
from recon_xl.engine.session import Session

_ROUNDING = Decimal("0.02")
_ROUNDING_A_LINE = Decimal("0.01")
_LINES = """
    SELECT m.line_id, m.subtotal, o.line_id, o.subtotal, o.signed_quantity
    FROM mapped_line AS m
    LEFT JOIN opening AS p
        ON p.subscription_id = m.subscription_id AND p.product = m.product AND p.charge_end = m.charge_end
    LEFT JOIN mapped_line AS o ON o.n = p.opening_n
    WHERE m.in_period AND m.state = 'mapped' AND m.kind <> 'usage' AND m.charge_type <> 'customercredit'
        AND m.client = ? AND m.product = ? AND ? IN ('', m.subscription_id)
"""
Row = tuple[str, Decimal, str | None, Decimal, Decimal]


def follows_from_share(session: Session, finding: Finding, changed: Collection[str], factor: Decimal) -> bool:
    """Whether a gap goes away once the lines `changed` are charged at `factor` times their Subtotal, the price of the term."""
    hit, variance = finding.hit, finding.variance
    rows: list[Row] = session.rows(_LINES, (hit.customer, hit.product, hit.subscription))
    if not variance or not hit.expected or any(not opening or not quantity for _, _, _, opening, quantity in rows):
        return False
    now, then = _units(rows, (), factor), _units(rows, changed, factor)
    if not now:
        return False
    part = product(hit.expected, ratio(then - now, now))
    allowed = min(_ROUNDING + product(_ROUNDING_A_LINE, Decimal(len(rows))), ratio(abs(part), Decimal(2)))
    return abs(variance - part) <= allowed


def _units(rows: Collection[Row], changed: Collection[str], factor: Decimal) -> Decimal:
    """Whole cycles' worth of seats that the lines charge for, with some of them at another price."""
    units = ZERO
    for line, subtotal, opening, opening_subtotal, quantity in rows:
        charged = product(subtotal, factor) if line in changed else subtotal
        opened = product(opening_subtotal, factor) if opening in changed else opening_subtotal
        units += ratio(product(charged, abs(quantity)), abs(opened))
    return units
