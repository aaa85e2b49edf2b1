"""Rule vendor-arithmetic. More stories: scenarios/test_vendor_faults.py; the models themselves: intake/test_rounding_models.py."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, exceptions, the_exception

SEATS = "Seats"


def ten_seats(books: OpenBooks, subtotal: str = "100.80", **more: str) -> Books:
    month = books("2026-10").customer("Alder").product(SEATS).agreement("Alder", SEATS, "14.00")
    return month.cycle("Alder", "10", "10.08", subtotal, **more).bill("Alder", SEATS, "10", "14.00", "140.00")


def one_line(books: OpenBooks, price: str, quantity: str, subtotal: str, **more: str) -> Books:
    """A line of its own, billed at the vendor's price, so that nothing else can be found."""
    month = books("2026-10").customer("Alder").product(SEATS, "as billed")
    return month.cycle("Alder", quantity, price, subtotal, **more)


def rules(month: Books) -> list[str]:
    return [told.rule for told in exceptions(month.reconcile()) if told.rule != "unbilled"]


@pytest.mark.parametrize(
    ("subtotal", "at_stake", "direction"), [("105.80", "5.00", "vendor overcharged"), ("95.80", "5.00", "review")]
)
def test_fires_with_the_difference(books: OpenBooks, subtotal: str, at_stake: str, direction: str) -> None:
    """Ten seats at 10.08 are 100.80 by either model; dearer is the vendor's mistake, cheaper is for review."""
    finding = the_exception(ten_seats(books, subtotal).reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("vendor-arithmetic", Decimal(at_stake))
    assert (finding.hit.direction, finding.hit.customer, finding.hit.product) == (direction, "Alder", SEATS)
    assert "10 x 10.08 gives 100.80 USD by model A." in finding.hit.why
    assert finding.source_rows == ("Vendor Lines row 6",)


def test_fires_with_the_difference_to_the_model_of_its_subscription(books: OpenBooks) -> None:
    """Model B: RD(9.4297) x 10 = 94.20, and the refund is printed as 99.20; A would be nearer with 94.29."""
    month = one_line(books, "-9.4297", "10", "-99.20")
    month.cycle("Alder", "20", "9.4297", "188.40")
    found = {told.rule: told.at_stake for told in exceptions(month.reconcile())}
    assert found["vendor-arithmetic"] == Decimal("5.00")


def test_fires_beyond_a_cent_a_unit(books: OpenBooks) -> None:
    """Ten cents are allowed for ten seats, eleven are not."""
    assert rules(ten_seats(books, "100.90")) == []
    assert rules(ten_seats(books, "100.91")) == ["vendor-arithmetic"]


def test_fires_where_the_sign_is_wrong(books: OpenBooks) -> None:
    """A charge of ten seats at a positive price cannot be a refund: 201.60 away."""
    month = one_line(books, "10.08", "10", "-100.80", charge_type="addQuantity")
    found = {told.rule: told.at_stake for told in exceptions(month.reconcile())}
    assert found["vendor-arithmetic"] == Decimal("201.60")


def test_fires_for_usage_by_its_own_formula(books: OpenBooks) -> None:
    """RD(RD(0.999 x 10) x 0.846202666) = RD(9.99 x 0.846202666) = 8.45; 8.56 is 0.11 more, 0.10 are allowed."""
    usage = {"subscription_description": "Azure plan", "unit_type": "1 Hour", "pricing_currency": "USD", "currency": "EUR",
             "PC To BC Exchange Rate": "0.846202666", "term_and_billing_cycle": ""}  # fmt: skip
    assert "vendor-arithmetic" in rules(one_line(books, "0.999", "10", "8.56", **usage))
    assert "vendor-arithmetic" not in rules(one_line(books, "0.999", "10", "8.45", **usage))


@pytest.mark.parametrize(
    ("price", "quantity", "subtotal", "more"),
    [
        ("9.408", "12", "112.89", {}),  # model A, worked example
        ("-9.42", "10", "-94.20", {"Unit Price": "10.08"}),  # model B, printed with two decimals
        ("9.408", "-12", "-112.89", {}),  # a refund printed the other way round
        ("-9.408", "-12", "-112.89", {}),  # or both ways
        ("0", "25", "0", {}),  # free
        ("229.16", "10", "2291.60", {"Unit Price": "250"}),  # prorated by months
        ("11.23", "15", "168.38", {"Unit Price": "12"}),  # 29 of 31 days, printed half-up
        (
            "10.08",
            "10",
            "15195",
            {"Currency": "JPY", "PC To BC Exchange Rate": "150.75"},
        ),  # RD(1519.56) = 1519, x 10 = 15190
        ("7.7", "12", "28.366", {"Currency": "KWD", "PC To BC Exchange Rate": "0.307"}),  # 28.3668
        ("1234.5", "3", "3703", {"Currency": "JPY", "Pricing Currency": "JPY"}),  # 3703.5
        ("10.08", "10", "77.00", {"Charge Type": "customerCredit"}),  # taken as given
        ("10.08", "10", "85.31", {"Currency": "EUR", "PC To BC Exchange Rate": ""}),  # no rate: not checked
    ],
)
def test_quiet_for_lawful_lines(
    books: OpenBooks, price: str, quantity: str, subtotal: str, more: dict[str, str]
) -> None:
    """Both models, refunds printed either way, free lines, yen and dinar, credits, and what cannot be checked."""
    month = one_line(books, price, quantity, subtotal)
    month.tables["Vendor Lines"][0].update(more)
    month.tables["Vendor Lines"][0] = {name: text for name, text in month.tables["Vendor Lines"][0].items() if text}
    assert "vendor-arithmetic" not in rules(month)


def test_quiet_for_copies_and_other_periods(books: OpenBooks) -> None:
    """A copy is a copy; an earlier month was checked then."""
    month = ten_seats(books, "105.80").cycle("Alder", "10", "10.08", "105.80")
    assert rules(month).count("vendor-arithmetic") == 1
    earlier = ten_seats(books)
    earlier.seats("Alder", [("cycleCharge", "2026-09-01", "2026-09-30", "10.08", "10", "111.11")], period="2026-09")
    assert rules(earlier) == []


def test_vendor_tolerance_is_a_setting(books: OpenBooks) -> None:
    """At 0.00 a line is to be exact."""
    month = books("2026-10", vendor_tolerance="0").customer("Alder").product(SEATS, "as billed")
    month.cycle("Alder", "10", "10.08", "100.81").bill("Alder", SEATS, "10", "14.00")
    assert rules(month) == ["vendor-arithmetic"]


def test_the_gap_of_usage_by_markup_is_its_consequence(books: OpenBooks) -> None:
    """Usage of 20.00 printed as 25.00; billed 24.00, expected 30.00: the 6.00 go away with the 5.00."""
    month = books("2026-10").customer("Alder").product("Azure", "markup")
    month.add("Price Rules", {"Level": "product", "Markup": "20"})
    usage = {"subscription_description": "Azure plan", "unit_type": "1 Hour", "term_and_billing_cycle": ""}
    month.cycle("Alder", "10.5", "1.904761904761905", "25.00", **usage).bill("Alder", "Azure", "1", amount="24.00")
    result = month.reconcile()
    assert exceptions(result) == [("vendor-arithmetic", "Alder", Decimal("5.00"), "vendor overcharged")]
    assert {finding.rule for finding in result.exceptions} == {"vendor-arithmetic", "underbilled"}


def test_an_unrelated_gap_stays_primary(books: OpenBooks) -> None:
    """Birch is one seat short, whatever Alder's line says."""
    month = ten_seats(books, "105.80").customer("Birch").agreement("Birch", SEATS, "14.00")
    month.cycle("Birch", "10", "10.08", "100.80", subscription_id="b").bill("Birch", SEATS, "9", "14.00", "126.00")
    assert exceptions(month.reconcile()) == [
        ("underbilled", "Birch", Decimal("14.00"), "we lose"),
        ("vendor-arithmetic", "Alder", Decimal("5.00"), "vendor overcharged"),
    ]


def test_a_control_total_that_differs_by_just_that_is_its_consequence(books: OpenBooks) -> None:
    """The invoice says 100.80, the line 105.80: one fault."""
    month = ten_seats(books, "105.80").control_total("100.80")
    assert rules(month) == ["vendor-arithmetic"]


def test_coverage_names_the_model_of_each_invoice(books: OpenBooks) -> None:
    """Two lines by both models, one by A only, and a credit that is not checked."""
    month = ten_seats(books).cycle("Alder", "12", "9.408", "112.89", subscription_id="sub-2")
    month.cycle("Alder", "1", "-5.00", "-5.00", charge_type="customerCredit")
    rows = [
        (row.item, row.status, row.rows, row.amount)
        for row in month.reconcile().coverage
        if row.area == "Vendor arithmetic"
    ]
    assert rows == [
        ("G001: model A", "CHECKED", 1, Decimal("112.89")),
        ("G001: models A and B", "CHECKED", 1, Decimal("100.80")),
        ("G001: credits", "NOT CHECKED", 1, Decimal("-5.00")),
    ]
