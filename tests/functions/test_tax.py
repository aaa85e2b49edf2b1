"""RECON_TAX: tax on one net line."""

from __future__ import annotations

import pytest

from functions.formulas import column
from recon_xl.functions.grid import call


@pytest.mark.parametrize(
    ("arguments", "tax"),
    [
        ([112.80, 0.2], 22.56),
        ([0.05, 0.1], 0.01),  # 0.005: a half goes up
        ([-10.05, 0.1], -1.01),  # and away from zero in a credit
        ([100.0, 0.0], 0.0),  # exempt
        ([-100.0, 0.0], 0.0),
        ([1005.0, 0.1, "JPY"], 101.0),
        ([1.0005, 0.5, "KWD"], 0.5),  # 0.50025
        ([100.0, "8.875%"], 8.88),  # 8.875
    ],
)
def test_by_hand(arguments: list[object], tax: float) -> None:
    """Half up of net x rate, to the minor unit."""
    assert tax == call("RECON_TAX", arguments)


def test_lines_at_their_own_rates() -> None:
    """The sum of rounded lines, not the rounded sum: 3 x 0.33 at 10 % are three cents each."""
    rates = column(0.1, 0.1, 0.1)
    assert ((0.03,), (0.03,), (0.03,)) == call("RECON_TAX", [column(0.33, 0.33, 0.33), rates])


@pytest.mark.parametrize(
    ("rate", "error"), [(20.0, "#NUM!"), (1.0, "#NUM!"), (-0.2, "#NUM!"), (None, "#N/A"), ("VAT", "#VALUE!")]
)
def test_errors(rate: object, error: str) -> None:
    """No rate is never 0 %."""
    assert error == call("RECON_TAX", [100.0, rate])
