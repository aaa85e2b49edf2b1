"""Rule invoice-control-difference. More stories: tieout/test_controls.py and scenarios/test_vendor_faults.py."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, control, exceptions, the_exception

SEATS = "Seats"


def month_of(books: OpenBooks) -> Books:
    """Alder with tax on invoice G001: 100.80 + 19.15 = 119.95."""
    month = books("2026-10").customer("Alder").product(SEATS).agreement("Alder", SEATS, "14.00")
    month.cycle("Alder", "10", "10.08", "100.80", tax_total="19.15")
    return month.bill("Alder", SEATS, "10", "14.00", "140.00")


@pytest.mark.parametrize(("printed", "at_stake", "word"), [("169.95", "50.00", "less"), ("100.00", "19.95", "more")])
def test_fires_with_the_difference(books: OpenBooks, printed: str, at_stake: str, word: str) -> None:
    """One finding an invoice, whichever way it differs; its lines are the evidence."""
    finding = the_exception(month_of(books).control_total(printed).reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("invoice-control-difference", Decimal(at_stake))
    assert (finding.hit.direction, finding.hit.customer, finding.hit.product) == ("review", "", "")
    assert f"{at_stake} USD {word} than its control total {printed} USD" in finding.hit.why
    assert finding.source_rows == ("Vendor Lines row 6",)


def test_fires_once_an_invoice_and_currency(books: OpenBooks) -> None:
    """Two invoices, and two currencies of one of them."""
    month = month_of(books).control_total("1.00").control_total("2.00", "G002").control_total("3.00", "G002", "EUR")
    found = [(f.hit.identity, f.hit.at_stake) for f in month.reconcile().exceptions]
    assert sorted(found) == [
        (("G001", "USD"), Decimal("118.95")),
        (("G002", "EUR"), Decimal("3.00")),
        (("G002", "USD"), Decimal("2.00")),
    ]


def test_fires_with_a_hint_where_the_tax_was_left_out(books: OpenBooks) -> None:
    """100.80 is the net of the invoice."""
    hit = the_exception(month_of(books).control_total("100.80").reconcile()).hit
    assert hit.at_stake == Decimal("19.15")
    assert hit.why.endswith("Without tax they are just that total.")
    assert hit.action == "Type the total with tax into Control Total on Sources."


@pytest.mark.parametrize("totals", [("119.95",), ("100.00", "19.95"), ("119.95", "119.95"), ()])
def test_quiet_where_it_agrees_or_is_not_typed(books: OpenBooks, totals: tuple[str, ...]) -> None:
    """In one part, in two, typed on each of two parts, or not at all."""
    month = month_of(books)
    for total in totals:
        month.control_total(total)
    assert month.reconcile().findings == []


def test_the_bill_of_the_only_missing_subscription_is_its_consequence(books: OpenBooks) -> None:
    """Birch was charged 20.16 in September and is billed again; just 20.16 are missing."""
    month = missing(month_of(books)).control_total("140.11")
    result = month.reconcile()
    assert exceptions(result) == [("invoice-control-difference", "", Decimal("20.16"), "review")]
    assert [finding.hit.customer for finding in result.exceptions if finding.cause] == ["Birch"]


def test_a_bill_of_another_amount_stays_primary(books: OpenBooks) -> None:
    """20.17 are missing: that Birch's line is among them is a guess."""
    found = exceptions(missing(month_of(books)).control_total("140.12").reconcile())
    assert sorted(told.customer for told in found) == ["", "Birch"]


def test_two_that_fit_prove_nothing(books: OpenBooks) -> None:
    """Birch and Cedar were both charged 20.16."""
    month = missing(missing(month_of(books)), "Cedar").control_total("140.11")
    assert sorted(told.customer for told in exceptions(month.reconcile())) == ["", "Birch", "Cedar"]


def test_a_surplus_line_that_nobody_bills_follows(books: OpenBooks) -> None:
    """The invoice says 119.95; a line of 20.16 for Birch is too many, and just that is not billed."""
    month = month_of(books).customer("Birch").agreement("Birch", SEATS, "14.00").control_total("119.95")
    month.cycle("Birch", "2", "10.08", "20.16", subscription_id="birch")
    assert exceptions(month.reconcile()) == [("invoice-control-difference", "", Decimal("20.16"), "review")]


def test_a_copy_explains_its_invoice(books: OpenBooks) -> None:
    """The line stands there twice, the control total is of one: the copy is the fault."""
    month = month_of(books).control_total("119.95").cycle("Alder", "10", "10.08", "100.80", tax_total="19.15")
    assert [told.rule for told in exceptions(month.reconcile())] == ["duplicate-vendor-line"]


def test_an_amount_that_cannot_be_read_explains_its_invoice(books: OpenBooks) -> None:
    """The subtotal says "ten": its invoice cannot add up."""
    month = month_of(books).control_total("140.11").cycle("Alder", "2", "10.08", "ten", subscription_id="sub-2")
    result = month.reconcile()
    assert [told.rule for told in exceptions(result)] == ["unreadable-cell"]
    assert control(result, "Vendor invoice: lines read = control total").word == "FAIL"


def missing(month: Books, client: str = "Birch") -> Books:
    """Two seats, charged in September on a subscription that October's invoice does not have, and billed in both."""
    month.customer(client).agreement(client, SEATS, "14.00").bill(client, SEATS, "2", "14.00", "28.00")
    line = ("cycleCharge", "2026-09-01", "2026-09-30", "10.08", "2", "20.16")
    return month.seats(client, [line], period="2026-09", invoice_number="G000", subscription_id=f"sub of {client}")
