"""RECON_SELL: what a line sells at, by price basis."""

from __future__ import annotations

import pytest

from functions.formulas import column
from recon_xl.functions.grid import call


@pytest.mark.parametrize(
    ("arguments", "amount"),
    [
        (["markup", 9.408, 0.2, 10.0], 112.8),  # cut to 9.40, 11.28 each
        (["Markup", 20.90, 0.2, 1.0, 1.0, "EUR", 0.846202666], 21.22),  # 17.68 EUR
        (["markup", 9.408, 0.225, 37.0], 426.24),  # 11.52 each
        (["markup", 9.408, 0.225, 37.0, None, None, None, None, None, "line"], 426.06),
        (["markup", -9.408, 0.2, 10.0], -112.8),  # a refund, as Microsoft prints it
        (["markup", 9.408, 0.2, -10.0], -112.8),  # and as others do
        (["markup", 9.4, -1.0], 0.0),
        (["markup", 1033.7, 0.1, 1.0, 1.0, "JPY", 1.0, "JPY"], 1136.0),  # cut to 1,033 yen; 1,136.3
        (["markup usage", 21.39, 0.15], 24.6),  # 24.5985
        (["markup usage", -0.005, 0.15], -0.01),
        (["rrp", 1000.0, 0.025, 3.0], 3075.0),
        (["rrp", 1000.0, -0.025], 975.0),
        (["rrp usage", 0.0124, 0.025, 1234.5], 15.68),  # 15.30 at retail
        (["rrp usage", 0.0124, 0.025, -1234.5], -15.68),
        # 0.09 USD, cut to 1 yen before the uplift; and 13.5 yen where retail has no cents either: nothing.
        (["rrp usage", 0.01, 0.5, 9.0, 1.0, "JPY", 20.0, "JPY", "USD"], 2.0),
        (["rrp usage", 0.01, 0.5, 9.0, 1.0, "JPY", 20.0, "JPY"], 0.0),
        (["fixed", 14.0, None, 12.0], 168.0),
        (["list", 0.0125, None, 1000.0], 12.5),  # your own price keeps its digits
        (["as billed", 7.5, 0.0, 9.0], 67.5),
        (["fixed", 10.0, None, 3.0, 0.3333, "EUR"], 9.99),  # 3.33 each
    ],
)
def test_by_hand(arguments: list[object], amount: float) -> None:
    """Each basis by the reckoning's formula."""
    assert amount == call("RECON_SELL", arguments)


def test_a_bill_of_mixed_bases() -> None:
    """A column of bases; where a basis has no percentage its cell stays empty."""
    bases, prices = column("markup", "fixed", "rrp", None), column(9.408, 14.0, 1000.0, None)
    percentages, quantities = column(0.2, None, 0.025, None), column(10.0, 2.0, 1.0, None)
    expected = ((112.8,), (28.0,), (1025.0,), ("",))
    assert expected == call("RECON_SELL", [bases, prices, percentages, quantities])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["cost plus", 9.4, 0.2], "#VALUE!"),
        (["markup", 9.4], "#N/A"),  # a missing markup is never 0
        (["rrp", 9.4, "", 1.0], "#N/A"),
        (["fixed", 9.4, 0.2], "#VALUE!"),  # a percentage that would be passed by
        (["markup usage", 9.4, 0.2, 10.0], "#VALUE!"),  # the Subtotal is the whole line
        (["markup", 9.4, 20.0], "#NUM!"),
        (["markup", 9.4, 10.0], "#NUM!"),
        (["rrp", 9.4, 1.5], "#NUM!"),
        (["markup", 9.4, -1.01], "#NUM!"),
        (["fixed", 9.4, None, 1.0, 0.0], "#NUM!"),
        (["fixed", 9.4, None, 1.0, 1.0, "EUR", -1.0], "#NUM!"),
        (["fixed", None, None, 1.0], "#N/A"),
        (["fixed", 9.4, None, 1.0, 1.0, "EUR", 1.0, "EUR", "EUR", "cent"], "#VALUE!"),
        ([*["fixed", 9.4], *[None] * 8, 1.0], "#VALUE!"),  # one argument too many
    ],
)
def test_errors(arguments: list[object], error: str) -> None:
    """Nothing is priced on a guess."""
    assert error == call("RECON_SELL", arguments)
