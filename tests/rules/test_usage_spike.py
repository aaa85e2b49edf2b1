"""Usage far above its past."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import OpenBooks, exceptions, the_exception
from scenarios.usage import CLIENT, azure, history

MONTHS = ("2026-07", "2026-08", "2026-09")


def test_fires_above_factor_and_floor(books: OpenBooks) -> None:
    """93.00 after (30 + 30 + 30) / 3 = 30.00: more than twice, and 63.00 more."""
    finding = the_exception(history(azure(books), dict.fromkeys(MONTHS, "30")).reconcile())
    hit = finding.hit
    assert (finding.rule, hit.at_stake, hit.direction, hit.currency) == (
        "usage-spike",
        Decimal("63.00"),
        "review",
        "USD",
    )
    assert hit.subscription == "plan-1"
    assert len(finding.source_rows) == 1


def test_fires_on_the_first_cent_above_twice_the_mean(books: OpenBooks) -> None:
    """139.49 in three months: twice the mean is 92.9933..., and 93.00 is above it. 139.50: 93.00 is just twice."""
    costs = ("46.49", "46.50", "46.50")
    month = history(azure(books, usage_floor="40"), dict(zip(MONTHS, costs, strict=True)))
    assert [told.rule for told in exceptions(month.reconcile())] == ["usage-spike"]
    just = history(azure(books, usage_floor="40"), dict.fromkeys(MONTHS, "46.50"))
    assert exceptions(just.reconcile()) == []


def test_quiet_at_the_floor_and_below_the_factor(books: OpenBooks) -> None:
    """50.00 more is not above 50; 93.00 after 47.00 is less than twice; other settings move both."""
    assert exceptions(history(azure(books), {"2026-09": "43"}).reconcile()) == []
    assert exceptions(history(azure(books, usage_floor="10"), {"2026-09": "47"}).reconcile()) == []
    assert exceptions(history(azure(books, usage_factor="4"), {"2026-09": "30"}).reconcile()) == []


def test_quiet_for_credits_of_the_vendor(books: OpenBooks) -> None:
    """A credit note on the plan is no usage: neither spike nor drop."""
    month = history(azure(books), {"2026-09": "93"})
    month.vendor(CLIENT, {
        "Charge Type": "customerCredit", "Charge Start Date": "2026-10-01", "Charge End Date": "2026-10-31",
        "Subscription Id": "plan-1", "Product Id": "DZH318Z0BNZ5", "Sku Id": "006G", "Subscription Description": "Azure plan",
        "Effective Unit Price": "-80.00",
        "Billable Quantity": "1", "Subtotal": "-80.00",
    })  # fmt: skip
    month.bill(CLIENT, "Azure", "1", amount="-88.00")
    assert exceptions(month.reconcile()) == []
