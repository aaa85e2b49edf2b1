"""Charge cycles, row by row as Microsoft prints them.

Source: Microsoft, "Billing scenarios for one-time and select recurring purchases in new commerce
experience" (2022-11-08), tables of charge cycles; the last row is a response sample of the
reconciliation API. Rows as collected in worked_examples/nce_charge_cycles.csv.
"""

from __future__ import annotations

from datetime import date

import pytest

from recon_xl.core.cycle import charge_cycle, cycle_days, cycle_of, plan_of_dates

MONTHLY_TERM = [  # purchase = first day, last day, renewal
    ("2021-01-31", "2021-02-27", "2021-02-28"),
    ("2021-02-28", "2021-03-27", "2021-03-28"),
    ("2021-05-31", "2021-06-29", "2021-06-30"),
    ("2021-06-30", "2021-07-29", "2021-07-30"),
    ("2021-07-31", "2021-08-30", "2021-08-31"),
    ("2021-01-30", "2021-02-27", "2021-02-28"),  # day before the last
    ("2021-02-27", "2021-03-26", "2021-03-27"),
    ("2021-05-30", "2021-06-29", "2021-06-30"),
    ("2021-06-29", "2021-07-28", "2021-07-29"),
    ("2021-07-30", "2021-08-29", "2021-08-30"),
]
ANNUAL_BOUGHT_ON_31_JANUARY = [
    ("2021-01-31", "2021-02-27", "2021-02-28"),
    ("2021-02-28", "2021-03-30", "2021-03-31"),
    ("2021-03-31", "2021-04-29", "2021-04-30"),
    ("2021-04-30", "2021-05-30", "2021-05-31"),
    ("2021-05-31", "2021-06-29", "2021-06-30"),
    ("2021-06-30", "2021-07-30", "2021-07-31"),
    ("2021-07-31", "2021-08-30", "2021-08-31"),
    ("2021-08-31", "2021-09-29", "2021-09-30"),
    ("2021-09-30", "2021-10-30", "2021-10-31"),
    ("2021-10-31", "2021-11-29", "2021-11-30"),
    ("2021-11-30", "2021-12-30", "2021-12-31"),
    ("2021-12-31", "2022-01-30", "2022-01-31"),
]
ANNUAL_BOUGHT_ON_30_JANUARY = [
    ("2021-01-30", "2021-02-26", "2021-02-27"),
    ("2021-02-27", "2021-03-29", "2021-03-30"),
    ("2021-03-30", "2021-04-28", "2021-04-29"),
    ("2021-04-29", "2021-05-29", "2021-05-30"),
    ("2021-05-30", "2021-06-28", "2021-06-29"),
    ("2021-06-29", "2021-07-29", "2021-07-30"),
    ("2021-07-30", "2021-08-29", "2021-08-30"),
    ("2021-08-30", "2021-09-28", "2021-09-29"),
    ("2021-09-29", "2021-10-29", "2021-10-30"),
    ("2021-10-30", "2021-11-28", "2021-11-29"),
    ("2021-11-29", "2021-12-29", "2021-12-30"),
    ("2021-12-30", "2022-01-29", "2022-01-30"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("start", "end", "renewal"), MONTHLY_TERM)
def test_first_cycle_of_a_monthly_term(start: str, end: str, renewal: str) -> None:
    """A month's term is clamped to the end of a shorter month; the next cycle begins the day after."""
    assert (day(start), day(end)) == charge_cycle(day(start), "Monthly", term="P1M")
    assert day(renewal) == charge_cycle(day(start), "Monthly", 1, term="P1M")[0]


@pytest.mark.parametrize("rows", [ANNUAL_BOUGHT_ON_31_JANUARY, ANNUAL_BOUGHT_ON_30_JANUARY], ids=["31 Jan", "30 Jan"])
def test_twelve_cycles_of_a_year_billed_by_the_month(rows: list[tuple[str, str, str]]) -> None:
    """Counted from the day of purchase; bought on the day before a month's end, the distance from month end is kept."""
    purchase = day(rows[0][0])
    found = [(*charge_cycle(purchase, "Monthly", n), charge_cycle(purchase, "Monthly", n + 1)[0]) for n in range(12)]
    assert [tuple(day(text) for text in row) for row in rows] == found


def test_a_purchase_on_21_february_2022() -> None:
    """First cycle 21 Feb to 20 Mar 2022, priced over the 28 days of February; the next over the 31 of March."""
    assert (day("2022-02-21"), day("2022-03-20")) == charge_cycle(day("2022-02-21"), "Monthly")
    assert day("2022-03-21") == charge_cycle(day("2022-02-21"), "Monthly", 1)[0]
    assert [28, 31] == [cycle_days(day(start), "Monthly") for start in ("2022-02-21", "2022-03-21")]


def test_a_purchase_on_the_29th_of_january() -> None:
    """29 Jan to 27 Feb: clamped to 28 February (sample of the API, Office 365 E3)."""
    assert (day("2021-01-29"), day("2021-02-27")) == charge_cycle(day("2021-01-29"), "Monthly")
    assert day("2021-02-28") == charge_cycle(day("2021-01-29"), "Monthly", 1)[0]


@pytest.mark.parametrize(
    ("purchase", "plan", "end", "days"),
    [
        ("2021-06-18", "Annual", "2022-06-17", 365),
        ("2023-06-18", "Annual", "2024-06-17", 366),  # holds 29 February 2024
        ("2024-02-29", "Annual", "2025-02-27", 365),  # the next begins on 28 February
        ("2021-06-18", "Triennial", "2024-06-17", 1096),
    ],
)
def test_years(purchase: str, plan: str, end: str, days: int) -> None:
    """A year has 365 or 366 days, three years what they have."""
    assert (day(purchase), day(end)) == charge_cycle(day(purchase), plan)
    assert days == cycle_days(day(purchase), plan)


@pytest.mark.parametrize(
    ("start", "end", "cycle_start", "days"),
    [
        ("2021-06-20", "2021-07-17", "2021-06-18", 30),  # Microsoft's "add seats"
        ("2022-03-25", "2022-04-04", "2022-03-05", 31),  # Microsoft's "multiple changes"
        ("2021-06-18", "2021-07-17", "2021-06-18", 30),  # whole
        ("2021-02-10", "2021-02-27", "2021-01-28", 31),  # clamped: January's days either way
    ],
)
def test_the_cycle_behind_a_part_of_it(start: str, end: str, cycle_start: str, days: int) -> None:
    """A change in mid-cycle ends with its cycle; its price is spread over the days of the month the cycle began in."""
    assert (day(cycle_start), days) == cycle_of(day(start), day(end), "Monthly")


def test_the_plan_that_dates_tell() -> None:
    """Up to 31 days a month, up to 366 a year, beyond that three years."""
    spans = [
        ("2021-06-18", "2021-07-17"),
        ("2021-06-18", "2022-06-17"),
        ("2023-06-18", "2024-06-17"),
        ("2021-06-18", "2024-06-17"),
    ]
    assert ["Monthly", "Annual", "Annual", "Triennial"] == [plan_of_dates(day(a), day(b)) for a, b in spans]
