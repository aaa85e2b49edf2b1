"""RECON_CYCLESTART: the printed tables of charge cycles."""

from __future__ import annotations

import pytest

from functions.formulas import column, literal
from recon_xl.functions.grid import call


@pytest.mark.parametrize(
    ("bought", "on", "more", "start"),
    [
        ("2022-02-21", "2022-02-21", [], "2022-02-21"),
        ("2022-02-21", "2022-03-20", [], "2022-02-21"),
        ("2022-02-21", "2022-03-21", [], "2022-03-21"),
        ("2021-01-31", "2021-02-28", [], "2021-02-28"),  # from the purchase: 28 Feb, 31 Mar, 30 Apr
        ("2021-01-31", "2021-03-30", [], "2021-02-28"),
        ("2021-01-31", "2021-03-31", [], "2021-03-31"),
        ("2021-01-30", "2021-03-01", [], "2021-02-27"),  # annual, billed monthly: keeps its distance from month end
        ("2021-01-30", "2021-03-01", ["Monthly", "P1M"], "2021-02-28"),
        ("2024-02-29", "2026-01-31", ["Annual"], "2025-02-28"),
        ("2024-05-10", "2026-01-31", ["triennial", "p3y"], "2024-05-10"),
    ],
)
def test_by_hand(bought: str, on: str, more: list[object], start: str) -> None:
    """The first day, as a day number."""
    assert literal(start) == call("RECON_CYCLESTART", [bought, on, *more])


def test_a_time_of_day_does_not_matter() -> None:
    """Exports print days with their times; a day cell may carry one too."""
    assert 44641.0 == call("RECON_CYCLESTART", ["2022-02-21T00:00:00Z", "2022-03-25T23:59:59Z"])
    assert 44641.0 == call("RECON_CYCLESTART", [44613.0, 44645.75])


def test_many_days_of_one_subscription() -> None:
    """One purchase, a column of days."""
    assert ((44613.0,), ("#NUM!",)) == call("RECON_CYCLESTART", [44613.0, column(44620.0, 44612.0)])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["2022-02-21", "2022-02-20"], "#NUM!"),
        (["2022-02-21", -1.0], "#NUM!"),
        (["2022-02-21", "2022-02-30"], "#VALUE!"),
        (["2022-02-21", "2022-03-01", "Quarterly"], "#VALUE!"),
        (["2022-02-21", "2022-03-01", "Monthly", "P2Y"], "#VALUE!"),
        (["2022-02-21", None], "#N/A"),
        (["2022-02-21", "9999-12-31"], "#NUM!"),
    ],
)
def test_errors(arguments: list[object], error: str) -> None:
    """A day before the purchase is in no cycle."""
    assert error == call("RECON_CYCLESTART", arguments)
