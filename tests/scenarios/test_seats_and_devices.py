"""Quantities that disagree: 38 billed for 42 seats, 12 billed for 9 devices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, exceptions, rules_of, the_exception, the_line, the_match

CLIENT, SEATS, DEVICES = "Harbour Dental", "Business Standard", "Managed Workstation"


def seats_at_14(books: OpenBooks) -> Books:
    month = books("2026-10").customer(CLIENT).product(SEATS)
    return month.agreement(CLIENT, SEATS, "14.00")


def devices_at_850(books: OpenBooks, **limits: str) -> Books:
    month = books("2026-10").customer(CLIENT).product(DEVICES, "fixed", "count", **limits)
    return month.agreement(CLIENT, DEVICES, "8.50")


def test_38_billed_against_42_vendor_seats(books: OpenBooks) -> None:
    """Four seats at 14.00 are missing on the bill: 56.00, and we lose it."""
    month = seats_at_14(books).cycle(CLIENT, "42", "10.08", "423.36")  # 42 x 10.08
    month.bill(CLIENT, SEATS, "38", "14.00", "532.00")  # 38 x 14.00

    result = month.reconcile()
    finding = the_exception(result)
    hit = finding.hit
    assert finding.rule == "underbilled"
    assert (hit.expected_quantity, hit.billed_quantity) == (Decimal(42), Decimal(38))
    assert (hit.expected, hit.billed) == (Decimal("588.00"), Decimal("532.00"))  # 42 x 14.00
    assert finding.variance == Decimal("-56.00")
    assert (hit.at_stake, hit.direction, hit.currency) == (Decimal("56.00"), "we lose", "USD")
    assert "38 billed, 42 at the vendor: 4 short" in hit.why
    assert the_line(result).net == Decimal("588.00")
    assert result.exit_code == 1


def test_38_billed_against_42_counted_seats(books: OpenBooks) -> None:
    """The same gap, told by a count of active seats instead of the vendor's invoice."""
    month = books("2026-10").customer(CLIENT).product(SEATS, "fixed", "count").agreement(CLIENT, SEATS, "14.00")
    month.count(CLIENT, SEATS, "42", count_source="Microsoft 365")
    month.bill(CLIENT, SEATS, "38", "14.00", "532.00")

    finding = the_exception(month.reconcile())
    hit = finding.hit
    assert finding.rule == "underbilled"
    assert (hit.expected_quantity, hit.billed_quantity) == (Decimal(42), Decimal(38))
    assert (finding.variance, hit.at_stake, hit.direction) == (Decimal("-56.00"), Decimal("56.00"), "we lose")
    assert "38 billed, 42 by count: 4 short" in hit.why


def test_12_billed_against_9_devices(books: OpenBooks) -> None:
    """Three devices at 8.50 are billed too many: 25.50, and the customer is overcharged."""
    month = devices_at_850(books).count(CLIENT, DEVICES, "9")
    month.bill(CLIENT, DEVICES, "12", "8.50", "102.00")  # 12 x 8.50

    result = month.reconcile()
    finding = the_exception(result)
    hit = finding.hit
    assert finding.rule == "overbilled"
    assert (hit.expected_quantity, hit.billed_quantity) == (Decimal(9), Decimal(12))
    assert (hit.expected, hit.billed) == (Decimal("76.50"), Decimal("102.00"))  # 9 x 8.50
    assert (finding.variance, hit.at_stake) == (Decimal("25.50"), Decimal("25.50"))
    assert hit.direction == "customer overcharged"
    assert the_line(result).net == Decimal("76.50")


def test_a_bill_that_agrees_is_quiet(books: OpenBooks) -> None:
    """42 seats charged, 42 billed: not a word, exit 0."""
    month = seats_at_14(books).cycle(CLIENT, "42", "10.08", "423.36")
    month.bill(CLIENT, SEATS, "42", "14.00", "588.00")
    result = month.reconcile()
    assert result.findings == []
    assert (result.status, result.exit_code) == ("CLEAN", 0)


def test_the_price_alone_may_differ(books: OpenBooks) -> None:
    """42 seats on both sides, but at 13.50: 0.50 a seat, 21.00."""
    month = seats_at_14(books).cycle(CLIENT, "42", "10.08", "423.36")
    month.bill(CLIENT, SEATS, "42", "13.50", "567.00")
    hit = the_exception(month.reconcile()).hit
    assert hit.at_stake == Decimal("21.00")
    assert "The quantity agrees (42), the price does not" in hit.why


def test_several_subscriptions_fold_into_one_key(books: OpenBooks) -> None:
    """30 + 12 seats of two subscriptions against one billed line of 42."""
    month = seats_at_14(books)
    month.cycle(CLIENT, "30", "10.08", "302.40", subscription_id="sub-a")
    month.cycle(CLIENT, "12", "10.08", "120.96", subscription_id="sub-b")
    month.bill(CLIENT, SEATS, "42", "14.00", "588.00")
    result = month.reconcile()
    assert result.findings == []
    match = the_match(result)
    assert (match["expected_quantity"], match["expected"]) == (42, Decimal("588.00"))


def test_many_tenants_fold_into_one_client(books: OpenBooks) -> None:
    """Two tenants of one client, 30 + 12 seats, one bill."""
    month = books("2026-10").customer(CLIENT, vendor_customer_ids="tenant-1; tenant-2").product(SEATS)
    month.agreement(CLIENT, SEATS, "14.00")
    month.cycle(CLIENT, "30", "10.08", "302.40", customer_id="tenant-1", subscription_id="sub-a")
    month.cycle(CLIENT, "12", "10.08", "120.96", customer_id="TENANT-2", subscription_id="sub-b")
    month.bill(CLIENT, SEATS, "42", "14.00", "588.00")
    assert month.reconcile().findings == []


def test_two_bills_that_cancel_out_are_seen_where_both_sides_name_subscriptions(books: OpenBooks) -> None:
    """Two seats too few on one subscription and two too many on the other are two findings, not none."""
    month = seats_at_14(books)
    month.cycle(CLIENT, "30", "10.08", "302.40", subscription_id="sub-a")
    month.cycle(CLIENT, "12", "10.08", "120.96", subscription_id="sub-b")
    month.bill(CLIENT, SEATS, "28", "14.00", "392.00", subscription_id="sub-a")
    month.bill(CLIENT, SEATS, "14", "14.00", "196.00", subscription_id="sub-b")
    result = month.reconcile()
    told = [(f.rule, f.hit.subscription, f.hit.at_stake) for f in result.exceptions]
    assert sorted(told) == [("overbilled", "sub-b", Decimal("28.00")), ("underbilled", "sub-a", Decimal("28.00"))]


def test_subscriptions_are_not_compared_where_one_line_does_not_name_its_own(books: OpenBooks) -> None:
    """One billed line without an id: the client and product are compared as a whole."""
    month = seats_at_14(books)
    month.cycle(CLIENT, "30", "10.08", "302.40", subscription_id="sub-a")
    month.cycle(CLIENT, "12", "10.08", "120.96", subscription_id="sub-b")
    month.bill(CLIENT, SEATS, "28", "14.00", "392.00", subscription_id="sub-a")
    month.bill(CLIENT, SEATS, "14", "14.00", "196.00")
    assert month.reconcile().findings == []


def test_a_recreated_subscription_folds_too(books: OpenBooks) -> None:
    """Wiped and recreated under a new id on the same day: the refund and the new charge meet in one key."""
    month = seats_at_14(books)
    month.seats(CLIENT, [
        ("cycleCharge", "2026-10-01", "2026-10-31", "10.08", "10", "100.80"),
        ("cancelImmediate", "2026-10-01", "2026-10-31", "-10.08", "10", "-100.80"),
    ], subscription_id="sub-old", reference_id="r1")  # fmt: skip
    month.cycle(CLIENT, "10", "10.08", "100.80", subscription_id="sub-new", reference_id="r1")
    month.bill(CLIENT, SEATS, "10", "14.00", "140.00")
    result = month.reconcile()
    assert result.findings == []
    assert the_match(result)["expected_quantity"] == 10


@pytest.mark.parametrize(
    ("limits", "counted", "units", "net"),
    [
        ({"included": "5"}, "9", "4", "34.00"),  # 9 - 5 = 4 units, x 8.50
        ({"included": "5"}, "3", "0", "0.00"),  # fewer than included: nothing
        ({"minimum": "12"}, "9", "12", "102.00"),  # at least 12
        ({"maximum": "6"}, "9", "6", "51.00"),  # at most 6
        ({"included": "2", "minimum": "5", "maximum": "8"}, "9", "7", "59.50"),  # 9 - 2 = 7
        ({"included": "2", "minimum": "5", "maximum": "8"}, "20", "8", "68.00"),  # 18, but at most 8
        ({"included": "2", "minimum": "5", "maximum": "8"}, "4", "5", "42.50"),  # 2, but at least 5
    ],
)
def test_included_minimum_and_maximum_units(
    books: OpenBooks, limits: dict[str, str], counted: str, units: str, net: str
) -> None:
    """Units billed are what exceeds the included ones, at least the minimum, at most the maximum."""
    month = devices_at_850(books, **limits).count(CLIENT, DEVICES, counted).count("Elm", DEVICES, "1")
    month.customer("Elm").agreement("Elm", DEVICES, "8.50").bill("Elm", DEVICES, "1", "8.50")
    result = month.reconcile()
    (line,) = next(draft for draft in result.drafts if draft.customer == CLIENT).lines
    assert (line.quantity, line.net) == (Decimal(units), Decimal(net))


def test_limits_of_an_agreement_beat_those_of_the_product(books: OpenBooks) -> None:
    """The product says at least 12, this client's contract at least 10."""
    month = books("2026-10").customer(CLIENT).product(DEVICES, "fixed", "count", minimum="12")
    month.agreement(CLIENT, DEVICES, "8.50", minimum="10").count(CLIENT, DEVICES, "9")
    month.bill(CLIENT, DEVICES, "10", "8.50", "85.00")
    assert month.reconcile().findings == []


def test_limits_hold_for_vendor_seats_of_all_subscriptions_together(books: OpenBooks) -> None:
    """8 + 5 seats, 3 of them included: 10 at 14.00, which leaves 6.4 % of margin."""
    month = (
        books("2026-10", margin_floor="6")
        .customer(CLIENT)
        .product(SEATS, included="3")
        .agreement(CLIENT, SEATS, "14.00")
    )
    month.cycle(CLIENT, "8", "10.08", "80.64", subscription_id="sub-a")
    month.cycle(CLIENT, "5", "10.08", "50.40", subscription_id="sub-b")
    month.bill(CLIENT, SEATS, "10", "14.00", "140.00")
    assert month.reconcile().findings == []


def test_a_device_counted_twice_counts_once(books: OpenBooks) -> None:
    """Rows equal in client, product, source, date and dedupe key are one device."""
    month = devices_at_850(books)
    for device in ("pc-1", "pc-2", "pc-2", "pc-3"):
        month.count(CLIENT, DEVICES, "1", dedupe_key=device)
    month.bill(CLIENT, DEVICES, "3", "8.50", "25.50")
    result = month.reconcile()
    assert exceptions(result) == [("duplicate-count", CLIENT, Decimal(0), "review")]
    assert the_match(result)["expected_quantity"] == 3


def test_the_latest_count_up_to_period_end_decides(books: OpenBooks) -> None:
    """Neither an earlier snapshot nor one of November."""
    month = devices_at_850(books)
    month.count(CLIENT, DEVICES, "11", "2026-10-15").count(CLIENT, DEVICES, "9", "2026-10-28")
    month.count(CLIENT, DEVICES, "14", "2026-11-02").bill(CLIENT, DEVICES, "9", "8.50", "76.50")
    assert month.reconcile().findings == []


def test_the_declared_count_source_decides(books: OpenBooks) -> None:
    """Where two tools count, the one that Products names is believed, even if its count is older."""
    month = books("2026-10").customer(CLIENT).product(DEVICES, "fixed", "count", count_source="RMM")
    month.agreement(CLIENT, DEVICES, "8.50").bill(CLIENT, DEVICES, "9", "8.50", "76.50")
    month.count(CLIENT, DEVICES, "12", "2026-10-31", count_source="Backup")
    month.count(CLIENT, DEVICES, "9", "2026-10-20", count_source="RMM")
    assert "underbilled" not in rules_of(month.reconcile())


def test_a_vendor_product_takes_counts_as_a_second_opinion_only(books: OpenBooks) -> None:
    """A stray count of 40 does not change the 42 seats that the vendor charges."""
    month = seats_at_14(books).cycle(CLIENT, "42", "10.08", "423.36").count(CLIENT, SEATS, "40")
    month.bill(CLIENT, SEATS, "42", "14.00", "588.00")
    result = month.reconcile()
    assert [finding for finding in result.exceptions if finding.hit.at_stake] == []
    assert the_match(result)["expected"] == Decimal("588.00")
