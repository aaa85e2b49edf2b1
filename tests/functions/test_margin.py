"""RECON_MARGIN: what is left of the sell price after cost."""

from __future__ import annotations

import pytest

from functions.formulas import column
from recon_xl.core.cells import ErrorText
from recon_xl.functions.grid import call


@pytest.mark.parametrize(
    ("sell", "cost", "margin"),
    [
        (120.0, 100.0, 0.1667),  # 20 / 120
        (125.0, 100.0, 0.2),
        (80.0, 100.0, -0.25),  # sold below cost
        (100.0, 0.0, 1.0),  # nothing was paid
        (-120.0, -100.0, 0.1667),  # a credit has the margin of its charge
        (0.3, 0.1, 0.6667),
    ],
)
def test_by_hand(sell: float, cost: float, margin: float) -> None:
    """(sell - cost) / sell, to 0.01 %."""
    assert margin == call("RECON_MARGIN", [sell, cost])


def test_a_column_against_one_cost() -> None:
    """Each row by itself; the row without a sell price in it is left empty."""
    assert ((0.2,), ("",), (0.5,)) == call("RECON_MARGIN", [column(125.0, None, 200.0), 100.0])


@pytest.mark.parametrize(
    ("sell", "cost", "error"),
    [
        (0.0, 100.0, "#DIV/0!"),
        (None, 100.0, "#N/A"),
        (120.0, "", "#N/A"),
        (120.0, "a hundred", "#VALUE!"),
        (True, 100.0, "#VALUE!"),
        (120.0, ErrorText("#REF!"), "#REF!"),
        (120.0, -2146826281, "#DIV/0!"),
    ],
)
def test_errors(sell: object, cost: object, error: str) -> None:
    """Nothing sold has no margin; a missing cost is not a cost of 0."""
    assert error == call("RECON_MARGIN", [sell, cost])
