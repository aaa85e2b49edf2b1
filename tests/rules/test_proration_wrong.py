"""Rule proration-wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, exceptions, the_exception

ADDED = [
    ("new", "2021-06-18", "2021-07-17", "10.08", "10", "100.80"),
    ("addQuantity", "2021-06-20", "2021-07-17", "-9.408", "10", "-94.08"),
    ("addQuantity", "2021-06-20", "2021-07-17", "9.408", "12", "112.89"),
]


def two_added(books: OpenBooks, **agreement: str) -> Books:
    """10 seats on 18 June, 12 from the 20th, for 28 of 30 days at 14.00: 140.00 + 26.13 = 166.13."""
    month = books("2021-06").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00", **agreement)
    return month.seats("Alder", ADDED)


@pytest.mark.parametrize(
    ("billed", "at_stake", "direction", "word"),
    [
        ("168.00", "1.87", "customer overcharged", "has the whole cycle"),  # 12 x 14.00
        ("140.00", "26.13", "we lose", "leaves the change out"),
        ("167.07", "0.94", "customer overcharged", "a day more"),  # 140.00 + 28.00 x 29/30
        ("165.20", "0.93", "we lose", "a day less"),  # 140.00 + 28.00 x 27/30
        ("150.00", "16.13", "we lose", "the quantity agrees"),  # ten days or so, nobody knows
    ],
)
def test_fires_where_only_the_days_are_wrong(
    books: OpenBooks, billed: str, at_stake: str, direction: str, word: str
) -> None:
    """Twelve seats are billed, as they should, and 166.13 is expected."""
    finding = the_exception(two_added(books).bill("Alder", "Seats", "12", amount=billed).reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "proration-wrong",
        Decimal(at_stake),
        direction,
    )
    assert word in finding.hit.why
    assert "20 Jun 2021" in finding.hit.why
    assert "28 of 30 days" in finding.hit.why


def test_fires_where_all_seats_are_billed_for_a_cycle_that_was_billed_before(books: OpenBooks) -> None:
    """Opened on June's invoice; July has only the change: 2 x 14.00 x 4.368/10.08 = 12.13, and 12 x 14.00 is billed."""
    month = books("2021-07").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    month.seats("Alder", ADDED[:1], period="2021-06").seats("Alder", [
        ("addQuantity", "2021-07-05", "2021-07-17", "-4.368", "10", "-43.68"),
        ("addQuantity", "2021-07-05", "2021-07-17", "4.368", "12", "52.41"),
    ])  # fmt: skip
    assert exceptions(month.bill("Alder", "Seats", "12", "14.00", "168.00").reconcile()) == [
        ("proration-wrong", "Alder", Decimal("155.87"), "customer overcharged"),
    ]


def test_fires_for_a_day_more_on_a_lump_sum(books: OpenBooks) -> None:
    """Bought on 15 July, cancelled on the 17th: 14.00 x 10 x (1 - 9.42/10.08) = 9.17 for two days.

    The vendor gave 29 days of 31 back; the bill gives 28: 140.00 - 140.00 x 9.42/10.08 x 28/29 = 13.68, as one line of one.
    """
    month = books("2021-07").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00").seats("Alder", [
        ("new", "2021-07-15", "2021-08-14", "10.08", "10", "100.80"),
        ("cancelImmediate", "2021-07-17", "2021-08-14", "-9.42", "10", "-94.20"),
    ])  # fmt: skip
    assert exceptions(month.bill("Alder", "Seats", "1", amount="13.68").reconcile()) == [
        ("proration-wrong", "Alder", Decimal("4.51"), "customer overcharged"),
    ]


def test_fires_on_vendor_cost(books: OpenBooks) -> None:
    """At 20 % on cost: 121.00 + 2 x 11.28 = 143.56 expected, 12 x 12.10 = 145.20 billed."""
    month = books("2021-06").customer("Alder").product("Seats", "markup").seats("Alder", ADDED)
    month.add("Price Rules", {"Level": "product", "Billing Product": "Seats", "Markup": "20"})
    assert exceptions(month.bill("Alder", "Seats", "12", "12.10", "145.20").reconcile()) == [
        ("proration-wrong", "Alder", Decimal("1.64"), "customer overcharged"),
    ]


def test_fires_where_days_are_counted_and_none_were_agreed(books: OpenBooks) -> None:
    """The agreement says seats x price, 168.00; the bill counts the days."""
    finding = the_exception(two_added(books, prorate="No").bill("Alder", "Seats", "12", amount="166.13").reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "proration-wrong",
        Decimal("1.87"),
        "we lose",
    )


@pytest.mark.parametrize(("quantity", "billed", "rule"), [
    ("10", "140.00", "underbilled"),  # the two seats are missing
    ("12", "120.00", "underbilled"),  # no days of two seats explain 46.13
    ("12", "200.00", "overbilled"),
])  # fmt: skip
def test_quiet_where_days_cannot_explain_the_gap(books: OpenBooks, quantity: str, billed: str, rule: str) -> None:
    """A plain gap of quantity or price stays one."""
    told = exceptions(two_added(books).bill("Alder", "Seats", quantity, amount=billed).reconcile())
    assert [one.rule for one in told] == [rule]


def test_quiet_with_the_right_days(books: OpenBooks) -> None:
    """166.13."""
    assert two_added(books).bill("Alder", "Seats", "12", amount="166.13").reconcile().exceptions == []
