"""Charge cycles: which days a monthly or yearly charge covers, for an anchor day of 1 to 31."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cycle:
    """First and last day charged, and the days that a daily share is counted against."""

    start: date
    end: date
    days: int

    def share(self, day: date) -> Fraction:
        """Part of the cycle's price that is charged from `day` on: 1 on its first day."""
        return Fraction(1) if day == self.start else Fraction((self.end - day).days + 1, self.days)


def parse_period(period: str) -> date:
    """First day of a month written YYYY-MM."""
    year, month = period.split("-")
    return date(int(year), int(month), 1)


def shift(first: date, months: int) -> date:
    """First day of the month so many months away."""
    ordinal = first.year * 12 + first.month - 1 + months
    return date(ordinal // 12, ordinal % 12 + 1, 1)


def month_end(first: date) -> date:
    """Last day of that month."""
    return shift(first, 1) - ONE_DAY


def days_in(first: date) -> int:
    """Days of that calendar month."""
    return calendar.monthrange(first.year, first.month)[1]


def on_anchor(first: date, anchor: int) -> date:
    """The anchor day in that month, or the month's last day where it has no such day."""
    return first.replace(day=min(anchor, days_in(first)))


def monthly_cycle(anchor: int, first: date) -> Cycle:
    """The monthly cycle that starts in that month."""
    start = on_anchor(first, anchor)
    return Cycle(start, on_anchor(shift(first, 1), anchor) - ONE_DAY, days_in(first))


def yearly_cycle(start: date) -> Cycle:
    """A year from that day on: 365 or 366 actual days."""
    following = start.replace(year=start.year + 1, day=min(start.day, 28) if start.month == 2 else start.day)
    return Cycle(start, following - ONE_DAY, (following - start).days)


def period_text(first: date) -> str:
    """The month as YYYY-MM."""
    return f"{first.year:04d}-{first.month:02d}"
