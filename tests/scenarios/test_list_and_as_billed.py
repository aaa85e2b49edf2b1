"""Our own list price, and prices taken on trust from the bill (RECKONING 2 and 3, list and as billed)."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, rules_of, the_exception, the_line

CLIENT, SEATS, BACKUP = "Alder Legal", "Business Standard", "Server Backup"


def listed(books: OpenBooks, source: str = "vendor") -> Books:
    month = books("2026-10").customer(CLIENT).product(SEATS, "list", source)
    return month.add("Sell Prices", {"Billing Product": SEATS, "Currency": "USD", "Price": "15.00"})


def test_vendor_seats_at_our_list_price(books: OpenBooks) -> None:
    """10 seats x 15.00."""
    month = listed(books).cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "15.00", "150.00")
    result = month.reconcile()
    assert result.findings == []
    assert the_line(result).net == Decimal("150.00")


def test_counted_units_at_our_list_price(books: OpenBooks) -> None:
    """9 counted x 15.00; 8 billed: 15.00 lost."""
    month = listed(books, "count").count(CLIENT, SEATS, "9").bill(CLIENT, SEATS, "8", "15.00", "120.00")
    hit = the_exception(month.reconcile()).hit
    assert (hit.expected, hit.at_stake) == (Decimal("135.00"), Decimal("15.00"))


def test_a_customers_own_list_price_beats_everyones(books: OpenBooks) -> None:
    """13.50 for this client."""
    month = listed(books).add(
        "Sell Prices", {"Billing Product": SEATS, "Customer": CLIENT, "Currency": "USD", "Price": "13.50"}
    )
    month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "13.50", "135.00")
    assert month.reconcile().findings == []


def test_the_list_price_of_the_period_counts(books: OpenBooks) -> None:
    """15.00 until September, 16.00 from October."""
    month = listed(books)
    month.tables["Sell Prices"][0]["End"] = "2026-09-30"
    month.add("Sell Prices", {"Billing Product": SEATS, "Currency": "USD", "Price": "16.00", "Start": "2026-10-01"})
    month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "16.00", "160.00")
    assert month.reconcile().findings == []


def trusted(books: OpenBooks, source: str = "vendor") -> Books:
    return books("2026-10").customer(CLIENT).product(SEATS, "as billed", source)


def test_as_billed_reconciles_the_quantity_and_trusts_the_price(books: OpenBooks) -> None:
    """42 seats, 38 billed at 17.35 each: 4 x 17.35 = 69.40 lost."""
    month = trusted(books).cycle(CLIENT, "42", "10.08", "423.36").bill(CLIENT, SEATS, "38", "17.35", "659.30")
    hit = the_exception(month.reconcile()).hit
    assert (hit.expected, hit.at_stake) == (Decimal("728.70"), Decimal("69.40"))  # 42 x 17.35


def test_as_billed_with_any_price_is_quiet(books: OpenBooks) -> None:
    """The price itself is nobody's question, but for what it leaves over the vendor's cost."""
    month = trusted(books).cycle(CLIENT, "10", "10.08", "100.80")
    assert month.shuffled(0).bill(CLIENT, SEATS, "10", "99.00", "990.00").reconcile().findings == []
    assert rules_of(month.bill(CLIENT, SEATS, "10", "1.00", "10.00").reconcile()) == ["margin-negative"]


def test_as_billed_without_a_unit_price_takes_amount_over_quantity(books: OpenBooks) -> None:
    """Nine counted, eight billed for 100.00 together: 12.50 each, so 12.50 lost."""
    month = trusted(books, "count").count(CLIENT, SEATS, "9").bill(CLIENT, SEATS, "8", amount="100.00")
    assert the_exception(month.reconcile()).hit.at_stake == Decimal("12.50")


def test_as_billed_but_unbilled_takes_the_agreement_then_the_list(books: OpenBooks) -> None:
    """10 seats that nobody bills: 14.00 by contract, else 15.00 by list."""
    month = trusted(books).cycle(CLIENT, "10", "10.08", "100.80").customer("Elm")
    month.bill("Elm", SEATS, "0", "1.00").add(
        "Sell Prices", {"Billing Product": SEATS, "Currency": "USD", "Price": "15.00"}
    )
    hit = the_exception(month.reconcile()).hit
    assert (hit.at_stake, hit.expected) == (Decimal("150.00"), Decimal("150.00"))
    month.agreement(CLIENT, SEATS, "14.00")
    assert the_exception(month.reconcile()).hit.at_stake == Decimal("140.00")


def test_as_billed_but_unbilled_without_any_price_is_the_vendors_cost(books: OpenBooks) -> None:
    """Neither bill nor contract nor list: at least the 100.80 that the vendor charges is lost."""
    month = trusted(books).cycle(CLIENT, "10", "10.08", "100.80").customer("Elm").bill("Elm", SEATS, "0", "1.00")
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("unbilled", Decimal("100.80"))
    assert (finding.hit.expected, finding.hit.direction) == (None, "we lose")


def test_an_agreement_overrides_where_the_price_comes_from(books: OpenBooks) -> None:
    """The product is sold by list, this client has a fixed price of 12.00."""
    month = listed(books).agreement(CLIENT, SEATS, "12.00", price_basis="fixed")
    month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "12.00", "120.00")
    assert month.reconcile().findings == []


def test_an_agreement_overrides_where_the_quantity_comes_from(books: OpenBooks) -> None:
    """This client is billed by count: 8 counted, though the vendor charges 10."""
    month = books("2026-10").customer(CLIENT).product(SEATS).agreement(CLIENT, SEATS, "14.00", quantity_source="count")
    month.cycle(CLIENT, "10", "10.08", "100.80").count(CLIENT, SEATS, "8")
    month.bill(CLIENT, SEATS, "8", "14.00", "112.00")
    assert month.reconcile().findings == []


def test_a_blank_amount_is_quantity_times_unit_price(books: OpenBooks) -> None:
    """10 x 15.00, the amount left to us."""
    month = listed(books).cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "15.00")
    assert month.reconcile().findings == []


def test_products_without_a_source_are_left_alone(books: OpenBooks) -> None:
    """Hours of consulting are sold without vendor or count."""
    month = listed(books).cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "15.00")
    month.product("Consulting", "as billed", "none").bill(CLIENT, "Consulting", "7.5", "120.00", "900.00")
    assert month.reconcile().findings == []
