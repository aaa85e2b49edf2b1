"""Usage far below its past."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import OpenBooks, exceptions, the_exception
from scenarios.usage import azure, history, whole_month

MONTHS = ("2026-07", "2026-08", "2026-09")


def test_fires_below_the_baseline_by_factor_and_floor(books: OpenBooks) -> None:
    """93.00 after 300.00: less than half, and 207.00 less."""
    finding = the_exception(history(azure(books), dict.fromkeys(MONTHS, "300")).reconcile())
    hit = finding.hit
    assert (finding.rule, hit.at_stake, hit.direction) == ("usage-drop", Decimal("207.00"), "review")
    assert "93.00 USD in 2026-10, 300.00 USD on average of the last 3 months" in hit.why


def test_fires_for_an_entitlement_by_its_daily_rows(books: OpenBooks) -> None:
    """31 x 3.00 after 300.00."""
    month = history(whole_month(azure(books)), dict.fromkeys(MONTHS, "300"), "ent-1")
    assert the_exception(month.reconcile()).hit.at_stake == Decimal("207.00")


def test_quiet_at_half_the_baseline(books: OpenBooks) -> None:
    """93.00 is just half of 186.00; and a drop of 50.00 is not above the floor."""
    assert exceptions(history(azure(books), dict.fromkeys(MONTHS, "186")).reconcile()) == []
    assert exceptions(history(azure(books, usage_factor="1.1"), dict.fromkeys(MONTHS, "143")).reconcile()) == []


def test_quiet_where_the_month_has_no_usage_file(books: OpenBooks) -> None:
    """Seats only: no file would name the plan, so nothing is known of it."""
    month = books("2026-10").customer("Alder Legal").product("Business Standard")
    month.agreement("Alder Legal", "Business Standard", "14.00").cycle("Alder Legal", "1", "10.08", "10.08")
    month.bill("Alder Legal", "Business Standard", "1", "14.00", "14.00")
    assert exceptions(history(month, dict.fromkeys(MONTHS, "300")).reconcile()) == []
