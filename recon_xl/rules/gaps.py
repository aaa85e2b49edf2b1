"""Gaps between both sides of a key as consequences of a fault at the vendor or in the mapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from recon_xl.core.finding import Finding
from recon_xl.core.money import ZERO, product, ratio
from recon_xl.engine.session import Session
from recon_xl.rules.hits import WITHOUT_BILL
from recon_xl.rules.registry import catalogue

_OF_THE_BILL = frozenset({"duplicate-billed-line", "currency-mismatch", "tax-mismatch"})
"""Rules about the bill alone: no fault on the other side brings their findings about."""
_MARGINS = ("margin-negative", "margin-below-floor")
_SEATS = "quantity-between-sources"
_ROUNDING = Decimal("0.02")
_ROUNDING_A_UNIT = Decimal("0.01")


def key_gaps(others: Sequence[Finding]) -> Iterator[tuple[Finding, int]]:
    """Findings that compare both sides of a key: with -1 where too little is billed, 1 for too much, 0 where that is not known."""
    comparing = {rule.code for rule in catalogue() if rule.per_key} - _OF_THE_BILL
    for finding in others:
        if finding.rule in comparing:
            yield finding, _sign(finding)


def _sign(finding: Finding) -> int:
    if finding.rule in WITHOUT_BILL and finding.variance is None:
        return -1
    variance = finding.variance or ZERO
    return (variance > 0) - (variance < 0)


def is_same_key(finding: Finding, client: str, name: str, subscription: str = "") -> bool:
    """Whether a finding is about this client and billing product, and no other subscription than this one."""
    hit = finding.hit
    same_subscription = not subscription or hit.subscription in ("", subscription)
    return (hit.customer, hit.product) == (client, name) and same_subscription


def seat_findings(others: Sequence[Finding]) -> Iterator[Finding]:
    """Findings that hold a count against the vendor's seats at period end."""
    return (finding for finding in others if finding.rule == _SEATS)


def cost_findings(others: Sequence[Finding]) -> Iterator[Finding]:
    """Findings that can follow from a vendor's cost: gaps and margins of a key."""
    yield from (finding for finding, _ in key_gaps(others))
    yield from (finding for finding in others if finding.rule in _MARGINS)


def follows_from_cost(session: Session, finding: Finding, extra: Decimal, currency: str) -> bool:
    """Whether a finding goes away once `extra` is left out of the vendor's cost of its key.

    Only an expected bill by markup follows the cost, in proportion; a margin is short by no more than the cost is too high.
    """
    if finding.rule in _MARGINS:
        return finding.hit.currency == currency and ZERO < finding.hit.at_stake <= extra
    hit, variance = finding.hit, finding.variance
    [(cost, lines)] = session.rows(
        "SELECT sum(subtotal), count(*) FROM mapped_line INNER JOIN terms USING (client, product) WHERE in_period "
        "AND state = 'mapped' AND price_basis = 'markup' AND client = ? AND product = ? AND currency = ?",
        (hit.customer, hit.product, currency),
    )
    if not cost or not variance or not hit.expected:
        return False
    part = ratio(product(hit.expected, extra), cost)
    units = max(abs(hit.expected_quantity or ZERO), Decimal(lines))
    allowed = min(_ROUNDING + product(_ROUNDING_A_UNIT, units), ratio(abs(part), Decimal(2)))
    return abs(variance + part) <= allowed
