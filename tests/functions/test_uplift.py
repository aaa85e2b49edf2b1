"""RECON_UPLIFT: vendor retail by a signed Percentage Off RRP."""

from __future__ import annotations

import pytest

from functions.formulas import column
from recon_xl.functions.grid import call


@pytest.mark.parametrize(
    ("arguments", "price"),
    [
        ([1000.0, 0.025], 1025.0),  # positive raises
        ([1000.0, -0.025], 975.0),  # negative lowers
        ([1000.0, 0.0], 1000.0),
        ([1000.0, "2.5%"], 1025.0),
        ([-1000.0, 0.025], -1025.0),  # a refund
        ([33.33, 0.1], 36.66),  # 36.663
        ([0.05, 0.1], 0.06),  # 0.055: a half goes up
        ([99.9, 0.025, 150.0, "jpy"], 15360.0),  # 15,359.625: yen has no cents
        ([10.0, 0.0, 0.3078, "KWD"], 3.078),
    ],
)
def test_by_hand(arguments: list[object], price: float) -> None:
    """Retail x (1 + percentage) x rate, rounded once."""
    assert price == call("RECON_UPLIFT", arguments)


def test_a_price_list_at_one_percentage() -> None:
    """A column of retail prices."""
    assert ((102.5,), (205.0,)) == call("RECON_UPLIFT", [column(100.0, 200.0), 0.025])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([1000.0, 2.5], "#NUM!"),  # 250 %: 2.5 % was meant
        ([1000.0, 20.0], "#NUM!"),
        ([1000.0, 1.0], "#NUM!"),
        ([1000.0, -1.5], "#NUM!"),
        ([1000.0, "2.5"], "#VALUE!"),  # text without its sign could mean both
        ([1000.0, None], "#N/A"),
        ([1000.0, 0.025, 1.0, "dollars"], "#VALUE!"),
        ([1000.0, 0.025, 0.0], "#NUM!"),
        ([1000.0, 0.025, -1.0], "#NUM!"),
    ],
)
def test_errors(arguments: list[object], error: str) -> None:
    """A factor of a hundred is refused, and a missing percentage is never 0."""
    assert error == call("RECON_UPLIFT", arguments)
