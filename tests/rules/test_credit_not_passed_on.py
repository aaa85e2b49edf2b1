"""Rule credit-not-passed-on."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception


def credited(books: OpenBooks) -> Books:
    """20.16 back on ten seats at 10.08: two seats' worth, 28.00 of 140.00."""
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    month.cycle("Alder", "10", "10.08", "100.80")
    return month.seats("Alder", [("customerCredit", "2026-10-01", "2026-10-31", "-2.016", "10", "-20.16")])


def test_fires_where_a_credit_was_not_passed_on(books: OpenBooks) -> None:
    """The full 140.00 is billed."""
    finding = the_exception(credited(books).bill("Alder", "Seats", "10", "14.00", "140.00").reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "credit-not-passed-on", Decimal("28.00"), "customer overcharged",
    )  # fmt: skip
    assert "gave 20.16 USD back (a credit of 1 Oct 2026), worth 28.00 USD" in finding.hit.why


def test_fires_where_the_refund_of_a_cancellation_was_not_passed_on(books: OpenBooks) -> None:
    """Ten seats bought on 15 July, given back on the 17th: 9.17 is due for two days, 140.00 billed."""
    month = books("2021-07").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    month.seats("Alder", [
        ("new", "2021-07-15", "2021-08-14", "10.08", "10", "100.80"),
        ("cancelImmediate", "2021-07-17", "2021-08-14", "-9.42", "10", "-94.20"),
    ])  # fmt: skip
    assert exceptions(month.bill("Alder", "Seats", "10", "14.00", "140.00").reconcile()) == [
        ("credit-not-passed-on", "Alder", Decimal("130.83"), "customer overcharged"),
    ]


def test_fires_for_one_credit_of_two(books: OpenBooks) -> None:
    """Another 5.04 came back, worth 7.00, and only this one is on the bill: 133.00 instead of 105.00."""
    month = credited(books)
    month.seats("Alder", [("customerCredit", "2026-10-01", "2026-10-31", "-0.504", "10", "-5.04")])
    assert exceptions(month.bill("Alder", "Seats", "10", amount="133.00").reconcile()) == [
        ("credit-not-passed-on", "Alder", Decimal("28.00"), "customer overcharged"),
    ]


def test_fires_where_nothing_is_billed(books: OpenBooks) -> None:
    """20.16 came back for September's cycle, nothing is billed in October: 28.00 are owed."""
    month = books("2026-10").customer("Alder").customer("Elm").product("Seats").agreement("Alder", "Seats", "14.00")
    month.agreement("Elm", "Seats", "14.00").cycle("Elm", "1", "10.08", "10.08", subscription_id="elm")
    month.bill("Elm", "Seats", "1", "14.00", "14.00")
    month.seats("Alder", [("new", "2026-09-01", "2026-09-30", "10.08", "10", "100.80")], period="2026-09")
    month.seats("Alder", [("customerCredit", "2026-09-01", "2026-09-30", "-2.016", "10", "-20.16")])
    assert exceptions(month.reconcile()) == [
        ("credit-not-passed-on", "Alder", Decimal("28.00"), "customer overcharged"),
    ]


def test_quiet_where_it_was_passed_on(books: OpenBooks) -> None:
    """112.00."""
    assert credited(books).bill("Alder", "Seats", "10", amount="112.00").reconcile().exceptions == []


def test_quiet_where_the_gap_is_another(books: OpenBooks) -> None:
    """130.00 is neither with nor without the credit."""
    told = exceptions(credited(books).bill("Alder", "Seats", "10", amount="130.00").reconcile())
    assert told == [("overbilled", "Alder", Decimal("18.00"), "customer overcharged")]
