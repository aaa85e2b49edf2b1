"""RECON_ROUNDVENDOR: the vendor's printed examples, to the cent."""

from __future__ import annotations

import pytest

from functions.formulas import column
from recon_xl.functions.grid import call


@pytest.mark.parametrize(
    ("price", "quantity", "by_a", "by_b"),
    [
        (10.08 / 30 * 28, 12.0, 112.89, 112.80),  # seats added; printed 112.89
        (12 / 31 * 29, 15.0, 168.38, 168.30),  # printed 168.38
        (10.08 / 31 * 29, 10.0, 94.29, 94.20),  # cancelled; printed 94.20
        (10.08 / 30 * 23, 300.0, 2318.40, 2316.00),  # upgraded; printed 2316.00
        (6.43 / 30 * 23, 300.0, 1478.90, 1476.00),
    ],
)
def test_the_printed_examples(price: float, quantity: float, by_a: float, by_b: float) -> None:
    """Prices as Excel computes them, with their last digits gone; a refund is the mirror image."""
    assert by_a == call("RECON_ROUNDVENDOR", [price, quantity])
    assert by_b == call("RECON_ROUNDVENDOR", [price, quantity, 1.0, "b"])
    assert -by_a == call("RECON_ROUNDVENDOR", [-price, quantity])
    assert -by_b == call("RECON_ROUNDVENDOR", [price, -quantity, 1.0, "B"])


def test_usage_is_cut_twice() -> None:
    """29 units at 0.737586206896552 are 21.38; 15.30 USD at 0.846202666 are 12.94 EUR."""
    assert 21.38 == call("RECON_ROUNDVENDOR", [0.737586206896551, 29.0, 1.0, "usage"])
    assert 12.94 == call("RECON_ROUNDVENDOR", [0.0124, 1234.5, 0.846202666, "usage"])


def test_a_currency_without_cents() -> None:
    """Yen are cut to the yen."""
    assert 1549.0 == call("RECON_ROUNDVENDOR", [10.33, 1.0, 150.0, "A", "JPY"])


def test_both_models_side_by_side() -> None:
    """A row of models across, for one line."""
    assert ((112.89, 112.8),) == call("RECON_ROUNDVENDOR", [9.408, 12.0, 1.0, (("A", "B"),)])


def test_a_column_of_lines() -> None:
    """One answer a line."""
    assert ((94.08,), (112.89,)) == call("RECON_ROUNDVENDOR", [9.408, column(10.0, 12.0)])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [([9.4, 1.0, 1.0, "C"], "#VALUE!"), ([9.4, 1.0, 0.0], "#NUM!"), ([9.4, None], "#N/A"), ([9.4, "ten"], "#VALUE!")],
)
def test_errors(arguments: list[object], error: str) -> None:
    """There are two models for seats and one for usage."""
    assert error == call("RECON_ROUNDVENDOR", arguments)
