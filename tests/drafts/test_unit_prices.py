"""Sell Rounding on drafts: the quantity stays, and quantity times unit price is the line or rounds to it (RECKONING 3)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, the_draft, the_line

CLIENT, SEATS = "Alder Legal", "Business Standard"


def listed(books: OpenBooks, price: str, rounding: str, basis: str = "list", source: str = "vendor") -> Books:
    """Seats at a list price of our own."""
    month = books("2026-10", sell_rounding=rounding).customer(CLIENT).product(SEATS, basis, source)
    return month.add("Sell Prices", {"Billing Product": SEATS, "Currency": "USD", "Price": price})


@pytest.mark.parametrize(
    ("price", "seats", "net"), [("33.335", "3", "100.01"), ("10.005", "7", "70.04"), ("0.006", "5000", "30.00")]
)
@pytest.mark.parametrize("rounding", ["unit", "line"])
@pytest.mark.parametrize("source", ["vendor", "count"])
def test_a_list_price_with_parts_of_a_cent(
    books: OpenBooks, source: str, rounding: str, price: str, seats: str, net: str
) -> None:
    """Billed as it was typed, and rounded once on the line: 3 x 33.335 = 100.005 is 100.01. Counted or charged alike."""
    month = listed(books, price, rounding, source=source).count(CLIENT, SEATS, seats)
    month.cycle(CLIENT, seats, "1.00", f"{seats}.00").bill(CLIENT, SEATS, seats, amount=net)
    result = month.reconcile()
    assert [finding for finding in result.findings if finding.variance] == []
    line = the_line(result)
    assert (line.quantity, line.unit, line.net) == (Decimal(seats), Decimal(price), Decimal(net))


def test_a_markup_keeps_its_decimals_where_the_line_is_rounded(books: OpenBooks) -> None:
    """13 seats at 20.04 plus 22.5 % are 13 x 24.549 = 319.137, so 319.14: thirteen seats, not one of 319.14."""
    month = books("2026-10", sell_rounding="line").customer(CLIENT).product(SEATS, "markup")
    month.add("Price Rules", {"Level": "product", "Markup": "22.5"}).cycle(CLIENT, "13", "20.04", "260.52")
    line = the_line(month.bill(CLIENT, SEATS, "13", amount="319.14").reconcile())
    assert (line.quantity, line.unit, line.net) == (Decimal(13), Decimal("24.549"), Decimal("319.14"))


def test_two_rounded_lines_are_two_where_their_sum_is_not_units_times_price(books: OpenBooks) -> None:
    """Six lines of 24.55 are 147.30, while 6 x 24.549 rounds to 147.29: each line stands for itself."""
    month = books("2026-10", sell_rounding="line").customer(CLIENT).product(SEATS, "markup")
    month.add("Price Rules", {"Level": "product", "Markup": "22.5"})
    for number in range(6):
        month.cycle(CLIENT, "1", "20.04", "20.04", subscription_id=f"sub-{number}", reference_id=f"r{number}")
    draft = the_draft(month.bill(CLIENT, SEATS, "6", amount="147.30").reconcile())
    assert draft.net == Decimal("147.30")
    assert {(line.quantity, line.unit, line.net) for line in draft.lines} == {
        (Decimal(1), Decimal("24.549"), Decimal("24.55"))
    }


def test_a_price_on_trust_is_not_rounded(books: OpenBooks) -> None:
    """Billed 41 seats for 1,052.80 together: that average is the unit price, and the line has 41 seats."""
    month = listed(books, "1.00", "unit", "as billed").cycle(CLIENT, "41", "1.00", "41.00")
    line = the_line(month.bill(CLIENT, SEATS, "41", amount="1052.80").reconcile())
    assert (line.quantity, line.unit, line.net) == (Decimal(41), Decimal("25.67804878"), Decimal("1052.80"))


def test_a_meters_price_below_a_cent_stays(books: OpenBooks) -> None:
    """20,000 units at 0.0004 are 8.00, not 20,000 x 0.00."""
    month = listed(books, "0.0004", "unit")
    month.cycle(CLIENT, "20000", "0.0003", "6.00", subscription_description="Azure plan", unit_type="1 GB")
    month.tables["Vendor Lines"][0] |= {"Term And Billing Cycle": "", "Billing Frequency": "", "Charge Type": "new"}
    assert the_draft(month.bill(CLIENT, SEATS, "1", amount="8.00").reconcile()).net == Decimal("8.00")
