"""Seats that come and go in mid-cycle: Microsoft's own examples, billed at our price.

Vendor lines: Microsoft, "Billing scenarios for one-time and select recurring purchases in new
commerce experience" (2022-11-08), as tabulated in domain.md 2.2, 2.3 and 2.5. Our prices are
invented; the working stands beside each expectation (RECKONING 3, fixed).
"""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, the_draft, the_match

CLIENT, SEATS = "Alder Legal", "Business Standard"
ADDED = [
    ("new", "2021-06-18", "2021-07-17", "10.08", "10", "100.80"),
    ("addQuantity", "2021-06-20", "2021-07-17", "-9.408", "10", "-94.08"),
    ("addQuantity", "2021-06-20", "2021-07-17", "9.408", "12", "112.89"),
]
THIRTY_SEATS = [
    ("new", "2022-03-05", "2022-04-04", "12.00", "10", "120.00"),
    ("addQuantity", "2022-03-07", "2022-04-04", "-11.23", "10", "-112.25"),
    ("addQuantity", "2022-03-07", "2022-04-04", "11.23", "15", "168.38"),
    ("addQuantity", "2022-03-10", "2022-04-04", "-10.06", "15", "-150.96"),
    ("addQuantity", "2022-03-10", "2022-04-04", "10.06", "25", "251.61"),
    ("removeQuantity", "2022-03-12", "2022-04-04", "-9.29", "25", "-232.25"),
    ("removeQuantity", "2022-03-12", "2022-04-04", "9.29", "23", "213.67"),
    ("removeQuantity", "2022-03-14", "2022-04-04", "-8.52", "23", "-195.87"),
    ("removeQuantity", "2022-03-14", "2022-04-04", "8.52", "20", "170.32"),
    ("addQuantity", "2022-03-25", "2022-04-04", "-4.26", "20", "-85.16"),
    ("addQuantity", "2022-03-25", "2022-04-04", "4.26", "30", "127.74"),
]


def month_of(books: OpenBooks, period: str, price: str = "14.00", **agreement: str) -> Books:
    month = books(period).customer(CLIENT).product(SEATS)
    return month.agreement(CLIENT, SEATS, price, **agreement)


def test_two_seats_added_in_mid_cycle(books: OpenBooks) -> None:
    """10 seats on 18 Jun, 12 from 20 Jun, at 14.00: 140.00 + 2 x 14.00 x 28/30 = 166.13 (RECKONING 3)."""
    month = month_of(books, "2021-06").seats(CLIENT, ADDED)
    month.bill(CLIENT, SEATS, "12", amount="166.13")
    result = month.reconcile()
    assert result.findings == []
    match = the_match(result)
    assert (match["expected"], match["expected_quantity"]) == (Decimal("166.13"), 12)
    draft = the_draft(result)
    assert sorted((line.kind, line.net) for line in draft.lines) == [
        ("change", Decimal("26.13")),  # 166.13 - 140.00
        ("cycle", Decimal("140.00")),
    ]


def test_a_missed_proration_is_underbilled_by_its_money(books: OpenBooks) -> None:
    """Only the ten first seats are billed: 26.13 is lost."""
    month = month_of(books, "2021-06").seats(CLIENT, ADDED).bill(CLIENT, SEATS, "10", "14.00", "140.00")
    (finding,) = month.reconcile().exceptions
    assert (finding.rule, finding.hit.at_stake) == ("underbilled", Decimal("26.13"))
    assert (finding.hit.expected_quantity, finding.hit.billed_quantity) == (Decimal(12), Decimal(10))


def test_four_seats_removed_in_mid_cycle(books: OpenBooks) -> None:
    """12 seats, 8 from 20 Jun: 168.00 - 4 x 14.00 x 28/30 = 168.00 - 52.266... = 115.73."""
    month = month_of(books, "2021-06").seats(CLIENT, [
        ("new", "2021-06-18", "2021-07-17", "10.08", "12", "120.96"),
        ("removeQuantity", "2021-06-20", "2021-07-17", "-9.408", "12", "-112.89"),
        ("removeQuantity", "2021-06-20", "2021-07-17", "9.408", "8", "75.26"),
    ])  # fmt: skip
    month.bill(CLIENT, SEATS, "8", amount="115.73")
    result = month.reconcile()
    assert result.findings == []
    assert the_match(result)["expected_quantity"] == 8


def test_a_cancellation_within_seven_days_is_refunded(books: OpenBooks) -> None:
    """10 seats bought on 15 Jul, cancelled on 17 Jul: 140.00 - 140.00 x 9.42/10.08 = 9.1666..., so 9.17 for two days."""
    month = month_of(books, "2021-07").seats(CLIENT, [
        ("new", "2021-07-15", "2021-08-14", "10.08", "10", "100.80"),
        ("cancelImmediate", "2021-07-17", "2021-08-14", "-9.42", "10", "-94.20"),
    ])  # fmt: skip
    month.bill(CLIENT, SEATS, "0", amount="9.17")
    result = month.reconcile()
    assert result.findings == []
    assert the_match(result)["expected_quantity"] == 0


def test_a_refund_may_be_printed_as_a_negative_quantity(books: OpenBooks) -> None:
    """Other sources print the refund the other way round: the same 9.17 comes out."""
    month = month_of(books, "2021-07").seats(CLIENT, [
        ("new", "2021-07-15", "2021-08-14", "10.08", "10", "100.80"),
        ("cancelImmediate", "2021-07-17", "2021-08-14", "9.42", "-10", "-94.20"),
    ])  # fmt: skip
    assert the_match(month.reconcile())["expected"] == Decimal("9.17")


def upgraded(books: OpenBooks) -> Books:
    month = books("2021-06").customer(CLIENT).product(SEATS)
    month.product("Office E1", product_id="CFQ7TTC0LF8Q", sku_id="0002")
    return month.agreement(CLIENT, SEATS, "14.00").agreement(CLIENT, "Office E1", "9.00")


E1 = {"product_id": "CFQ7TTC0LF8Q", "sku_id": "0002", "sku_name": "Office 365 E1"}


def test_a_partial_upgrade_moves_money_from_one_product_to_the_other(books: OpenBooks) -> None:
    """100 of 300 seats go to E1 on 25 Jun, for 23 of 30 days.

    Business Standard: 300 x 14.00 - 100 x 14.00 x 7.72/10.08 = 4200.00 - 1072.222... = 3127.78.
    E1 has no opening line: 100 x 9.00 x 23/30 = 690.00.
    """
    month = upgraded(books)
    month.seats(CLIENT, [
        ("new", "2021-06-18", "2021-07-17", "10.08", "300", "3024.00"),
        ("convert", "2021-06-25", "2021-07-17", "-7.72", "100", "-772.00"),
    ], subscription_id="284b0ff0")  # fmt: skip
    month.seats(CLIENT, [("convert", "2021-06-25", "2021-07-17", "4.92", "100", "492.00")], subscription_id="67", **E1)
    found = {match["product"]: (match["expected"], match["expected_quantity"]) for match in month.reconcile().matches}
    assert found == {SEATS: (Decimal("3127.78"), 200), "Office E1": (Decimal("690.00"), 100)}


def test_a_full_upgrade_under_one_subscription_id(books: OpenBooks) -> None:
    """All 300 seats go to E1 on 25 Jun; Microsoft keeps the subscription id, the product changes.

    Business Standard: 4200.00 - 4200.00 x 7.72/10.08 = 983.33.
    E1 has no opening line of its own: 300 x 9.00 x 23/30 = 2070.00, whatever Business Standard costs.
    """
    month = upgraded(books)
    month.seats(CLIENT, [
        ("new", "2021-06-18", "2021-07-17", "10.08", "300", "3024.00"),
        ("convert", "2021-06-25", "2021-07-17", "-7.72", "300", "-2316.00"),
    ], subscription_id="284b0ff0")  # fmt: skip
    month.seats(
        CLIENT, [("convert", "2021-06-25", "2021-07-17", "4.92", "300", "1476.00")], subscription_id="284b0ff0", **E1
    )
    found = {match["product"]: (match["expected"], match["expected_quantity"]) for match in month.reconcile().matches}
    assert found == {SEATS: (Decimal("983.33"), 0), "Office E1": (Decimal("2070.00"), 300)}


def test_a_free_trial_is_expected_at_zero(books: OpenBooks) -> None:
    """25 trial seats at 0.00, nothing billed: not a word."""
    month = month_of(books, "2021-06", "70.00")
    month.seats(CLIENT, [("new", "2021-06-25", "2021-07-24", "0", "25", "0.00")], product_qualifiers='["Trial"]')
    month.customer("Elm").agreement("Elm", SEATS, "14.00").cycle("Elm", "1", "10.08", "10.08", subscription_id="e")
    month.bill("Elm", SEATS, "1", "14.00", "14.00")
    result = month.reconcile()
    assert result.findings == []
    assert {match["client"]: match["expected"] for match in result.matches}[CLIENT] == 0


def test_a_trial_converted_to_paid(books: OpenBooks) -> None:
    """`new` 0, `convert` 0, `convert` 1,315.25 for 25 seats: 25 x 70.00 = 1750.00."""
    month = month_of(books, "2021-06", "70.00").seats(CLIENT, [
        ("new", "2021-06-25", "2021-07-24", "0", "25", "0.00"),
        ("convert", "2021-06-25", "2021-07-24", "0", "25", "0.00"),
        ("convert", "2021-06-25", "2021-07-24", "52.61", "25", "1315.25"),
    ])  # fmt: skip
    month.bill(CLIENT, SEATS, "25", "70.00", "1750.00")
    result = month.reconcile()
    assert result.findings == []
    assert the_match(result)["expected"] == Decimal("1750.00")


def test_a_customer_credit_is_passed_on_in_proportion(books: OpenBooks) -> None:
    """20.16 back on a price of 10.08: two seats' worth, so 2 x 14.00 = 28.00 off 140.00; the seats stay ten."""
    month = month_of(books, "2021-06").seats(CLIENT, [
        ("new", "2021-06-18", "2021-07-17", "10.08", "10", "100.80"),
        ("customerCredit", "2021-06-18", "2021-07-17", "-2.016", "10", "-20.16"),
    ])  # fmt: skip
    month.bill(CLIENT, SEATS, "10", amount="112.00")
    result = month.reconcile()
    assert result.findings == []
    match = the_match(result)
    assert (match["expected"], match["expected_quantity"]) == (Decimal("112.00"), 10)
    assert sorted((line.kind, line.net) for line in the_draft(result).lines) == [
        ("credit", Decimal("-28.00")),
        ("cycle", Decimal("140.00")),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_many_changes_in_one_cycle_leave_thirty_seats(books: OpenBooks, seed: int) -> None:
    """10 + 5 + 10 - 2 - 3 + 10 = 30 seats at period end, in whatever order the rows stand (domain.md 2.5).

    At 15.00, each line is worth 15.00/12.00 of its unit price x quantity: the signed sum of printed price x quantity is
    120.00 + 5 x 11.23 + 10 x 10.06 - 2 x 9.29 - 3 x 8.52 + 10 x 4.26 = 275.21, x 1.25 = 344.0125, so 344.01.
    """
    lines = list(THIRTY_SEATS)
    random.Random(seed).shuffle(lines)  # noqa: S311 - an order of rows
    month = month_of(books, "2022-03", "15.00").seats(CLIENT, lines)
    month.bill(CLIENT, SEATS, "30", amount="344.01")
    result = month.reconcile()
    assert result.findings == []
    match = the_match(result)
    assert (match["expected"], match["expected_quantity"]) == (Decimal("344.01"), 30)


def test_without_the_opening_line_the_last_positive_quantity_counts(books: OpenBooks) -> None:
    """The cycle was opened on an invoice that is not loaded: still thirty seats."""
    month = month_of(books, "2022-03", "15.00").seats(CLIENT, THIRTY_SEATS[1:])
    month.bill(CLIENT, SEATS, "30", amount="1.00")
    assert the_match(month.reconcile())["expected_quantity"] == 30


def test_without_the_opening_line_days_tell_the_share(books: OpenBooks) -> None:
    """Two seats more from 20 Jun of a cycle 18 Jun to 17 Jul: 2 x 14.00 x 28/30 = 26.133..., so 26.13."""
    month = month_of(books, "2021-06").seats(CLIENT, ADDED[1:])
    month.bill(CLIENT, SEATS, "12", amount="26.13")
    assert month.reconcile().findings == []


def test_an_opening_line_of_an_earlier_invoice_tells_the_share(books: OpenBooks) -> None:
    """Opened in June, two seats added in July: only the change is billed in July.

    28 days of 30 are left on 20 Jun, so on 5 Jul 13 of 30: 10.08/30 x 13 = 4.368; 2 x 14.00 x 4.368/10.08 = 12.133...
    """
    month = month_of(books, "2021-07")
    month.seats(CLIENT, [("new", "2021-06-18", "2021-07-17", "10.08", "10", "100.80")], period="2021-06")
    month.seats(CLIENT, [
        ("addQuantity", "2021-07-05", "2021-07-17", "-4.368", "10", "-43.68"),
        ("addQuantity", "2021-07-05", "2021-07-17", "4.368", "12", "52.41"),
    ])  # fmt: skip
    month.bill(CLIENT, SEATS, "12", amount="12.13")
    result = month.reconcile()
    assert result.findings == []
    assert the_match(result)["expected_quantity"] == 12


def test_an_agreement_that_does_not_prorate(books: OpenBooks) -> None:
    """Seats at period end x price: 12 x 14.00 = 168.00, two added in mid-cycle or not."""
    month = month_of(books, "2021-06", prorate="No").seats(CLIENT, ADDED)
    month.bill(CLIENT, SEATS, "12", "14.00", "168.00")
    result = month.reconcile()
    assert result.findings == []
    assert the_match(result)["expected"] == Decimal("168.00")


def test_a_cycle_that_straddles_the_month_belongs_to_its_invoice(books: OpenBooks) -> None:
    """18 Jun to 17 Jul on June's invoice is billed whole in June."""
    month = month_of(books, "2021-06").seats(CLIENT, ADDED[:1]).bill(CLIENT, SEATS, "10", "14.00", "140.00")
    assert month.reconcile().findings == []


def test_a_year_bought_upfront_and_seats_added_to_it(books: OpenBooks) -> None:
    """Prepaid year 120.96 x 10 from 18 Jun; two seats more from 18 Jul for 335 of 365 days.

    120.96/365 x 335 = 111.0180821...; 168.00 a seat and year: 2 x 168.00 x 111.0180821/120.96 = 308.38 in July.
    """
    month = month_of(books, "2021-07", "168.00")
    yearly = {"billing_frequency": "Annual"}
    month.seats(CLIENT, [("new", "2021-06-18", "2022-06-17", "120.96", "10", "1209.60")], period="2021-06", **yearly)
    month.seats(CLIENT, [
        ("addQuantity", "2021-07-18", "2022-06-17", "-111.0180821", "10", "-1110.18"),
        ("addQuantity", "2021-07-18", "2022-06-17", "111.0180821", "12", "1332.21"),
    ], **yearly)  # fmt: skip
    month.bill(CLIENT, SEATS, "2", amount="308.38")
    assert month.reconcile().findings == []


def test_the_first_cycle_of_a_purchase_on_21_february_ends_on_20_march(books: OpenBooks) -> None:
    """Bought on 21 Feb 2022: the cycle is 21 Feb to 20 Mar, 28 days; 7 to 20 Mar are 14 of them.

    Business Standard: 300 x 14.00 - 300 x 14.00 x 5.04/10.08 = 2100.00. E1 has no opening line: 300 x 9.00 x 14/28 = 1350.00;
    over March's 31 days, or a cycle to 21 Mar, it would be another figure.
    """
    month = books("2022-03").customer(CLIENT).product(SEATS)
    month.product("Office E1", product_id="CFQ7TTC0LF8Q", sku_id="0002")
    month.agreement(CLIENT, SEATS, "14.00").agreement(CLIENT, "Office E1", "9.00")
    month.seats(CLIENT, [
        ("new", "2022-02-21", "2022-03-20", "10.08", "300", "3024.00"),
        ("convert", "2022-03-07", "2022-03-20", "-5.04", "300", "-1512.00"),
    ], subscription_id="feb")  # fmt: skip
    month.seats(CLIENT, [("convert", "2022-03-07", "2022-03-20", "3.20", "300", "960.00")], subscription_id="e1", **E1)
    found = {match["product"]: match["expected"] for match in month.reconcile().matches}
    assert found == {SEATS: Decimal("2100.00"), "Office E1": Decimal("1350.00")}
