"""Rule ambiguous-mapping. More stories: scenarios/test_unmapped.py and scenarios/test_vendor_faults.py."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, rules_of, the_exception

SEATS = "Seats"


def ten_seats(books: OpenBooks) -> Books:
    month = books("2026-10").customer("Alder").product(SEATS).agreement("Alder", SEATS, "14.00")
    return month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", SEATS, "10", "14.00", "140.00")


def birch(month: Books, billed: str = "28.00") -> Books:
    """Another client with two seats."""
    month.customer("Birch").agreement("Birch", SEATS, "14.00")
    month.cycle("Birch", "2", "10.08", "20.16", subscription_id="birch")
    return month.bill("Birch", SEATS, "2", amount=billed)


def consequences(month: Books) -> list[tuple[str, str]]:
    return sorted((finding.rule, finding.hit.customer) for finding in month.reconcile().exceptions if finding.cause)


def test_fires_for_a_tenant_on_two_rows_of_customers(books: OpenBooks) -> None:
    """Its cost, once; the bill of the client meant, and of no other, follows from it."""
    month = birch(ten_seats(books)).customer("Alder Dental", vendor_customer_ids="id of Alder")
    result = month.reconcile()
    assert exceptions(result) == [("ambiguous-mapping", "Alder", Decimal("100.80"), "we lose")]
    assert consequences(month) == [("billed-without-source", "Alder")]
    hit = next(finding.hit for finding in result.exceptions if finding.is_primary)
    assert hit.why == (
        "1 vendor line, 100.80 USD of cost, stays unmapped: id of alder fits row 6 (Alder) and row 8 (Alder Dental) of Customers."
    )
    assert hit.action == "Leave id of alder on one of row 6 (Alder) and row 8 (Alder Dental) of Customers."


def test_fires_for_a_sku_on_two_rows_of_products(books: OpenBooks) -> None:
    """One finding for the mapping, not one a client: 100.80 + 20.16."""
    month = birch(ten_seats(books)).product("Other Seats")
    assert exceptions(month.reconcile()) == [("ambiguous-mapping", "", Decimal("120.96"), "we lose")]
    assert consequences(month) == [("billed-without-source", "Alder"), ("billed-without-source", "Birch")]
    hit = next(finding.hit for finding in month.reconcile().exceptions if finding.is_primary)
    assert "CFQ7TTC0LDPB:0001 fits row 6 (Seats) and row 7 (Other Seats) of Products" in hit.why
    assert hit.action.endswith("or tell them apart by Term and Plan.")


def test_fires_once_a_currency(books: OpenBooks) -> None:
    """Money of two currencies is never added up."""
    month = ten_seats(books).customer("Alder Dental", vendor_customer_ids="id of Alder")
    month.cycle("Alder", "1", "9.00", "9.00", currency="EUR", pricing_currency="EUR", invoice_number="G002")
    found = [(f.hit.currency, f.hit.at_stake) for f in month.reconcile().exceptions if f.rule == "ambiguous-mapping"]
    assert sorted(found) == [("EUR", Decimal("9.00")), ("USD", Decimal("100.80"))]


def test_fires_where_a_more_specific_row_is_claimed_twice(books: OpenBooks) -> None:
    """Two rows name the monthly plan: the row for any plan is not asked."""
    month = ten_seats(books).product("Seats M1", plan="Monthly").product("Seats M2", plan="Monthly")
    month.tables["Billed Lines"][0]["Product"] = "Seats M2"
    finding = next(finding for finding in month.reconcile().exceptions if finding.is_primary)
    assert (finding.rule, finding.hit.at_stake) == ("ambiguous-mapping", Decimal("100.80"))
    assert "Seats M1" in finding.hit.why
    assert consequences(month) == [("billed-without-source", "Alder")]
    assert "(Seats)" not in finding.hit.why


def test_fires_for_a_billed_name_that_fits_two_clients(books: OpenBooks) -> None:
    """The billed amount, for review; the vendor's charge that looks unbilled follows from it."""
    month = birch(ten_seats(books)).customer("Alder Ltd", vendor_customer_ids="", aliases="Dentists")
    month.tables["Customers"][0]["Aliases"] = "Dentists"
    month.tables["Billed Lines"][0]["Customer"] = "Dentists"
    assert exceptions(month.reconcile()) == [("ambiguous-mapping", "Dentists", Decimal("140.00"), "review")]
    assert consequences(month) == [("unbilled", "Alder")]


def test_fires_for_a_billed_name_that_fits_two_products(books: OpenBooks) -> None:
    """Two products have one alias."""
    month = ten_seats(books).product("Other", product_id="X", aliases="M365")
    month.tables["Products"][0]["Aliases"] = "M365"
    month.tables["Billed Lines"][0]["Product"] = "M365"
    finding = next(finding for finding in month.reconcile().exceptions if finding.is_primary)
    assert (finding.rule, finding.hit.product, finding.hit.at_stake) == ("ambiguous-mapping", "M365", Decimal("140.00"))
    assert consequences(month) == [("unbilled", "Alder")]


def test_fires_for_a_counted_name(books: OpenBooks) -> None:
    """Nothing is at stake that we know of."""
    month = ten_seats(books).product("Device", "fixed", "count")
    month.customer("Cedar Ltd").customer("Cedar GmbH").count("Cedar", "Device", "4")
    assert exceptions(month.reconcile()) == [("ambiguous-mapping", "Cedar", Decimal(0), "review")]


def test_fires_once_where_vendor_and_bill_use_one_name(books: OpenBooks) -> None:
    """The same two rows on both sides: the bill is evidence of the same finding."""
    month = (
        ten_seats(books).customer("Cedar Ltd", vendor_customer_ids="").customer("Cedar GmbH", vendor_customer_ids="")
    )
    month.cycle("Cedar", "2", "10.08", "20.16", subscription_id="cedar").bill("Cedar", SEATS, "2", "14.00", "28.00")
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("ambiguous-mapping", Decimal("20.16"))
    assert finding.source_rows == ("Vendor Lines row 7", "Billed Lines row 7")


def test_an_unrelated_gap_stays_primary(books: OpenBooks) -> None:
    """Birch is 8.00 short, whoever Alder's tenant belongs to."""
    month = birch(ten_seats(books), "20.00").customer("Alder Dental", vendor_customer_ids="id of Alder")
    assert exceptions(month.reconcile()) == [
        ("ambiguous-mapping", "Alder", Decimal("100.80"), "we lose"),
        ("underbilled", "Birch", Decimal("8.00"), "we lose"),
    ]


def test_quiet_for_an_id_that_one_row_lists_twice(books: OpenBooks) -> None:
    """And for two rows of one product."""
    month = ten_seats(books)
    month.tables["Customers"][0]["Vendor Customer Ids"] = "id of Alder; ID OF ALDER"
    month.product(SEATS, plan="")
    assert month.reconcile().findings == []


def test_quiet_for_what_fits_nothing(books: OpenBooks) -> None:
    """That is unmapped, and not ambiguous."""
    month = ten_seats(books).cycle("Stranger", "1", "10.08", "10.08")
    month.cycle("Alder", "1", "5.00", "5.00", product_id="NEW").bill("Alder", "Unheard of", "1", "3.00")
    assert set(rules_of(month.reconcile())) == {"unmapped-client", "unmapped-product", "unmapped-line"}
