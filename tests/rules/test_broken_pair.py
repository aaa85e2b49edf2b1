"""Rule broken-pair. More stories: scenarios/test_vendor_faults.py."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception

SEATS = "Seats"
OPENING = ("cycleCharge", "2026-10-01", "2026-10-31", "10.08", "10", "100.80")
WIPE = ("addQuantity", "2026-10-11", "2026-10-31", "-6.8285", "10", "-68.28")
RECREATE = ("addQuantity", "2026-10-11", "2026-10-31", "6.8285", "12", "81.94")
"""21 of 31 days of 10.08 = 6.8283...; printed a little higher, so that RD gives these."""


def added(books: OpenBooks, *sides: tuple[str, str, str, str, str, str], billed: str, **more: str) -> Books:
    month = books("2026-10").customer("Alder").product(SEATS, "markup")
    month.add("Price Rules", {"Level": "product", "Markup": "20"})
    month.seats("Alder", [OPENING], reference_id="ref-0").seats("Alder", sides, **({"reference_id": "ref-1"} | more))
    return month.bill("Alder", SEATS, "12", amount=billed)


def neighbour(month: Books) -> Books:
    """Birch, whose one seat of two is billed, is another matter."""
    month.customer("Birch").cycle("Birch", "2", "10.08", "20.16", subscription_id="birch", reference_id="ref-2")
    return month.bill("Birch", SEATS, "1", "12.10", "12.10")


def consequences(month: Books) -> list[str]:
    return sorted(finding.rule for finding in month.reconcile().exceptions if finding.cause)


def test_fires_where_the_charge_is_missing(books: OpenBooks) -> None:
    """Only the refund of ten seats is there: 68.28, and the whole bill looks too high by the charge."""
    month = added(books, WIPE, billed="137.36")
    assert exceptions(month.reconcile()) == [("broken-pair", "Alder", Decimal("68.28"), "review")]
    assert len(consequences(month)) == 1


def test_what_follows_asks_for_its_cause_to_be_settled_first(books: OpenBooks) -> None:
    """Reducing the bill as well would correct the same mistake twice."""
    findings = added(books, WIPE, billed="137.36").reconcile().exceptions
    follows = next(finding for finding in findings if finding.cause)
    assert follows.hit.action.startswith(f"Settle {follows.cause} first, this follows from it. Only if it still stands")
    assert follows.hit.action.endswith(" or credit the difference.")
    assert [finding.key for finding in findings if "first, this follows" not in finding.hit.action] == [follows.cause]


def test_fires_where_the_refund_is_missing(books: OpenBooks) -> None:
    """Only the charge of twelve seats is there: 81.94, and the bill looks too low by the refund."""
    month = added(books, RECREATE, billed="137.36")
    finding = next(finding for finding in month.reconcile().exceptions if finding.is_primary)
    assert (finding.rule, finding.hit.at_stake, finding.hit.subscription) == ("broken-pair", Decimal("81.94"), "sub-1")
    assert "the charge of a seat change without the refund that it replaces, Reference Id ref-1" in finding.hit.why
    assert len(consequences(month)) == 1


def test_fires_for_an_upgrade_that_only_refunds(books: OpenBooks) -> None:
    """A conversion takes ten seats away and gives none."""
    convert = ("convert", "2026-10-11", "2026-10-31", "-6.8285", "10", "-68.28")
    assert exceptions(added(books, convert, billed="39.20").reconcile())[0][:3] == (
        "broken-pair",
        "Alder",
        Decimal("68.28"),
    )


def test_an_unrelated_gap_stays_primary(books: OpenBooks) -> None:
    """Birch's gap is not Alder's."""
    assert exceptions(neighbour(added(books, WIPE, billed="137.36")).reconcile()) == [
        ("broken-pair", "Alder", Decimal("68.28"), "review"),
        ("underbilled", "Birch", Decimal("12.10"), "we lose"),
    ]


def test_a_gap_of_the_key_follows_whichever_way_it_goes(books: OpenBooks) -> None:
    """With half an event nobody can say what should be billed."""
    month = added(books, WIPE, billed="20.00")
    assert [told.rule for told in exceptions(month.reconcile())] == ["broken-pair"]
    assert len(consequences(month)) == 1


def test_quiet_where_the_other_side_has_a_type_of_its_own(books: OpenBooks) -> None:
    """The type is not known, and that is the one fault."""
    month = added(books, WIPE, ("resize", *RECREATE[1:]), billed="137.36")
    assert [told.rule for told in exceptions(month.reconcile())] == ["unknown-charge-type"]


def test_quiet_for_a_pair(books: OpenBooks) -> None:
    """At 20 %: 10 x 12.10 - 10 x 8.18 + 12 x 8.18 = 137.36; 8.18 is RD(6.8285) x 1.2, half-up."""
    assert added(books, WIPE, RECREATE, billed="137.36").reconcile().findings == []


def test_quiet_for_a_pair_on_two_invoices(books: OpenBooks) -> None:
    """The refund stood on September's invoice."""
    month = added(books, RECREATE, billed="219.16")
    month.seats("Alder", [WIPE], reference_id="ref-1", period="2026-09", invoice_number="G000")
    assert "broken-pair" not in {told.rule for told in exceptions(month.reconcile())}


def test_quiet_without_a_reference_id(books: OpenBooks) -> None:
    """Nothing says what belongs together: not checked, and Coverage counts it."""
    month = added(books, WIPE, billed="39.20", reference_id="")
    result = month.reconcile()
    assert result.findings == []
    assert [(row.status, row.rows, row.amount) for row in result.coverage if row.area == "Vendor pairs"] == [
        ("NOT CHECKED", 1, Decimal("-68.28"))
    ]


def test_quiet_for_free_seats_and_single_sided_types(books: OpenBooks) -> None:
    """A trial has no sign, a conversion from one may print its charge alone, a change of plan is one line."""
    month = books("2026-10").customer("Alder").product(SEATS, "as billed")
    free = ("addQuantity", "2026-10-11", "2026-10-31", "0", "5", "0")
    paid = ("convert", "2026-10-11", "2026-10-31", "10.08", "5", "50.40")
    plan = ("changeBillingPlan", "2026-10-11", "2026-10-31", "10.08", "1", "10.08")
    for number, line in enumerate((free, paid, plan)):
        month.seats("Alder", [line], reference_id=f"ref-{number}", subscription_id=f"sub-{number}")
    month.bill("Alder", SEATS, "6", "10.08")
    assert "broken-pair" not in {told.rule for told in exceptions(month.reconcile())}


def test_the_reason_names_the_lines(books: OpenBooks) -> None:
    """Only the unpaired line is evidence."""
    month = added(books, WIPE, billed="39.20")
    assert the_exception(month.reconcile()).source_rows == ("Vendor Lines row 7",)
