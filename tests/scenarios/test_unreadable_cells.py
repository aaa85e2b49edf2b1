"""A cell that cannot be read is a finding with its address; the other rows go on (RECKONING 7)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, control, exceptions, rules_of

CLIENT, SEATS, DEVICES = "Alder Legal", "Business Standard", "Managed Workstation"


def two_clients(books: OpenBooks) -> Books:
    """Alder and Elm, ten seats each at 14.00; Elm also five workstations at 8.50; all of it billed."""
    month = books("2026-10").product(SEATS).product(DEVICES, "fixed", "count")
    for name in (CLIENT, "Elm Dental"):
        month.customer(name).agreement(name, SEATS, "14.00").bill(name, SEATS, "10", "14.00", "140.00")
        month.cycle(name, "10", "10.08", "100.80", subscription_id=f"sub of {name}")
    month.agreement("Elm Dental", DEVICES, "8.50").count("Elm Dental", DEVICES, "5")
    return month.bill("Elm Dental", DEVICES, "5", "8.50", "42.50")


def addresses(month: Books) -> list[str]:
    found = month.reconcile().exceptions
    assert {finding.rule for finding in found} == {"unreadable-cell"}
    return [finding.hit.why for finding in found]


@pytest.mark.parametrize(
    ("table", "place", "column", "text", "address", "shown"),
    [
        ("Vendor Lines", 0, "Subtotal", "ten", "Vendor Lines > row 6 > Subtotal", "'ten'"),
        ("Vendor Lines", 1, "Billable Quantity", "#N/A", "Vendor Lines > row 7 > Billable Quantity", "#N/A"),
        ("Vendor Lines", 0, "Charge End Date", "31.31.2026", "Vendor Lines > row 6 > Charge End Date", "31.31.2026"),
        (
            "Vendor Lines",
            0,
            "Charge End Date",
            "2026-01-31",
            "Vendor Lines > row 6 > Charge End Date",
            "before Charge Start Date",
        ),
        ("Vendor Lines", 0, "Currency", "", "Vendor Lines > row 6 > Currency", "blank"),
        ("Billed Lines", 0, "Quantity", "ten", "Billed Lines > row 6 > Quantity", "'ten'"),
        ("Billed Lines", 1, "Amount", "#REF!", "Billed Lines > row 7 > Amount", "#REF!"),
        ("Counts", 0, "Count", "five", "Counts > row 6 > Count", "'five'"),
        ("Counts", 0, "As Of", "soon", "Counts > row 6 > As Of", "'soon'"),
    ],
)
def test_the_address_is_named_and_the_other_rows_go_on(
    books: OpenBooks, table: str, place: int, column: str, text: str, address: str, shown: str
) -> None:
    """One finding a cell, no follow-up finding on its client, and everything else is checked."""
    month = two_clients(books)
    month.tables[table][place][column] = text
    if not text:
        del month.tables[table][place][column]
    (why,) = addresses(month)
    assert why.startswith(f"{address}: found ")
    assert shown in why
    result = month.reconcile()
    assert result.failed_controls == []
    assert (result.checked_keys, result.keys) == (2, 3)


def test_the_money_of_the_row_is_at_stake_where_it_can_be_read(books: OpenBooks) -> None:
    """The quantity is damaged, the subtotal of 100.80 is not."""
    month = two_clients(books)
    month.tables["Vendor Lines"][0]["Billable Quantity"] = "ten"
    assert exceptions(month.reconcile()) == [("unreadable-cell", CLIENT, Decimal("100.80"), "review")]


def test_an_unreadable_vendor_line_is_held_in_the_tie_out(books: OpenBooks) -> None:
    """Its money is neither drafted nor lost: 100.80 held."""
    month = two_clients(books)
    month.tables["Vendor Lines"][0]["Billable Quantity"] = "ten"
    note = control(month.reconcile(), "Vendor invoice: lines read = drafted").note
    assert note == "Net: drafted 100.80, held 100.80, unmapped 0.00, excluded 0.00"


def test_other_damage_of_the_same_client_is_still_compared(books: OpenBooks) -> None:
    """Elm's workstation count is damaged; its missing two seats are found all the same."""
    month = two_clients(books)
    month.tables["Counts"][0]["Count"] = "five"
    month.tables["Billed Lines"][1] |= {"Quantity": "8", "Amount": "112.00"}
    assert sorted(rules_of(month.reconcile())) == ["underbilled", "unreadable-cell"]


def test_two_damaged_cells_are_two_findings(books: OpenBooks) -> None:
    """Each with an address of its own."""
    month = two_clients(books)
    month.tables["Vendor Lines"][0] |= {"Subtotal": "ten", "Billable Quantity": "many"}
    assert len(addresses(month)) == 2


def test_a_billed_line_without_amount_and_price_is_never_zero(books: OpenBooks) -> None:
    """Quantity alone says nothing about money."""
    month = two_clients(books)
    for column in ("Amount", "Unit Price"):
        del month.tables["Billed Lines"][0][column]
    (why,) = addresses(month)
    assert why.startswith("Billed Lines > row 6 > Amount: found blank")


def test_a_damaged_price_is_a_finding_and_no_price(books: OpenBooks) -> None:
    """An agreement price of "fourteen" holds the draft line; it is never 0.00."""
    month = two_clients(books)
    month.tables["Agreements"][0]["Price"] = "fourteen"
    result = month.reconcile()
    assert sorted(rules_of(result)) == ["unpriced", "unreadable-cell"]
    (line,) = next(draft for draft in result.drafts if draft.customer == CLIENT).lines
    assert line.is_held


def test_a_damaged_date_never_widens_a_price(books: OpenBooks) -> None:
    """A list price that ends on "soon" is not one without an end."""
    month = books("2026-10").customer(CLIENT).product(SEATS, "list")
    month.add("Sell Prices", {"Billing Product": SEATS, "Currency": "USD", "Price": "15.00", "End": "soon"})
    month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "15.00", "150.00")
    assert sorted(rules_of(month.reconcile())) == ["unpriced", "unreadable-cell"]


def test_a_number_with_more_digits_than_excel_holds_is_read_exactly_from_text(books: OpenBooks) -> None:
    """0.199996800051199 1808131 has 22 digits: x 50,000 units of usage priced one by one is 10,000, not rounded before."""
    month = books("2026-10").customer(CLIENT).product(SEATS).agreement(CLIENT, SEATS, "0.123456789012345678")
    month.cycle(CLIENT, "81000000", "0.1999968000511991808131", "16199740.80")
    month.bill(CLIENT, SEATS, "1", amount="9999999.91")  # 81,000,000 x 0.123456789012345678 = 9999999.909999...
    result = month.reconcile()
    assert [match["expected"] for match in result.matches] == [Decimal("9999999.91")]
