"""Rule mapping-conflict. More stories: scenarios/test_vendor_faults.py."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, exceptions, the_exception

SEATS = "Seats"


def ten_seats(books: OpenBooks) -> Books:
    month = books("2026-10").customer("Alder").product(SEATS).agreement("Alder", SEATS, "14.00")
    return month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", SEATS, "10", "14.00", "140.00")


def test_fires_where_rows_of_a_product_disagree(books: OpenBooks) -> None:
    """Basis and class, told once a product; the first row holds, so nothing else is found."""
    month = ten_seats(books).product(SEATS, "list", product_class="software", sku_id="0002")
    result = month.reconcile()
    finding = the_exception(result)
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == ("mapping-conflict", Decimal(0), "review")
    assert (finding.hit.customer, finding.hit.product) == ("", SEATS)
    assert finding.hit.why == (
        "Rows 6 and 7 of Products disagree: Price Basis fixed against list; Product Class blank against software. "
        "The first row holds."
    )
    assert [words for words in result.warnings if "disagree" in words] == []


def test_fires_for_two_contracts_in_force(books: OpenBooks) -> None:
    """14.00 runs on beside 15.00 from May, which holds."""
    month = ten_seats(books).agreement("Alder", SEATS, "15.00", start="2026-05-01")
    month.tables["Billed Lines"][0] |= {"Unit Price": "15.00", "Amount": "150.00"}
    hit = the_exception(month.reconcile()).hit
    assert (hit.customer, hit.product, hit.at_stake, hit.direction) == ("Alder", SEATS, Decimal(0), "review")
    assert hit.why == "Contracts A1 and A2 are in force together and disagree: Price 14.00 against 15.00. A2 holds."


def test_fires_where_rows_of_a_client_disagree(books: OpenBooks) -> None:
    """Two tenants on two rows, the second of them in euro: the first row holds, and both tenants are billed together."""
    month = ten_seats(books).customer("Alder", vendor_customer_ids="second", currency="EUR")
    month.cycle("Alder", "5", "10.08", "50.40", customer_id="second", subscription_id="sub-2")
    month.tables["Billed Lines"][0] |= {"Quantity": "15", "Amount": "210.00"}
    hit = the_exception(month.reconcile()).hit
    assert (hit.customer, hit.product, hit.at_stake) == ("Alder", "", Decimal(0))
    assert hit.why == "Rows 6 and 7 of Customers disagree: Currency USD against EUR. The first row holds."
    del month.tables["Customers"][1]["Currency"]
    assert month.reconcile().findings == []


def test_an_unrelated_gap_stays_primary(books: OpenBooks) -> None:
    """A conflict of rows mutes no money."""
    month = ten_seats(books).product(SEATS, "list", sku_id="0002")
    month.tables["Billed Lines"][0] |= {"Quantity": "9", "Amount": "126.00"}
    assert [told.rule for told in exceptions(month.reconcile())] == ["mapping-conflict", "underbilled"]


def test_quiet_where_rows_agree(books: OpenBooks) -> None:
    """Two SKUs, one product, one basis."""
    assert ten_seats(books).product(SEATS, sku_id="0002").reconcile().findings == []


@pytest.mark.parametrize(
    "more",
    [
        {"price": "14.00"},
        {"price": "15.00", "end": "2026-09-30"},
        {"price": "15.00", "start": "2026-11-01"},
        {"price": "15.00", "status": "Pending"},
        {"price": "15.00", "type": "MCA"},
        {"price": "15.00", "customer": "Birch"},
        {"price": "15.00", "product": "Other"},
    ],
)
def test_quiet_for_contracts_that_do_not_meet(books: OpenBooks, more: dict[str, str]) -> None:
    """The same price, another time, state, kind, client or product."""
    month = ten_seats(books).customer("Birch").product("Other", sku_id="0003")
    given = {"customer": "Alder", "product": SEATS, **more}
    month.agreement(given.pop("customer"), given.pop("product"), given.pop("price"), **given)
    assert "mapping-conflict" not in {told.rule for told in exceptions(month.reconcile())}
