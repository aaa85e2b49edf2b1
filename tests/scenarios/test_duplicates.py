"""The same line twice: on the vendor's invoice, by loading, on the bill (RECKONING 4)."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, control, exceptions, rules_of, the_exception, the_match

CLIENT, SEATS = "Alder Legal", "Business Standard"


def ten_seats(books: OpenBooks) -> Books:
    month = books("2026-10").customer(CLIENT).product(SEATS).agreement(CLIENT, SEATS, "14.00")
    return month.cycle(CLIENT, "10", "10.08", "100.80")


def test_a_vendor_line_charged_twice(books: OpenBooks) -> None:
    """The copy is worth 100.80 of cost; it is left out of what is expected and of the drafts."""
    month = ten_seats(books).cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "14.00", "140.00")
    result = month.reconcile()
    assert exceptions(result) == [("duplicate-vendor-line", CLIENT, Decimal("100.80"), "vendor overcharged")]
    assert the_match(result)["expected"] == Decimal("140.00")
    note = control(result, "Vendor invoice: lines read = drafted").note
    assert note == "Net: drafted 100.80, held 0.00, unmapped 0.00, excluded 100.80"


def test_a_vendor_line_charged_three_times(books: OpenBooks) -> None:
    """Two copies, 201.60 together, each a finding with a key of its own."""
    month = ten_seats(books).cycle(CLIENT, "10", "10.08", "100.80").cycle(CLIENT, "10", "10.08", "100.80")
    result = month.bill(CLIENT, SEATS, "10", "14.00", "140.00").reconcile()
    assert [told.at_stake for told in exceptions(result)] == [Decimal("100.80"), Decimal("100.80")]
    assert len({finding.key for finding in result.findings}) == 2


def test_a_refund_printed_twice_is_for_review(books: OpenBooks) -> None:
    """The vendor gave back too much: nobody is overcharged."""
    month = ten_seats(books)
    for _ in range(2):
        month.seats(CLIENT, [("removeQuantity", "2026-10-20", "2026-10-31", "-3.90", "2", "-7.80")])
    month.bill(CLIENT, SEATS, "8", amount="129.17")  # 140.00 - 2 x 14.00 x 3.90/10.08 = 129.1666...
    assert exceptions(month.reconcile()) == [("duplicate-vendor-line", CLIENT, Decimal("7.80"), "review")]


def test_two_lines_that_differ_in_one_column_are_two_charges(books: OpenBooks) -> None:
    """Telco and non-telco halves of one purchase differ in their AvailabilityId only."""
    month = books("2026-10").customer(CLIENT).product(SEATS).agreement(CLIENT, SEATS, "14.00")
    month.cycle(CLIENT, "5", "10.08", "50.40", availability_id="A").cycle(
        CLIENT, "5", "10.08", "50.40", availability_id="B"
    )
    assert month.bill(CLIENT, SEATS, "10", "14.00", "140.00").reconcile().findings == []


def loaded_twice(books: OpenBooks, sources: tuple[str, str]) -> Books:
    """Invoice G001 with the lines of three clients, in the workbook twice."""
    month = books("2026-10").product(SEATS)
    for name in ("Alder", "Birch", "Cedar"):
        month.customer(name).agreement(name, SEATS, "14.00").bill(name, SEATS, "10", "14.00", "140.00")
    for source in sources:
        for number, name in enumerate(("Alder", "Birch", "Cedar"), 2):
            line = {"line": f"{source}-{number}", "source": source} if source else {}
            month.cycle(name, "10", "10.08", "100.80", subscription_id=f"sub of {name}", **line)
    return month


def test_an_invoice_loaded_twice_is_one_finding(books: OpenBooks) -> None:
    """3 x 100.80 stand in the workbook under two sources: one mistake, one finding of 302.40."""
    result = loaded_twice(books, ("S1", "S2")).reconcile()
    assert exceptions(result) == [("duplicate-vendor-line", "", Decimal("302.40"), "vendor overcharged")]
    assert {match["expected"] for match in result.matches} == {Decimal("140.00")}


def test_an_invoice_pasted_twice_is_worth_its_money_once(books: OpenBooks) -> None:
    """Pasted rows carry no source: whatever the grain, 302.40 of copies, and nothing is expected twice."""
    result = loaded_twice(books, ("", "")).reconcile()
    assert {told.rule for told in exceptions(result)} == {"duplicate-vendor-line"}
    assert sum(told.at_stake for told in exceptions(result)) == Decimal("302.40")
    assert {match["expected"] for match in result.matches} == {Decimal("140.00")}


def test_an_invoice_loaded_three_times_is_worth_two_copies(books: OpenBooks) -> None:
    """604.80 of copies."""
    month = loaded_twice(books, ("S1", "S2"))
    for number, name in enumerate(("Alder", "Birch", "Cedar"), 2):
        month.cycle(name, "10", "10.08", "100.80", subscription_id=f"sub of {name}", line=f"S3-{number}", source="S3")
    result = month.reconcile()
    assert sum(told.at_stake for told in exceptions(result)) == Decimal("604.80")
    assert len({finding.key for finding in result.findings}) == len(result.findings)


def test_copied_rows_that_kept_their_line_id_are_copies_all_the_same(books: OpenBooks) -> None:
    """Copy and paste inside Vendor Lines duplicates the id as well."""
    month = books("2026-10").customer(CLIENT).product(SEATS).agreement(CLIENT, SEATS, "14.00")
    for _ in range(2):
        month.cycle(CLIENT, "10", "10.08", "100.80", line="S1-2", source="S1")
    result = month.bill(CLIENT, SEATS, "10", "14.00", "140.00").reconcile()
    assert exceptions(result) == [("duplicate-vendor-line", CLIENT, Decimal("100.80"), "vendor overcharged")]


def test_two_different_lines_charged_twice_have_different_keys(books: OpenBooks) -> None:
    """Two purchases of one day and price that differ in their order, each of them printed twice."""
    month = books("2026-10").customer(CLIENT).product(SEATS).agreement(CLIENT, SEATS, "14.00")
    for order in ("one", "one", "two", "two"):
        month.cycle(CLIENT, "5", "10.08", "50.40", order_id=order)
    result = month.bill(CLIENT, SEATS, "10", "14.00", "140.00").reconcile()
    assert [told.at_stake for told in exceptions(result)] == [Decimal("50.40"), Decimal("50.40")]
    assert len({finding.key for finding in result.findings}) == 2


def test_a_line_billed_twice(books: OpenBooks) -> None:
    """140.00 stand on the bill twice, ten seats are charged: one copy too many."""
    month = ten_seats(books).bill(CLIENT, SEATS, "10", "14.00", "140.00").bill(CLIENT, SEATS, "10", "14.00", "140.00")
    assert exceptions(month.reconcile()) == [
        ("duplicate-billed-line", CLIENT, Decimal("140.00"), "customer overcharged"),
    ]


def test_a_line_billed_three_times(books: OpenBooks) -> None:
    """Two copies too many: 280.00, one finding a key."""
    month = ten_seats(books)
    for _ in range(3):
        month.bill(CLIENT, SEATS, "10", "14.00", "140.00")
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("duplicate-billed-line", Decimal("280.00"))


def test_two_equal_subscriptions_may_have_two_equal_lines(books: OpenBooks) -> None:
    """Two subscriptions of ten seats, billed as two equal lines: legitimate."""
    month = ten_seats(books).cycle(CLIENT, "10", "10.08", "100.80", subscription_id="sub-2")
    month.bill(CLIENT, SEATS, "10", "14.00", "140.00").bill(CLIENT, SEATS, "10", "14.00", "140.00")
    assert month.reconcile().findings == []


def test_a_third_copy_of_two_legitimate_lines_is_the_duplicate(books: OpenBooks) -> None:
    """Two subscriptions of ten seats, three equal lines: leaving one out brings the key to what is expected."""
    month = ten_seats(books).cycle(CLIENT, "10", "10.08", "100.80", subscription_id="sub-2")
    for _ in range(3):
        month.bill(CLIENT, SEATS, "10", "14.00", "140.00")
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("duplicate-billed-line", Decimal("140.00"))


def test_a_line_billed_twice_where_seats_are_missing_too(books: OpenBooks) -> None:
    """8 seats billed twice, 10 charged: a copy of 112.00, and two seats (28.00) still missing."""
    month = ten_seats(books).bill(CLIENT, SEATS, "8", "14.00", "112.00").bill(CLIENT, SEATS, "8", "14.00", "112.00")
    told = [(f.rule, f.hit.at_stake) for f in month.reconcile().exceptions]
    assert sorted(told) == [("duplicate-billed-line", Decimal("112.00")), ("underbilled", Decimal("28.00"))]


def test_lines_that_differ_in_their_text_are_not_copies(books: OpenBooks) -> None:
    """140.00 too much, but no copy: the key is overbilled."""
    month = ten_seats(books).bill(CLIENT, SEATS, "10", "14.00", "140.00", description="October")
    month.bill(CLIENT, SEATS, "10", "14.00", "140.00", description="October again")
    assert rules_of(month.reconcile()) == ["overbilled"]


def test_a_billed_row_copied_with_its_line_id_counts_once_more_not_four_times(books: OpenBooks) -> None:
    """Copy and paste inside Billed Lines duplicates the id as well: 280.00 billed, 140.00 too much."""
    month = ten_seats(books)
    for _ in range(2):
        month.bill(CLIENT, SEATS, "10", "14.00", "140.00", line="B-1", source="S9")
    result = month.reconcile()
    assert the_match(result)["billed"] == Decimal("280.00")
    assert exceptions(result) == [("duplicate-billed-line", CLIENT, Decimal("140.00"), "customer overcharged")]
