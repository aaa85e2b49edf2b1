"""Rule renewal-missed."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception

YEAR = [("renew", "2026-10-05", "2027-10-04", "120.96", "10", "1209.60")]
TERM = {"subscription_start_date": "2026-10-05", "subscription_end_date": "2027-10-04"}
MONTHLY_TERM = {"subscription_start_date": "2026-10-05", "subscription_end_date": "2026-11-04"}


def month_with_a_neighbour(books: OpenBooks, price: str = "168.00") -> Books:
    month = books("2026-10").customer("Alder").customer("Elm").product("Seats").agreement("Alder", "Seats", price)
    month.agreement("Elm", "Seats", "14.00").cycle("Elm", "1", "10.08", "10.08", subscription_id="elm")
    return month.bill("Elm", "Seats", "1", "14.00", "14.00")


def test_fires_for_a_year_that_nobody_bills(books: OpenBooks) -> None:
    """Ten seats renewed for a year: 10 x 168.00."""
    month = month_with_a_neighbour(books).seats("Alder", YEAR, billing_frequency="Annual", **TERM)
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "renewal-missed",
        Decimal("1680.00"),
        "we lose",
    )
    assert "renewed a year of Seats on 5 Oct 2026 for 1,209.60 USD, and nothing is billed" in finding.hit.why


def test_fires_with_the_cost_where_no_price_is_known(books: OpenBooks) -> None:
    """Renewed, not billed, and no price agreed: 1,209.60 at least."""
    month = month_with_a_neighbour(books).seats("Alder", YEAR, billing_frequency="Annual", **TERM)
    del month.tables["Agreements"][0]["Price"]
    finding = the_exception(month.reconcile())
    hit = finding.hit
    assert finding.rule == "renewal-missed"
    assert (hit.at_stake, hit.expected, hit.basis) == (Decimal("1209.60"), None, "estimated")


def test_fires_where_only_the_renewed_seats_are_missing(books: OpenBooks) -> None:
    """Ten seats renewed for a year and charged by the month, five others go on: 70.00 billed of 210.00."""
    month = month_with_a_neighbour(books, "14.00").cycle("Alder", "5", "10.08", "50.40", subscription_id="other")
    month.seats("Alder", [("renew", "2026-10-05", "2026-11-04", "10.08", "10", "100.80")], **TERM)
    assert exceptions(month.bill("Alder", "Seats", "5", "14.00", "70.00").reconcile()) == [
        ("renewal-missed", "Alder", Decimal("140.00"), "we lose"),
    ]


def test_quiet_for_a_monthly_term(books: OpenBooks) -> None:
    """P1M renews every month: nothing billed is unbilled."""
    month = month_with_a_neighbour(books, "14.00")
    month.seats("Alder", [("renew", "2026-10-05", "2026-11-04", "10.08", "10", "100.80")], **MONTHLY_TERM)
    assert exceptions(month.reconcile()) == [("unbilled", "Alder", Decimal("140.00"), "we lose")]


def test_quiet_where_the_renewal_is_billed(books: OpenBooks) -> None:
    """All of it, or seats of it: then the quantity tells."""
    month = month_with_a_neighbour(books).seats("Alder", YEAR, billing_frequency="Annual", **TERM)
    assert month.shuffled(0).bill("Alder", "Seats", "10", "168.00", "1680.00").reconcile().exceptions == []
    told = exceptions(month.bill("Alder", "Seats", "9", "168.00", "1512.00").reconcile())
    assert told == [("underbilled", "Alder", Decimal("168.00"), "we lose")]
