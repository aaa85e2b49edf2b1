"""Hypotheses of how a billed amount came about: each prices a key again, exactly, and names its cause where the bill is that.

The order is a decision (docs/adr): first what the vendor's lines say for certain (a credit, a renewal), then mistakes of
the whole key (percentage, cost instead of retail), then other prices, then days. The first that gives the bill is the cause.
"""

from __future__ import annotations

from recon_xl.pricing.hypotheses.case import Alternative, Case
from recon_xl.pricing.hypotheses.charges import cancellations, credits_given, ended, renewals
from recon_xl.pricing.hypotheses.days import days, days_somehow
from recon_xl.pricing.hypotheses.percentages import cost_for_retail, wrong_sign
from recon_xl.pricing.hypotheses.prices import earlier_prices, later_prices

_ORDER = (
    credits_given, renewals, wrong_sign, cost_for_retail, earlier_prices, later_prices, days, ended, days_somehow,
    cancellations,
)  # fmt: skip


def explain(case: Case) -> Alternative | None:
    """The first hypothesis that gives just the billed amount; None where none does, and the gap has no name."""
    for hypothesis in _ORDER:
        for alternative in hypothesis(case):
            if case.is_billed(alternative.amount):
                return alternative
    return None
