"""Spans of days: an end before its start is a mistake of one of them, and nobody can say which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from recon_xl.intake.problems import CellProblem

SPANS = (
    ("Charge Start Date", "Charge End Date"),
    ("Subscription Start Date", "Subscription End Date"),
    ("Period Start", "Period End"),
)
"""Columns of lines that begin and end a span, both days included."""


def backward_spans(columns: Mapping[str, Sequence[object]]) -> list[tuple[str, int, CellProblem]]:
    """(column of the end, index, problem) for every span that ends before it starts."""
    found = []
    for start_name, end_name in SPANS:
        if start_name not in columns or end_name not in columns:
            continue
        pairs = zip(columns[start_name], columns[end_name], strict=True)
        for index, (start, end) in enumerate(pairs):
            if isinstance(start, date) and isinstance(end, date) and _day(end) < _day(start):
                problem = CellProblem(
                    f"{_day(end)}, before {start_name} {_day(start)}", f"a day on or after {start_name}"
                )
                found.append((end_name, index, problem))
    return found


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
