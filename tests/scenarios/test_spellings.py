"""Mapping rows find their customer and product however they are spelled; a row that finds none is said, never dropped in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from recon_xl.commands.check import check
from recon_xl.commands.model import Clock
from scenarios.harness import NOW, Books, OpenBooks, the_draft

CLIENT, SEATS = "Alder Dental Ltd", "Business Standard"
SPELLINGS = (CLIENT, "alder dental ltd", "AD", "ad", "The Dentist", "ALDER DENTAL, Limited")
NAMING = {"Code": "AD", "Aliases": "The Dentist"}


def clients(books: OpenBooks, basis: str = "markup") -> Books:
    """A client with a code and an alias, and ten seats at a cost of 10.00."""
    month = books("2026-10").customer(CLIENT, **NAMING).product(SEATS, basis, Aliases="Std Seat")
    month.cycle(CLIENT, "10", "10.00", "100.00", total="100.00").control_total("100.00")
    return month.bill(CLIENT, SEATS, "10", "12.00", "120.00")


def rule(level: str, who: str, markup: str, product: str = "") -> dict[str, str]:
    row = {"Level": level, "Applies To": who, "Billing Product": product, "Markup": markup}
    return {column: text for column, text in row.items() if text}


def told(month: Books) -> list[tuple[str, str, str]]:
    """Tab, row and what to do of every gap that a check lists."""
    return [(gap.where, gap.about, gap.fix) for gap in check(month.snapshot(), Clock(NOW, "tester")).gaps]


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_a_price_rule_finds_its_customer(books: OpenBooks, spelled: str) -> None:
    """20 % for this client, not the 5 % of the product."""
    month = clients(books).add("Price Rules", rule("product", "", "5"), rule("customer", spelled, "20", "std  SEAT"))
    result = month.reconcile()
    assert ([], Decimal("120.00")) == (result.exceptions, the_draft(result).net)
    assert ([], []) == (result.warnings, told(month))


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_a_sell_price_an_agreement_and_an_order_find_theirs(books: OpenBooks, spelled: str) -> None:
    """The client's own 12.00 by list, then by agreement, and the number of its order."""
    prices = {"Customer": spelled, "Billing Product": "STD SEAT", "Price": "12.00"}
    by_list = clients(books, "list").add("Sell Prices", {**prices, "Currency": "USD"})
    agreed = clients(books, "fixed").add("Agreements", {**prices, "Agreement": "A1"})
    for month in (by_list, agreed):
        result = month.add("Purchase Orders", {"Customer": spelled, "PO": "PO-7"}).reconcile()
        draft = the_draft(result)
        assert ([], Decimal("120.00"), "PO-7") == (result.exceptions, draft.net, draft.po)


def test_two_clients_of_like_names_keep_their_own_contracts(books: OpenBooks) -> None:
    """`Alder Ltd` and `Alder Inc` are one name without their legal forms; the contract of one is none of the other's."""
    month = books("2026-10").product("Seats")
    for name, price, amount in (("Alder Ltd", "12.00", "12.00"), ("Alder Inc", "15.00", "15.00")):
        month.customer(name).agreement(name, "Seats", price).cycle(name, "1", "10.00", "10.00", subscription_id=name)
        month.bill(name, "Seats", "1", price, amount)
    assert [] == month.reconcile().exceptions


def test_what_matches_nobody_is_said_and_is_a_gap(books: OpenBooks) -> None:
    """By tab and row, with what to do; a row that ended before the month is history."""
    month = clients(books).add(
        "Price Rules",
        rule("product", "", "20"),
        rule("customer", "Aldr", "30"),
        rule("customer", "Aldr", "40", SEATS),
        rule("reseller", "Norht", "30"),
        rule("customer", CLIENT, "30", "Busines Standard"),
        {**rule("customer", "Gone", "30"), "End": "2026-09-30"},
        rule("subscription", "sub-9", "30"),
    )
    month.add("Profiles", {"Profile": "Azure", "Tenant": f"ID OF {CLIENT}", "Percentage Off RRP": "1"})
    month.add("Profiles", {"Profile": "Azure", "Tenant": "t-0", "Percentage Off RRP": "2"})
    assert [
        ("Price Rules", "row 9", "Correct Applies To, or fill Reseller on Customers."),
        ("Price Rules", "rows 7, 8", "Correct Applies To, or add the name to Aliases on Customers."),
        ("Profiles", "row 7", "Correct Tenant, or add an id to Vendor Customer Ids, a name to Aliases on Customers."),
        ("Price Rules", "row 10", "Correct Billing Product, or add the name to Aliases on Products."),
    ] == told(month)
    warnings = month.reconcile().warnings
    assert 4 == len(warnings)
    words = 'Price Rules, rows 7, 8: "Aldr" in Applies To is no customer of Customers, so the rows have no effect'
    assert words in warnings


def test_a_spelling_that_fits_two_customers_fits_none(books: OpenBooks) -> None:
    """The rule is not given to one of them by chance."""
    month = clients(books).customer("Alder Dental Inc", Code="AD")
    month.add(
        "Price Rules", rule("product", "", "20"), rule("customer", "alder dental", "30"), rule("customer", "AD", "30")
    )
    assert [("Price Rules", "row 7"), ("Price Rules", "row 8")] == [(tab, row) for tab, row, _ in told(month)]
    (first, _) = month.reconcile().warnings
    assert "fits several rows of Customers (Alder Dental Inc, Alder Dental Ltd), so the row has no effect" in first
