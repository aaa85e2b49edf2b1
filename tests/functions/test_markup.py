"""RECON_MARKUP: what was put on the cost."""

from __future__ import annotations

import pytest

from functions.formulas import column
from recon_xl.functions.grid import call


@pytest.mark.parametrize(
    ("sell", "cost", "markup"),
    [
        (120.0, 100.0, 0.2),
        (11.28, 9.4, 0.2),  # the worked example of the guide
        (90.0, 100.0, -0.1),
        (0.0, 100.0, -1.0),  # given away
        (2.0, 3.0, -0.3333),
        ("100.0000000000000001", 100.0, 0.0),  # digits that a number cell cannot hold come as text
    ],
)
def test_by_hand(sell: object, cost: float, markup: float) -> None:
    """(sell - cost) / cost, to 0.01 %."""
    assert markup == call("RECON_MARKUP", [sell, cost])


def test_two_columns() -> None:
    """Row by row; what has no cost fails in its own cell."""
    sells, costs = column(125.0, 50.0), column(100.0, 0.0)
    assert ((0.25,), ("#DIV/0!",)) == call("RECON_MARKUP", [sells, costs])


@pytest.mark.parametrize(
    ("sell", "cost", "error"), [(1.0, 0.0, "#DIV/0!"), (1.0, None, "#N/A"), ("1,5", 1.0, "#VALUE!")]
)
def test_errors(sell: object, cost: object, error: str) -> None:
    """Nothing bought has no markup; a number in another writing is not guessed at."""
    assert error == call("RECON_MARKUP", [sell, cost])
