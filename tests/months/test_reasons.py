"""The figures in Why give the net: every line of every draft, read again from its words (what cannot be read fails)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from months.reasons import comes_to, lines_told

from recon_xl.core.draft import DraftLine
from recon_xl.core.money import minor_digits
from recon_xl.report.result import Result
from recon_xl.sample import Month, generate_month, sample_month

Run = Callable[[Month], Result]


def _gap(line: DraftLine, currency: str) -> Fraction:
    """How far the net is from what its words come to, beyond what rounding its source lines can do."""
    digits = minor_digits(currency)
    # Usage is rounded line by line; anything else once.
    roundings = lines_told(line.why) if line.kind == "usage" else 1
    gap = abs(Fraction(line.net) - comes_to(line.why, line.quantity, digits))
    return max(Fraction(0), gap - roundings * Fraction(1, 2 * 10**digits))


@pytest.mark.parametrize("month", [None, 1, 5], ids=["demo", "seed 1", "seed 5"])
def test_every_reason_gives_its_amount(reconciled: Run, month: int | None) -> None:
    """Days and seats of each change, the vendor's rate, what was cut: nothing that the amount needs is left out."""
    result = reconciled(sample_month() if month is None else generate_month(month))
    lines = [(draft.currency, line) for draft in result.drafts for line in draft.lines if not line.hold_reason]
    assert len(lines) > 100
    wrong = [(line.why, line.quantity, line.net) for currency, line in lines if _gap(line, currency)]
    assert wrong == []


def test_half_a_cent_of_seven_days_goes_up(reconciled: Run) -> None:
    """The demo's halves: (4 x 2 + 3 x 1)/30 x 4.95 = 1.815 is 1.82, and 5 x 5/30 x 4.95 = 4.125 is 4.13."""
    result = reconciled(sample_month())
    nets = {
        line.why: line.net
        for draft in result.drafts
        for line in draft.lines
        if draft.number.endswith(("ALDDE000", "THIEV007")) and line.kind == "change"
    }
    found = {why.partition(" x the billed")[0]: net for why, net in nets.items()}
    assert found["(4 seats from 6 Oct x 2/30 + 3 seats from 7 Oct x 1/30)"] == Decimal("1.82")
    assert found["5 seats from 15 Oct x 5/30"] == Decimal("4.13")
