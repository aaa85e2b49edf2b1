"""Tie-out: where every vendor line went, and what stands behind green, red and NOT CHECKED (RECKONING 5)."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, control, exceptions

SEATS = "Business Standard"
CONTROL_TOTAL = "Vendor invoice: lines read = control total"
DISPOSED = "Vendor invoice: lines read = drafted"


def two_invoices(books: OpenBooks) -> Books:
    """Alder on G001 (100.80 + 19.15 tax), Birch on G002 (50.40 + 9.58 tax); both billed as they should be."""
    month = books("2026-10").product(SEATS)
    for name, invoice, seats, cost, tax, bill in (
        ("Alder", "G001", "10", "100.80", "19.15", "140.00"),
        ("Birch", "G002", "5", "50.40", "9.58", "70.00"),
    ):
        month.customer(name).agreement(name, SEATS, "14.00").bill(name, SEATS, seats, "14.00", bill)
        month.cycle(name, seats, "10.08", cost, subscription_id=name, invoice_number=invoice, tax_total=tax)
    return month


def test_a_control_total_that_agrees_is_green(books: OpenBooks) -> None:
    """With tax: 100.80 + 19.15 = 119.95."""
    result = two_invoices(books).control_total("119.95").control_total("59.98", "G002").reconcile()
    green = [control(result, CONTROL_TOTAL, invoice) for invoice in ("G001", "G002")]
    assert [(c.actual, c.word) for c in green] == [(Decimal("119.95"), "OK"), (Decimal("59.98"), "OK")]
    assert (result.failed_controls, result.exit_code) == ([], 0)


def test_a_red_control_total_holds_that_invoices_drafts(books: OpenBooks) -> None:
    """G001 is 0.05 short of what the vendor asks: Alder's draft is held, Birch's goes; exit 1."""
    result = two_invoices(books).control_total("120.00").control_total("59.98", "G002").reconcile()
    red = control(result, CONTROL_TOTAL, "G001")
    assert (red.word, red.difference) == ("FAIL", Decimal("-0.05"))
    held = {draft.customer: (draft.status, draft.hold_reasons) for draft in result.drafts}
    assert held == {
        "Alder": ("Held", ("invoice G001 differs from the vendor's control total",)),
        "Birch": ("Draft", ()),
    }
    assert control(result, DISPOSED, "G001").note == "Net: drafted 0.00, held 100.80, unmapped 0.00, excluded 0.00"
    assert exceptions(result) == [("invoice-control-difference", "", Decimal("0.05"), "review")]
    assert result.exit_code == 1


def test_a_held_draft_keeps_lines_and_totals(books: OpenBooks) -> None:
    """It is only kept from going out."""
    draft = two_invoices(books).control_total("120.00").reconcile().drafts[0]
    assert (draft.net, len(draft.billed_lines), draft.held_lines) == (Decimal("140.00"), 1, ())


def test_without_a_control_total_the_control_is_never_green(books: OpenBooks) -> None:
    """NOT CHECKED, and nothing is held for it."""
    result = two_invoices(books).control_total("119.95").reconcile()
    blank = control(result, CONTROL_TOTAL, "G002")
    assert (blank.word, blank.ok, blank.expected) == ("NOT CHECKED", None, None)
    assert {draft.status for draft in result.drafts} == {"Draft"}


def test_a_control_total_for_an_invoice_that_is_not_loaded_is_red(books: OpenBooks) -> None:
    """The vendor's invoice G009 over 77.00 has no lines here."""
    missing = control(two_invoices(books).control_total("77.00", "G009").reconcile(), CONTROL_TOTAL, "G009")
    assert (missing.word, missing.actual, missing.difference) == ("FAIL", Decimal(0), Decimal("-77.00"))


def test_a_control_total_of_another_period_is_left_alone(books: OpenBooks) -> None:
    """September's invoices are September's."""
    month = two_invoices(books).control_total("77.00", "G000")
    month.tables["Sources"][0]["Period"] = "2026-09"
    assert "G000" not in {c.invoice for c in month.reconcile().controls}


def test_an_invoice_in_two_currencies_has_two_controls(books: OpenBooks) -> None:
    """One invoice number, dollars and euros: each against its own total."""
    month = two_invoices(books).control_total("119.95").control_total("10.00", "G001", "EUR")
    month.add("FX Rates", {"From": "EUR", "To": "USD", "Rate": "1.10"})
    month.cycle("Alder", "1", "10.00", "10.00", subscription_id="e", currency="EUR")
    words = {(c.invoice, c.currency): c.word for c in month.reconcile().controls if c.name == CONTROL_TOTAL}
    assert words == {("G001", "USD"): "OK", ("G001", "EUR"): "OK", ("G002", "USD"): "NOT CHECKED"}


def test_every_line_has_one_disposition(books: OpenBooks) -> None:
    """Drafted, held, unmapped, excluded: 100.80 + 50.40 + 7.00 + 3.00 + 2.00 + 50.40 read, to the cent."""
    month = two_invoices(books).product("Visio", "list", product_id="V", sku_id="1")
    month.product("Counted", "fixed", "count", product_id="C", sku_id="1")
    g2 = {"invoice_number": "G002"}
    month.cycle("Birch", "1", "7.00", "7.00", product_id="V", sku_id="1", subscription_id="v", **g2)  # no price
    month.cycle("Stranger", "1", "3.00", "3.00", **g2)
    month.cycle("Birch", "1", "2.00", "2.00", product_id="C", sku_id="1", subscription_id="c", **g2)  # by count
    month.cycle("Birch", "5", "10.08", "50.40", subscription_id="Birch", tax_total="9.58", **g2)  # a copy
    found = control(month.reconcile(), DISPOSED, "G002")
    assert found.note == "Net: drafted 50.40, held 7.00, unmapped 3.00, excluded 52.40"
    assert (found.expected, found.actual, found.word) == (Decimal("112.80"), Decimal("112.80"), "OK")


def test_a_blank_total_is_subtotal_plus_tax(books: OpenBooks) -> None:
    """And a Total of the vendor's own is taken as printed."""
    month = two_invoices(books).control_total("119.95").control_total("60.00", "G002")
    month.tables["Vendor Lines"][1]["Total"] = "60.00"
    assert {c.word for c in month.reconcile().controls if c.name == CONTROL_TOTAL} == {"OK"}


def test_drafts_equal_the_expected_bill(books: OpenBooks) -> None:
    """210.00 of draft lines, index and expectation; counted lines have a control of their own."""
    month = two_invoices(books).product("Device", "fixed", "count").agreement("Alder", "Device", "8.50")
    month.count("Alder", "Device", "9").bill("Alder", "Device", "9", "8.50")
    result = month.reconcile()
    assert control(result, "Drafts: lines = expected").actual == Decimal("286.50")  # 140 + 70 + 76.50
    assert control(result, "Drafts: index = draft lines").expected == Decimal("286.50")
    assert control(result, "Counts: counted bill").actual == Decimal("76.50")
    assert control(result, DISPOSED, "G001").actual == Decimal("100.80")


def test_held_drafts_count_in_the_controls_of_drafts(books: OpenBooks) -> None:
    """Holding Alder's draft moves no money: 210.00."""
    result = two_invoices(books).control_total("120.00").reconcile()
    assert control(result, "Drafts: lines = expected").actual == Decimal("210.00")


def test_billed_lines_meet_the_match(books: OpenBooks) -> None:
    """Every mapped billed amount is in a key: 210.00, unmapped ones apart."""
    month = two_invoices(books).bill("Nobody", SEATS, "1", "5.00", "5.00")
    assert control(month.reconcile(), "Billed lines").actual == Decimal("210.00")


def test_coverage_names_every_kind_of_row(books: OpenBooks) -> None:
    """Rows and money by what became of them."""
    month = two_invoices(books).bill("Nobody", SEATS, "1", "5.00", "5.00").count("Nobody", SEATS, "3")
    rows = {(row.area, row.status, row.rows, row.amount) for row in month.reconcile().coverage if row.area != "Checks"}
    assert rows == {
        ("Vendor lines", "CHECKED", 2, Decimal("151.20")),
        ("Vendor arithmetic", "CHECKED", 1, Decimal("100.80")),
        ("Vendor arithmetic", "CHECKED", 1, Decimal("50.40")),
        ("Billed lines", "CHECKED", 2, Decimal("210.00")),
        ("Billed lines", "UNMAPPED", 1, Decimal("5.00")),
        ("Counts", "UNMAPPED", 1, None),
        ("Clients x products", "CHECKED", 2, Decimal("210.00")),
    }


def test_a_held_draft_is_not_called_checked_and_drafted(books: OpenBooks) -> None:
    """Coverage shows its lines as held."""
    result = two_invoices(books).control_total("120.00").reconcile()
    vendor = {(row.status, row.amount) for row in result.coverage if row.area == "Vendor lines"}
    assert vendor == {("HELD", Decimal("100.80")), ("CHECKED", Decimal("50.40"))}
