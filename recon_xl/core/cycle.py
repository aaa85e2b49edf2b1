"""Charge cycles: which days one charge of a subscription covers.

Source: Microsoft's new-commerce billing scenarios. A cycle starts on the anchor's day of the
month, or on the month's last day where the month is shorter, always counted from the original
anchor; it ends the day before the next one starts. One exception is printed: an annual term
billed monthly and bought on the day before a month's end keeps its distance from month end.
All dates are UTC and inclusive.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

_MONTHS_OF = {"Monthly": 1, "Annual": 12, "Triennial": 36}
PLANS = frozenset(_MONTHS_OF)
"""Billing plans whose charges repeat."""
ONE_DAY = timedelta(days=1)


def months_of(plan: str) -> int:
    """Months that one charge of a billing plan covers: Monthly 1, Annual 12, Triennial 36."""
    return _MONTHS_OF[plan]


def days_in_month(day: date) -> int:
    """Days of the calendar month of `day`."""
    return calendar.monthrange(day.year, day.month)[1]


def add_months(anchor: date, months: int, *, from_month_end: bool = False) -> date:
    """The anchor's day, `months` later (or earlier), moved to the last day of a shorter month.

    With `from_month_end` the day keeps its distance from the month's last day.
    >>> add_months(date(2021, 1, 31), 1), add_months(date(2021, 1, 31), 2)
    (datetime.date(2021, 2, 28), datetime.date(2021, 3, 31))
    """
    index = anchor.year * 12 + anchor.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    if from_month_end:
        return first.replace(day=days_in_month(first) - (days_in_month(anchor) - anchor.day))
    return first.replace(day=min(anchor.day, days_in_month(first)))


def charge_cycle(purchase: date, plan: str, index: int = 0, *, term: str = "P1Y") -> tuple[date, date]:
    """First and last day of the cycle number `index` (0 = the first) of a purchase.

    >>> charge_cycle(date(2022, 2, 21), "Monthly")
    (datetime.date(2022, 2, 21), datetime.date(2022, 3, 20))
    """
    months = months_of(plan)
    keep = months == 1 and term != "P1M" and purchase.day == days_in_month(purchase) - 1
    start = add_months(purchase, months * index, from_month_end=keep)
    following = add_months(purchase, months * (index + 1), from_month_end=keep)
    return start, following - ONE_DAY


def cycle_days(start: date, plan: str) -> int:
    """Days that a full cycle's price is spread over: those of the month in which it starts; 365 or 366 for a year.

    >>> cycle_days(date(2022, 2, 21), "Monthly"), cycle_days(date(2022, 3, 21), "Monthly")
    (28, 31)
    """
    months = months_of(plan)
    if months == 1:
        return days_in_month(start)
    return (add_months(start, months) - start).days


@lru_cache(maxsize=65536)
def cycle_of(charge_start: date, charge_end: date, plan: str) -> tuple[date, int]:
    """The start and the days of the whole cycle that a part of it, ending with it, belongs to.

    >>> cycle_of(date(2021, 6, 20), date(2021, 7, 17), "Monthly")
    (datetime.date(2021, 6, 18), 30)
    """
    start = min(charge_start, add_months(charge_end + ONE_DAY, -months_of(plan)))
    return start, cycle_days(start, plan)


def plan_of_dates(charge_start: date, charge_end: date) -> str:
    """The plan that a full charge of these dates must have: up to 31 days Monthly, up to 366 Annual, else Triennial."""
    days = (charge_end - charge_start).days + 1
    if days <= 31:
        return "Monthly"
    return "Annual" if days <= 366 else "Triennial"


def day_text(day: date | None) -> str:
    """A day in a sentence: `9 Oct 2026`; `an unknown day` for none.

    >>> day_text(date(2026, 10, 9))
    '9 Oct 2026'
    """
    return "an unknown day" if day is None else f"{day.day} {day:%b %Y}"
