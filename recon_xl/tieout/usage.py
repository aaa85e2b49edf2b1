"""Daily usage beside the monthly invoice: a control an invoice, and what Coverage says of both and of Usage History."""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.control import Control, CoverageRow
from recon_xl.core.usage import tie_out_tolerance
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

MONTHLY_DAILY = "Usage: monthly usage = daily usage"

_CHECKED, _NOT_CHECKED = "CHECKED", "NOT CHECKED"

_INVOICES = """
    WITH daily AS (
        SELECT invoice, currency, CAST(sum(cost) FILTER (WHERE NOT is_credit) AS DECIMAL(38,18)) AS cost, sum(rows) AS rows
        FROM daily_usage
        GROUP BY invoice, currency
    ),
    day AS (
        SELECT g.invoice, g.currency, count(DISTINCT d.day) AS days, min(d.day) AS first_day, max(d.day) AS last_day
        FROM daily_usage AS g
        INNER JOIN in_usage_day AS d USING (group_no)
        CROSS JOIN setting AS s
        WHERE d.day >= s.period_start AND d.day <= s.period_end
        GROUP BY g.invoice, g.currency
    )
    SELECT m.invoice, m.currency, CAST(sum(m.cost) AS DECIMAL(38,18)) AS monthly, any_value(d.cost) AS daily,
        any_value(d.rows) AS rows, coalesce(any_value(y.days), 0) AS days, any_value(y.first_day) AS first_day,
        any_value(y.last_day) AS last_day
    FROM monthly_usage AS m
    LEFT JOIN daily AS d USING (invoice, currency)
    LEFT JOIN day AS y USING (invoice, currency)
    GROUP BY m.invoice, m.currency
    ORDER BY m.invoice, m.currency
"""
_WITHOUT_DAILY = """
    SELECT invoice, currency, CAST(sum(cost) AS DECIMAL(38,18)) AS monthly, NULL AS daily, 0 AS rows, 0 AS days
    FROM monthly_usage
    GROUP BY invoice, currency
    ORDER BY invoice, currency
"""
_DETAIL = """
    SELECT EXISTS (
            SELECT 1 FROM mapped_line AS m
            WHERE m.in_period AND m.invoice = d.invoice AND m.subscription_id = d.subscription_id
        ) AS has_monthly,
        d.currency, CAST(sum(d.rows) AS INTEGER), CAST(sum(d.cost) AS DECIMAL(38,18)), count(DISTINCT d.subscription_id)
    FROM daily_usage AS d
    GROUP BY 1, d.currency
    ORDER BY 1 DESC, d.currency
"""
_SERIES = """
    SELECT verdict = 'NOT CHECKED', currency, count(*), sum(baseline),
        list(client || ' / ' || subscription || ': ' || note ORDER BY client, subscription)
    FROM usage_series
    GROUP BY 1, currency
    ORDER BY 1, currency
"""
_NAMED = 5
_OPEN = "open usage, or its invoice is not loaded. It stays detail: in no expected amount and on no draft."


def usage_controls(session: Session, inputs: Inputs) -> Iterator[Control]:
    """One control an invoice and currency with usage: its daily rows against its charges, within the tolerance of all rows."""
    settings = inputs.settings
    length = settings.period_end.day
    for row in session.records(_INVOICES if inputs.rows("Daily Usage") else _WITHOUT_DAILY):
        rows = row["rows"] or 0
        tolerance = tie_out_tolerance(settings.usage_tolerance, rows)
        if row["daily"] is None:
            note = "No daily usage of this invoice is loaded: import its daily rated usage file."
        else:
            within = f"{rows:,} daily rows; differences up to {tolerance:,.2f} in all are rounding."
            note = f"{within} {_days(row, length)}"
        yield Control(
            MONTHLY_DAILY, row["currency"], row["daily"], row["monthly"], note, row["invoice"], is_ours=False,
            tolerance=tolerance,
        )  # fmt: skip


def _days(row: dict[str, object], length: int) -> str:
    if row["days"] == length:
        return "They cover every day of the month."
    if not row["days"]:
        return "None of them is of this month."
    return f"PARTIAL: they cover {row['days']} of {length} days, {row['first_day']} to {row['last_day']}."


def usage_coverage(session: Session, inputs: Inputs) -> Iterator[CoverageRow]:
    """Daily rows that explain a charge, those that no charge stands for, what was left out, and the series of history."""
    if inputs.rows("Daily Usage"):
        yield from _daily(session)
    yield from _history(session, inputs)


def _daily(session: Session) -> Iterator[CoverageRow]:
    for has_monthly, currency, rows, cost, subscriptions in session.rows(_DETAIL):
        if has_monthly:
            words, status, reason = (
                "detail of monthly lines",
                _CHECKED,
                "Explains the invoice; in no expected amount of its own.",
            )
        else:
            words, status = "daily usage without a monthly line", _NOT_CHECKED
            reason = f"{_subscriptions(subscriptions)}: {_OPEN}"
        yield CoverageRow("Daily usage", words, status, rows, cost, currency, reason)
    unreadable, others = session.rows("SELECT unreadable, other_periods FROM in_daily_left_out")[0]
    if unreadable:
        yield CoverageRow(
            "Daily usage", "a cell cannot be read", "HELD", unreadable, None, "", "Left out of every sum."
        )
    if others:
        yield CoverageRow(
            "Daily usage", "other periods", "EXCLUDED", others, None, "", "Their invoices belong to other months."
        )


def _history(session: Session, inputs: Inputs) -> Iterator[CoverageRow]:
    check = "usage against earlier months"
    if not inputs.rows("Usage History"):
        yield CoverageRow("Checks", check, _NOT_CHECKED, 0, None, "", "Usage History has no rows.")
        return
    found = session.rows(_SERIES)
    if not found:
        months = inputs.settings.usage_months
        reason = f"Usage History has no row of the {months} months before {inputs.settings.period}."
        yield CoverageRow("Checks", check, _NOT_CHECKED, 0, None, "", reason)
    for is_unknown, currency, series, baseline, notes in found:
        if is_unknown:
            more = f"; and {len(notes) - _NAMED} more" if len(notes) > _NAMED else ""
            reason = f"{'; '.join(notes[:_NAMED])}{more}."
            yield CoverageRow(
                "Usage history", "series without usage to compare", _NOT_CHECKED, series, baseline, currency, reason
            )
        else:
            yield CoverageRow(
                "Usage history", "series compared", _CHECKED, series, baseline, currency, "Amount: their baselines."
            )


def _subscriptions(count: int) -> str:
    return "1 subscription" if count == 1 else f"{count} subscriptions"
