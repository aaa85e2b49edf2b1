"""Every law on every month that Hypothesis draws: 200 months here, twenty-five in a workbook, more with `python -m tests.soak`."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st
from scenarios.harness import OpenBooks

from laws.laws import LAWS, Case
from laws.months import SIDE_BY_SIDE, Small, small_months

EXAMPLES = int(os.environ.get("RECON_XL_EXAMPLES", "200"))
SEED = int(os.environ.get("RECON_XL_SEED", "0"))
PARTS = 2


@pytest.mark.parametrize("part", range(PARTS))
def test_every_law_holds_for_every_month(books: OpenBooks, part: int) -> None:
    """In parts, so that they can run side by side; each part draws its own months."""

    @seed(SEED + part)
    @settings(
        max_examples=max(1, EXAMPLES // PARTS // SIDE_BY_SIDE) + 1,  # the first is not drawn: the simplest there is
        deadline=None,
        derandomize=False,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(small_months(), st.data())
    def holds(month: Small, data: st.DataObject) -> None:
        case = Case(books, month, month.reconcile(books), data)
        for law in LAWS:
            note(law.__name__)
            law(case)

    holds()
