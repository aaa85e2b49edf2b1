"""One cause a key: each planted alone gives one finding with its money to the cent; two at once, what happens then.

All figures are worked by hand; the working stands beside them. Rules one by one: tests/rules.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, exceptions, rules_of, the_exception

CLIENT, SEATS = "Alder Legal", "Business Standard"
NEIGHBOUR = "Elm Dental"
ADDED = [
    ("new", "2026-10-18", "2026-11-17", "10.08", "10", "100.80"),
    ("addQuantity", "2026-10-20", "2026-11-17", "-9.4296774194", "10", "-94.29"),
    ("addQuantity", "2026-10-20", "2026-11-17", "9.4296774194", "12", "113.15"),
]
YEN = {"currency": "JPY"}


def month_of(books: OpenBooks, basis: str = "fixed", **client: str) -> Books:
    """Alder's month, beside a neighbour whose single seat is in order."""
    month = books("2026-10").customer(CLIENT, **client).customer(NEIGHBOUR).product(SEATS, basis)
    month.product("Basic", product_id="B", sku_id="1").agreement(NEIGHBOUR, "Basic", "14.00")
    month.cycle(NEIGHBOUR, "1", "10.08", "10.08", product_id="B", sku_id="1", subscription_id="elm")
    return month.bill(NEIGHBOUR, "Basic", "1", "14.00", "14.00")


def listed(month: Books, old: str, new: str, currency: str = "USD") -> Books:
    row = {"Billing Product": SEATS, "Currency": currency}
    return month.add(
        "Sell Prices", {**row, "Price": old, "End": "2026-09-30"}, {**row, "Price": new, "Start": "2026-10-01"}
    )


def old_price(books: OpenBooks) -> Books:
    """12.00 instead of 14.00 for ten seats."""
    month = listed(month_of(books, "list"), "12.00", "14.00").cycle(CLIENT, "10", "10.08", "100.80")
    return month.bill(CLIENT, SEATS, "10", "12.00", "120.00")


def old_price_in_yen(books: OpenBooks) -> Books:
    """1,650 instead of 1,900 yen for ten seats."""
    month = listed(month_of(books, "list", **YEN), "1650", "1900", "JPY")
    month.add("FX Rates", {"From": "USD", "To": "JPY", "Rate": "150.75"}).cycle(CLIENT, "10", "10.08", "100.80")
    return month.bill(CLIENT, SEATS, "10", "1650", "16500")


def price_to_come(books: OpenBooks) -> Books:
    """14.00 was the RRP when the term began on 1 October, 15.00 since the 15th: billed on seats."""
    month = month_of(books, "rrp")
    row = {"Product Id": "CFQ7TTC0LDPB", "Sku Id": "0001", "Currency": "USD"}
    month.add("Price List", {**row, "ERP Price": "14.00", "End": "2026-10-14"})
    month.add("Price List", {**row, "ERP Price": "15.00", "Start": "2026-10-15"})
    month.cycle(CLIENT, "10", "10.08", "100.80", subscription_start_date="2026-10-01")
    return month.bill(CLIENT, SEATS, "10", "15.00", "150.00")


def days_in_dollars(books: OpenBooks) -> Books:
    """Two seats from 20 October for 29 of 31 days: 140.00 + 2 x 14.00 x 29/31 = 166.19; 168.00 billed."""
    month = month_of(books).agreement(CLIENT, SEATS, "14.00").seats(CLIENT, ADDED)
    return month.bill(CLIENT, SEATS, "12", "14.00", "168.00")


def days_in_yen(books: OpenBooks) -> Books:
    """1,900 a seat: 19000 + 2 x 1900 x 29/31 = 22554.8, so 22555; 22800 billed."""
    month = month_of(books, **YEN).agreement(CLIENT, SEATS, "1900").seats(CLIENT, ADDED)
    return month.bill(CLIENT, SEATS, "12", "1900", "22800")


def kept_credit(books: OpenBooks) -> Books:
    """20.16 of 100.80 came back: 28.00 of 140.00."""
    month = month_of(books).agreement(CLIENT, SEATS, "14.00").cycle(CLIENT, "10", "10.08", "100.80")
    month.seats(CLIENT, [("customerCredit", "2026-10-01", "2026-10-31", "-2.016", "10", "-20.16")])
    return month.bill(CLIENT, SEATS, "10", "14.00", "140.00")


def gone(books: OpenBooks) -> Books:
    """Charged in September for the last time."""
    month = month_of(books).agreement(CLIENT, SEATS, "14.00")
    month.seats(CLIENT, [("cycleCharge", "2026-09-01", "2026-09-30", "10.08", "10", "100.80")], period="2026-09")
    return month.bill(CLIENT, SEATS, "10", "14.00", "140.00")


def gone_in_yen(books: OpenBooks) -> Books:
    """19,000 yen a month."""
    month = month_of(books, **YEN).agreement(CLIENT, SEATS, "1900")
    month.seats(CLIENT, [("cycleCharge", "2026-09-01", "2026-09-30", "10.08", "10", "100.80")], period="2026-09")
    return month.bill(CLIENT, SEATS, "10", "1900", "19000")


def renewed(books: OpenBooks) -> Books:
    """A year of ten seats at 168.00, renewed on 5 October, not billed."""
    month = month_of(books).agreement(CLIENT, SEATS, "168.00")
    return month.seats(
        CLIENT, [("renew", "2026-10-05", "2027-10-04", "120.96", "10", "1209.60")], billing_frequency="Annual",
        subscription_start_date="2026-10-05", subscription_end_date="2027-10-04",
    )  # fmt: skip


def in_francs(books: OpenBooks) -> Books:
    """140.00 USD are 112.00 CHF at 1.25; 100.00 CHF is billed, 125.00 USD."""
    month = month_of(books).agreement(CLIENT, SEATS, "14.00").cycle(CLIENT, "10", "10.08", "100.80")
    month.add("FX Rates", {"From": "CHF", "To": "USD", "Rate": "1.25"})
    return month.bill(CLIENT, SEATS, "10", "10.00", "100.00", currency="CHF")


def wrong_sign(books: OpenBooks) -> Books:
    """RRP 14.00 with 5 %: 14.70 agreed, 13.30 billed."""
    month = month_of(books, "rrp").add("Profiles", {"Profile": SEATS, "Percentage Off RRP": "5"})
    month.add("Price List", {
        "Product Id": "CFQ7TTC0LDPB", "Sku Id": "0001", "Currency": "USD", "ERP Price": "14.00",
    }).cycle(CLIENT, "10", "10.08", "100.80")  # fmt: skip
    return month.bill(CLIENT, SEATS, "10", "13.30", "133.00")


def wrong_sign_in_yen(books: OpenBooks) -> Books:
    """14.00 USD x 1.05 x 150.75 = 2216.025, so 2,216 yen; with -5 %: 2004.975, so 2,005; ten seats: 2,110 lost."""
    month = month_of(books, "rrp", **YEN).add("Profiles", {"Profile": SEATS, "Percentage Off RRP": "5"})
    month.add("FX Rates", {"From": "USD", "To": "JPY", "Rate": "150.75"}).add("Price List", {
        "Product Id": "CFQ7TTC0LDPB", "Sku Id": "0001", "Currency": "USD", "ERP Price": "14.00",
    }).cycle(CLIENT, "10", "10.08", "100.80")  # fmt: skip
    return month.bill(CLIENT, SEATS, "10", "2005", "20050")


def thin(books: OpenBooks) -> Books:
    """10.50 for a cost of 10.08: 109.57 would keep 8 %."""
    month = month_of(books).agreement(CLIENT, SEATS, "10.50").cycle(CLIENT, "10", "10.08", "100.80")
    return month.bill(CLIENT, SEATS, "10", "10.50", "105.00")


def below_cost_in_yen(books: OpenBooks) -> Books:
    """1,000 yen for 10.08 USD x 150: 15,120 of cost, 15120 / 0.92 = 16434.78, so 16,435 needed, 10,000 agreed."""
    month = month_of(books, **YEN).agreement(CLIENT, SEATS, "1000").cycle(CLIENT, "10", "10.08", "100.80")
    month.add("FX Rates", {"From": "USD", "To": "JPY", "Rate": "150"})
    return month.bill(CLIENT, SEATS, "10", "1000", "10000")


@pytest.mark.parametrize(
    ("story", "rule", "at_stake", "direction"),
    [
        (old_price, "price-not-updated", "20.00", "we lose"),
        (old_price_in_yen, "price-not-updated", "2500", "we lose"),
        (price_to_come, "price-changed-mid-term", "10.00", "customer overcharged"),
        (days_in_dollars, "proration-wrong", "1.81", "customer overcharged"),
        (days_in_yen, "proration-wrong", "245", "customer overcharged"),
        (kept_credit, "credit-not-passed-on", "28.00", "customer overcharged"),
        (gone, "cancelled-still-billed", "140.00", "customer overcharged"),
        (gone_in_yen, "cancelled-still-billed", "19000", "customer overcharged"),
        (renewed, "renewal-missed", "1680.00", "we lose"),
        (in_francs, "currency-mismatch", "15.00", "we lose"),
        (wrong_sign, "percentage-wrong-sign", "14.00", "we lose"),
        (wrong_sign_in_yen, "percentage-wrong-sign", "2110", "we lose"),
        (thin, "margin-below-floor", "4.57", "we lose"),
        (below_cost_in_yen, "margin-negative", "6435", "we lose"),
    ],
)
def test_one_fault_is_one_finding(
    books: OpenBooks, story: Callable[[OpenBooks], Books], rule: str, at_stake: str, direction: str
) -> None:
    """In dollars, and in yen without decimals."""
    result = story(books).reconcile()
    assert exceptions(result) == [(rule, CLIENT, Decimal(at_stake), direction)]
    assert rules_of(result) == [rule]


def test_an_old_price_and_too_few_seats_are_one_plain_gap(books: OpenBooks) -> None:
    """8 x 12.00 for 10 x 14.00: neither fault alone gives 96.00, so nobody guesses; the quantity is named."""
    month = old_price(books)
    month.tables["Billed Lines"][1] |= {"Quantity": "8", "Amount": "96.00"}
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("underbilled", Decimal("44.00"))
    assert "8 billed, 10 at the vendor: 2 short" in finding.hit.why


def test_an_old_price_on_a_line_that_stands_twice_is_two_faults(books: OpenBooks) -> None:
    """The copy of 120.00 is one, the 20.00 that the first line is short are the other."""
    month = old_price(books).bill(CLIENT, SEATS, "10", "12.00", "120.00")
    assert exceptions(month.reconcile()) == [
        ("duplicate-billed-line", CLIENT, Decimal("120.00"), "customer overcharged"),
        ("price-not-updated", CLIENT, Decimal("20.00"), "we lose"),
    ]


def test_an_old_price_in_a_foreign_currency_is_a_matter_of_currency(books: OpenBooks) -> None:
    """96.00 CHF are just the old 120.00 USD; until the currency is right, the price is not talked about."""
    month = old_price(books).add("FX Rates", {"From": "CHF", "To": "USD", "Rate": "1.25"})
    month.tables["Billed Lines"][1] |= {"Unit Price": "9.60", "Amount": "96.00", "Currency": "CHF"}
    assert exceptions(month.reconcile()) == [("currency-mismatch", CLIENT, Decimal("20.00"), "we lose")]


def test_an_old_price_and_a_thin_margin_at_the_new_one_are_two_faults(books: OpenBooks) -> None:
    """10.40 billed, 10.50 agreed, 10.96 needed: the bill is 1.00 short, and the agreement 4.57."""
    month = month_of(books).cycle(CLIENT, "10", "10.08", "100.80")
    month.agreement(CLIENT, SEATS, "10.40", end="2026-09-30").agreement(CLIENT, SEATS, "10.50", start="2026-10-01")
    assert exceptions(month.bill(CLIENT, SEATS, "10", "10.40", "104.00").reconcile()) == [
        ("margin-below-floor", CLIENT, Decimal("4.57"), "we lose"),
        ("price-not-updated", CLIENT, Decimal("1.00"), "we lose"),
    ]


def test_a_kept_credit_beside_wrong_days_is_a_gap_of_days(books: OpenBooks) -> None:
    """168.00 for 166.19 less a credit worth 14.00: neither alone gives it, and no days of two seats do."""
    month = days_in_dollars(books)
    month.seats(CLIENT, [("customerCredit", "2026-10-18", "2026-11-17", "-1.008", "10", "-10.08")])
    assert exceptions(month.reconcile()) == [("overbilled", CLIENT, Decimal("15.81"), "customer overcharged")]


def test_a_bill_of_a_tenant_that_moved_follows_from_the_mapping(books: OpenBooks) -> None:
    """The client's new tenant is on no row of Customers: that its old one is over is a consequence, and counts once."""
    month = gone(books).cycle("New Tenant", "10", "10.08", "100.80", subscription_id="n")
    result = month.reconcile()
    assert exceptions(result) == [("unmapped-client", "New Tenant", Decimal("100.80"), "we lose")]
    assert rules_of(result) == ["cancelled-still-billed", "unmapped-client"]


def test_only_the_renewed_one_of_two_subscriptions_has_an_old_price(books: OpenBooks) -> None:
    """20 % on cost: sub-1 rose from 10.08 to 12.00 and is billed at 12.10 still, sub-2 stays at 10.08.

    10 x 14.40 + 5 x 12.10 = 204.50 expected, 15 x 12.10 = 181.50 billed.
    """
    month = month_of(books, "markup").add("Price Rules", {"Level": "product", "Billing Product": SEATS, "Markup": "20"})
    for subscription, seats, cost in (("sub-1", "10", "100.80"), ("sub-2", "5", "50.40")):
        month.seats(
            CLIENT, [("cycleCharge", "2026-09-01", "2026-09-30", "10.08", seats, cost)], period="2026-09",
            subscription_id=subscription,
        )  # fmt: skip
    month.seats(CLIENT, [("renew", "2026-10-01", "2026-10-31", "12.00", "10", "120.00")])
    month.cycle(CLIENT, "5", "10.08", "50.40", subscription_id="sub-2")
    assert exceptions(month.bill(CLIENT, SEATS, "15", "12.10", "181.50").reconcile()) == [
        ("price-not-updated", CLIENT, Decimal("23.00"), "we lose"),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_no_cause(books: OpenBooks, seed: int) -> None:
    """A cause is about money, not about rows."""
    for story in (days_in_dollars, kept_credit, gone, wrong_sign):
        month = story(books)
        assert exceptions(month.shuffled(seed).reconcile()) == exceptions(month.reconcile())
