"""A monthly usage charge that its daily rows do not add up to."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import OpenBooks, exceptions, the_exception
from scenarios.usage import azure, daily, whole_month


def test_fires_beyond_the_tolerance_of_all_rows(books: OpenBooks) -> None:
    """30 days of 3.00 and one of 2.66 are 92.66: 0.34 short of 93.00, where 31 x 0.01 + 0.02 = 0.33 are allowed."""
    month = azure(books)
    for day in range(1, 31):
        daily(month, f"2026-10-{day:02d}", "3.00")
    finding = the_exception(daily(month, "2026-10-31", "2.66").reconcile())
    hit = finding.hit
    assert (finding.rule, hit.at_stake, hit.direction, hit.subscription) == (
        "usage-tie-out", Decimal("0.34"), "review", "plan-1",
    )  # fmt: skip
    assert "93.00 USD of usage on invoice G001, 92.66 USD in 31 daily rows" in hit.why
    assert "covers" not in hit.why


def test_fires_for_another_product_of_the_plan(books: OpenBooks) -> None:
    """The sum agrees, the products do not: 3.00 of another SKU. Both charges are off by 3.00."""
    month = azure(books)
    for day in range(1, 31):
        daily(month, f"2026-10-{day:02d}", "3.00")
    hit = the_exception(daily(month, "2026-10-31", "3.00", sku_id="0099").reconcile()).hit
    assert hit.at_stake == Decimal("6.00")


def test_quiet_inside_the_tolerance(books: OpenBooks) -> None:
    """0.33 of 31 rows; a wider Usage Tolerance allows more."""
    month = azure(books)
    for day in range(1, 31):
        daily(month, f"2026-10-{day:02d}", "3.00")
    assert exceptions(daily(month, "2026-10-31", "2.67").reconcile()) == []
    wide = azure(books, usage_tolerance="0.1")
    for day in range(1, 32):
        daily(wide, f"2026-10-{day:02d}", "2.91")
    assert exceptions(wide.reconcile()) == []  # 90.21 against 93.00, 3.12 allowed


def test_quiet_where_the_invoice_has_no_daily_file(books: OpenBooks) -> None:
    """The daily rows are of another invoice."""
    assert exceptions(whole_month(azure(books), invoice_number="G999").reconcile()) == []


def test_quiet_where_the_file_does_not_name_products(books: OpenBooks) -> None:
    """Some exports leave ProductId blank: then the subscription is compared as a whole."""
    assert exceptions(whole_month(azure(books), product_id="", sku_id="").reconcile()) == []
