"""RECON_CYCLEEND: the day before the next cycle."""

from __future__ import annotations

import pytest

from functions.formulas import column, literal
from recon_xl.functions.grid import call


@pytest.mark.parametrize(
    ("bought", "on", "more", "end"),
    [
        ("2022-02-21", "2022-02-21", [], "2022-03-20"),
        ("2021-06-18", "2021-06-20", [], "2021-07-17"),
        ("2021-01-31", "2021-02-01", [], "2021-02-27"),
        ("2021-01-29", "2021-02-01", [], "2021-02-27"),
        ("2021-01-30", "2021-02-27", [], "2021-03-29"),
        ("2026-04-15", "2026-11-01", ["Annual"], "2027-04-14"),
        ("2026-04-15", "2026-11-01", ["Triennial"], "2029-04-14"),
    ],
)
def test_by_hand(bought: str, on: str, more: list[object], end: str) -> None:
    """The last day, as a day number."""
    assert literal(end) == call("RECON_CYCLEEND", [bought, on, *more])


def test_a_column_of_purchases() -> None:
    """All on one day of October."""
    bought = column("2026-09-14", "2026-10-01", None)
    assert ((literal("2026-10-13"),), (literal("2026-10-31"),), ("",)) == call("RECON_CYCLEEND", [bought, "2026-10-05"])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [(["2022-02-21", "2022-02-20"], "#NUM!"), (["soon", "2022-02-20"], "#VALUE!"), ([None, "2022-02-20"], "#N/A")],
)
def test_errors(arguments: list[object], error: str) -> None:
    """As for the start of a cycle."""
    assert error == call("RECON_CYCLEEND", arguments)
