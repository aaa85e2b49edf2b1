"""Usage of an earlier month on this month's invoice."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import OpenBooks, exceptions, the_exception
from scenarios.usage import CLIENT, azure, daily, whole_month


def test_fires_once_an_entitlement(books: OpenBooks) -> None:
    """Two rows of September, 1.10 + 2.00 = 3.10, among the 93.00 of October."""
    month = azure(books)
    for day in range(1, 31):
        daily(month, f"2026-10-{day:02d}", "3.00")  # 90.00
    daily(month, "2026-09-29", "1.10")
    daily(month, "2026-09-30", "2.00")
    finding = the_exception(month.reconcile())
    hit = finding.hit
    assert (finding.rule, finding.severity) == ("late-usage", "Low")
    assert (hit.at_stake, hit.direction, hit.subscription) == (Decimal("3.10"), "review", "ent-1")
    assert "2 rows of 2026-09-29 to 2026-09-30, 3.10 USD, on invoice G001" in hit.why
    assert len(finding.source_rows) == 2


def test_fires_for_each_entitlement_on_its_own(books: OpenBooks) -> None:
    """Two Azure subscriptions of one plan."""
    month = whole_month(azure(books))
    daily(month, "2026-09-30", "0.10", entitlement_id="ent-2")
    daily(month, "2026-09-30", "0.20")
    told = exceptions(month.reconcile())
    assert told == [
        ("late-usage", CLIENT, Decimal("0.10"), "review"),
        ("late-usage", CLIENT, Decimal("0.20"), "review"),
    ]


def test_quiet_for_the_days_of_the_month(books: OpenBooks) -> None:
    """The first of October is in time; so is the file of another month that is loaded beside it."""
    month = daily(whole_month(azure(books)), "2026-09-30", "5.00", period="2026-09", invoice_number="G000")
    assert exceptions(month.reconcile()) == []
