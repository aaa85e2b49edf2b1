"""RECON_PRORATE: the share of a cycle that some of its days cost."""

from __future__ import annotations

import pytest

from functions.formulas import column
from recon_xl.functions.grid import call


@pytest.mark.parametrize(
    ("arguments", "amount"),
    [
        ([30.0, "2021-06-20", "2021-07-17"], 28.0),  # 28 of the 30 days of June, in which the cycle starts
        ([14.0, "2026-06-20", "2026-07-17", "Monthly", "2026-06-18", "USD"], 13.07),  # 13.0667
        ([30.0, "2021-06-18", "2021-06-19", "Monthly", "2021-06-18"], 2.0),  # cancelled on the second day
        ([31.0, "2026-10-01", "2026-10-15", "Monthly", "2026-10-01"], 15.0),  # cancelled in mid-October
        ([31.0, "2026-08-01", "2026-08-15"], 15.0),  # July has as many days as August
        ([28.0, "2022-02-21", "2022-03-20"], 28.0),  # a whole cycle costs the whole price
        ([31.0, "2021-01-31", "2021-02-27"], 31.0),  # also one that February cuts short
        ([31.0, "2021-01-30", "2021-02-26"], 31.0),
        ([365.0, "2026-03-01", "2026-12-31", "annual", "2026-01-01"], 306.0),
        ([366.0, "2024-12-31", "2024-12-31", "Annual", "2024-01-01"], 1.0),  # a leap year
        ([-30.0, "2021-06-20", "2021-07-17"], -28.0),
        ([10.0, "2021-06-29", "2021-06-29", "Monthly", "2021-06-18", "JPY"], 0.0),  # 10/30 of a yen
    ],
)
def test_by_hand(arguments: list[object], amount: float) -> None:
    """Price x days / days of the cycle, rounded only where a currency is named."""
    assert amount == call("RECON_PRORATE", arguments)


def test_seats_added_in_mid_cycle() -> None:
    """10 seats at 14.00, two more for 28 of 30 days: 140.00 + 26.1333 = 166.13, rounded once."""
    added = call("RECON_PRORATE", [28.0, "2026-06-20", "2026-07-17"])
    assert isinstance(added, float)
    assert 166.13 == round(140 + added, 2)


def test_a_column_of_changes() -> None:
    """Three changes of one cycle, by serial numbers of days."""
    days = column(44365.0, 44367.0, 44394.0)
    assert ((30.0,), (28.0,), (1.0,)) == call("RECON_PRORATE", [30.0, days, 44394.0, None, 44365.0])
    assert ((30.0,), (28.0,), ("#NUM!",)) == call("RECON_PRORATE", [30.0, days, 44394.0])  # 17 July may begin a cycle


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([30.0, "2021-07-17", "2021-06-20"], "#NUM!"),  # it ends before it starts
        ([30.0, "2021-06-01", "2021-07-17"], "#NUM!"),  # 47 days are no monthly cycle
        ([30.0, "2021-06-17", "2021-07-17", "Monthly", "2021-06-18"], "#NUM!"),  # it starts before its cycle
        ([31.0, "2026-10-01", "2026-10-15"], "#NUM!"),  # 15 of 31 days, or of the 30 of September
        ([30.0, "2026-03-01", "2026-03-10"], "#NUM!"),  # 10 of 31 days, or of the 28 of February
        ([366.0, "2024-03-01", "2024-06-30", "Annual"], "#NUM!"),  # the leap day may lie in the year or before it
        ([30.0, "2021-06-20", "2021-07-17", "Weekly"], "#VALUE!"),
        ([30.0, "20/06/2021", "2021-07-17"], "#VALUE!"),  # a day that could be read in two ways
        ([30.0, 60.0, "2021-07-17"], "#NUM!"),  # 29 February 1900 never was
        ([30.0, None, "2021-07-17"], "#N/A"),
        ([30.0, "9999-12-20", "9999-12-31"], "#NUM!"),  # the calendar ends
    ],
)
def test_errors(arguments: list[object], error: str) -> None:
    """What is no part of one cycle has no share of it."""
    assert error == call("RECON_PRORATE", arguments)
