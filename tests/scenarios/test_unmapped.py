"""Customers and products that no mapping knows: one primary finding, the rest are its consequences (RECKONING 4)."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, control, exceptions, rules_of, the_match

CLIENT, SEATS = "Alder Legal", "Business Standard"


def with_a_neighbour(books: OpenBooks) -> Books:
    month = books("2026-10").customer("Elm Dental").product(SEATS).agreement("Elm Dental", SEATS, "14.00")
    month.cycle("Elm Dental", "2", "10.08", "20.16", subscription_id="elm")
    return month.bill("Elm Dental", SEATS, "2", "14.00", "28.00")


def consequences(month: Books) -> list[tuple[str, str]]:
    found = month.reconcile().exceptions
    rules = {finding.key: finding.rule for finding in found}
    return sorted((finding.rule, rules[finding.cause]) for finding in found if finding.cause)


def test_a_tenant_whose_bill_exists_is_one_primary_finding(books: OpenBooks) -> None:
    """The tenant "AL Holdings" is Alder Legal, and nobody wrote it down: cost of 100.80, and Alder's bill follows from it."""
    month = with_a_neighbour(books).customer(CLIENT).agreement(CLIENT, SEATS, "14.00")
    month.cycle("AL Holdings", "10", "10.08", "100.80", customer_id="tenant-al")
    month.bill(CLIENT, SEATS, "10", "14.00", "140.00")
    result = month.reconcile()
    assert exceptions(result) == [("unmapped-client", "AL Holdings", Decimal("100.80"), "we lose")]
    assert consequences(month) == [("billed-without-source", "unmapped-client")]
    assert result.at_stake() == {("USD", "we lose"): (1, Decimal("100.80"))}
    note = control(result, "Vendor invoice: lines read = drafted").note
    assert note == "Net: drafted 20.16, held 0.00, unmapped 100.80, excluded 0.00"


def test_a_client_that_customers_does_not_know_at_all(books: OpenBooks) -> None:
    """Neither tenant nor bill is mapped: the unmapped bill is a consequence."""
    month = with_a_neighbour(books).cycle("Newco Ltd", "10", "10.08", "100.80", customer_id="tenant-n")
    month.bill("Newco", SEATS, "10", "14.00", "140.00")
    assert exceptions(month.reconcile()) == [("unmapped-client", "Newco Ltd", Decimal("100.80"), "we lose")]
    assert consequences(month) == [("unmapped-line", "unmapped-client")]


def test_several_lines_of_one_unmapped_tenant_are_one_finding(books: OpenBooks) -> None:
    """100.80 + 50.40 of two products: 151.20."""
    month = with_a_neighbour(books).cycle("Newco", "10", "10.08", "100.80", customer_id="tenant-n")
    month.cycle("Newco", "5", "10.08", "50.40", customer_id="tenant-n", product_id="OTHER", subscription_id="sub-2")
    assert exceptions(month.reconcile()) == [("unmapped-client", "Newco", Decimal("151.20"), "we lose")]


def test_copies_do_not_count_in_the_exposure_of_an_unmapped_tenant(books: OpenBooks) -> None:
    """The vendor cost is deduplicated: 100.80, though the line stands there twice."""
    month = with_a_neighbour(books)
    for _ in range(2):
        month.cycle("Newco", "10", "10.08", "100.80", customer_id="tenant-n")
    told = {told.rule: told.at_stake for told in exceptions(month.reconcile())}
    assert told["unmapped-client"] == Decimal("100.80")


def test_clients_are_found_by_id_then_alias_then_name(books: OpenBooks) -> None:
    """The id points at Birch, the alias at Cedar, the name at Alder: the id wins, then the alias, then the name."""
    month = books("2026-10").product(SEATS)
    month.customer("Alder Legal", vendor_customer_ids="").customer("Birch", vendor_customer_ids="tenant-b")
    month.customer("Cedar", aliases="ALDER LEGAL, Limited", vendor_customer_ids="")
    for name in ("Alder Legal", "Birch", "Cedar"):
        month.agreement(name, SEATS, "14.00")
    month.cycle("Alder Legal Ltd", "1", "10.08", "10.08", customer_id="TENANT-B").bill("Birch", SEATS, "1", "14.00")
    assert {match["client"] for match in month.reconcile().matches} == {"Birch"}
    month.tables["Vendor Lines"][0]["Customer Id"] = "unheard of"
    month.tables["Billed Lines"][0]["Customer"] = "Cedar"
    assert {match["client"] for match in month.reconcile().matches} == {"Cedar"}
    del month.tables["Customers"][2]["Aliases"]
    month.tables["Billed Lines"][0]["Customer"] = "ALDER LEGAL"
    assert {match["client"] for match in month.reconcile().matches} == {"Alder Legal"}


def test_a_name_that_fits_two_clients_fits_none(books: OpenBooks) -> None:
    """Alder Ltd and Alder GmbH both read as "alder": the tenant is ambiguous, not guessed."""
    month = (
        with_a_neighbour(books)
        .customer("Alder Ltd", vendor_customer_ids="")
        .customer("Alder GmbH", vendor_customer_ids="")
    )
    month.cycle("Alder", "10", "10.08", "100.80", customer_id="unheard of")
    assert exceptions(month.reconcile()) == [("ambiguous-mapping", "Alder", Decimal("100.80"), "we lose")]


def test_an_id_that_two_clients_claim_fits_none(books: OpenBooks) -> None:
    """Nor does the name decide then: no weaker reading is asked."""
    month = (
        with_a_neighbour(books)
        .customer("Alder", vendor_customer_ids="shared")
        .customer("Birch", vendor_customer_ids="shared")
    )
    month.cycle("Somebody", "10", "10.08", "100.80", customer_id="shared")
    assert [told.rule for told in exceptions(month.reconcile())] == ["ambiguous-mapping"]


def unknown_product(books: OpenBooks) -> Books:
    month = with_a_neighbour(books).customer(CLIENT).agreement(CLIENT, SEATS, "14.00")
    return month.cycle(CLIENT, "10", "9.00", "90.00", product_id="CFQ7NEW", sku_id="0001", sku_name="Shiny New")


def test_an_unmapped_product_of_a_known_client(books: OpenBooks) -> None:
    """ProductId and SkuId are on no row of Products: 90.00 of cost."""
    assert exceptions(unknown_product(books).reconcile()) == [
        ("unmapped-product", CLIENT, Decimal("90.00"), "we lose"),
    ]


def test_the_unmapped_bill_of_an_unmapped_product_is_its_consequence(books: OpenBooks) -> None:
    """The PSA calls it "Shiny New", and no alias says what that is."""
    month = unknown_product(books).bill(CLIENT, "Shiny New", "10", "12.00", "120.00")
    assert [told.rule for told in exceptions(month.reconcile())] == ["unmapped-product"]
    assert consequences(month) == [("unmapped-line", "unmapped-product")]


def test_a_sku_id_alone_never_maps(books: OpenBooks) -> None:
    """0001 is the SkuId of half the catalogue."""
    month = unknown_product(books)
    assert "unmapped-product" in rules_of(month.reconcile())
    month.product("Shiny", product_id="CFQ7NEW", sku_id="0001").agreement(CLIENT, "Shiny", "12.00")
    month.bill(CLIENT, "Shiny", "10", "12.00", "120.00")
    assert month.reconcile().findings == []


def test_term_and_plan_tell_products_apart(books: OpenBooks) -> None:
    """One ProductId + SkuId, two billing products: by the month, and by the year."""
    month = books("2026-10").customer(CLIENT)
    for name, plan, price in (("Seats monthly", "Monthly", "16.00"), ("Seats yearly", "Annual", "168.00")):
        month.product(name, plan=plan).agreement(CLIENT, name, price)
    month.cycle(CLIENT, "1", "12.00", "12.00").bill(CLIENT, "Seats monthly", "1", "16.00")
    month.seats(CLIENT, [("new", "2026-10-05", "2027-10-04", "120.96", "1", "120.96")], subscription_id="year",
                billing_frequency="Annual")  # fmt: skip
    month.bill(CLIENT, "Seats yearly", "1", "168.00")
    assert month.reconcile().findings == []


def test_a_vendor_without_ids_maps_by_stock_item(books: OpenBooks) -> None:
    """The name that the vendor prints is on Products as Stock Item."""
    month = (
        books("2026-10")
        .customer(CLIENT)
        .product("Mail Archive", product_id="", sku_id="", stock_item="Mail-Archive 50 GB")
    )
    month.agreement(CLIENT, "Mail Archive", "4.00")
    month.cycle(CLIENT, "3", "2.50", "7.50", product_id="X1", sku_id="9", sku_name="MAIL ARCHIVE 50 GB")
    month.bill(CLIENT, "Mail Archive", "3", "4.00", "12.00")
    assert month.reconcile().findings == []


def test_a_genuine_fault_is_not_muted_by_an_unmapped_tenant(books: OpenBooks) -> None:
    """Newco is unmapped; Elm, two seats short, is found beside it."""
    month = with_a_neighbour(books).cycle("Newco", "10", "10.08", "100.80", customer_id="tenant-n")
    month.tables["Billed Lines"][0] |= {"Quantity": "1", "Amount": "14.00"}
    assert exceptions(month.reconcile()) == [
        ("underbilled", "Elm Dental", Decimal("14.00"), "we lose"),
        ("unmapped-client", "Newco", Decimal("100.80"), "we lose"),
    ]


def test_a_count_of_an_unknown_client_is_told(books: OpenBooks) -> None:
    """Its money is unknown: 0.00 at stake, for review."""
    month = with_a_neighbour(books).product("Workstation", "fixed", "count").count("Nobody", "Workstation", "4")
    assert exceptions(month.reconcile()) == [("unmapped-line", "Nobody", Decimal(0), "review")]


def test_quantities_of_both_sides_survive_the_mapping(books: OpenBooks) -> None:
    """Rows before = rows after: two rows of Products for one billing product do not double a line."""
    month = books("2026-10").customer(CLIENT).product(SEATS).product(SEATS, product_id="CFQ7OTHER")
    month.agreement(CLIENT, SEATS, "14.00").cycle(CLIENT, "10", "10.08", "100.80")
    match = the_match(month.bill(CLIENT, SEATS, "10", "14.00", "140.00").reconcile())
    assert (match["expected_quantity"], match["billed_quantity"]) == (10, 10)
