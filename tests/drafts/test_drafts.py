"""Drafts: the full expected bill, what it carries, credit memos, holds (RECKONING 6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, the_draft

CLIENT, SEATS = "Alder Legal", "Business Standard"


def ten_seats(books: OpenBooks, **settings: str) -> Books:
    month = books("2026-10", **settings).customer(
        CLIENT, code="ALD-7", contact="Ann Alder", terms_days="14", tracking="North", **{"E-mail": "ann@alder.example"}
    )
    month.product(SEATS, item_code="M365BS", account_code="4000").agreement(CLIENT, SEATS, "14.00")
    return month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "9", "14.00", "126.00")


def test_a_draft_is_the_expected_bill_not_the_planned_one(books: OpenBooks) -> None:
    """Ten seats are charged, nine are planned: the draft has ten."""
    draft = the_draft(ten_seats(books).reconcile())
    assert (draft.net, draft.tax, draft.total) == (Decimal("140.00"), Decimal("11.20"), Decimal("151.20"))
    assert (draft.status, draft.is_credit_memo) == ("Draft", False)


def test_a_draft_carries_what_an_accounting_system_asks_for(books: OpenBooks) -> None:
    """Number, contact, dates, terms, PO, tracking, item, account and tax code, description, why, source."""
    month = ten_seats(books).add("Purchase Orders", {"Customer": CLIENT, "PO": "PO-77"})
    draft = the_draft(month.reconcile())
    assert (draft.number, draft.contact, draft.email) == ("DR-202610-ALD7", "Ann Alder", "ann@alder.example")
    assert (draft.date, draft.due, draft.terms_days) == (date(2026, 10, 31), date(2026, 11, 14), 14)
    assert (draft.po, draft.tracking, draft.currency) == ("PO-77", "North", "USD")
    (line,) = draft.lines
    assert (line.item_code, line.account_code, line.tax_code, line.tax_rate) == ("M365BS", "4000", "T8", Decimal(8))
    assert line.description == "Business Standard, 1 Oct 2026 to 31 Oct 2026"
    assert (line.source_rows, line.cost) == (("Vendor Lines row 6",), Decimal("100.80"))
    assert line.why == "Agreement A1 price 14.00; 1 source line"


def test_numbers_are_short_unique_and_stable(books: OpenBooks) -> None:
    """At most 21 characters; two clients with one code, or none, do not share a number."""
    month = books("2026-10").product(SEATS)
    for name, code in (("Alder", "SAME-CODE-THAT-IS-LONG"), ("Birch", "SAME-CODE-THAT-IS-LONG"), ("Cedar", "")):
        month.customer(name, code=code).agreement(name, SEATS, "14.00")
        month.cycle(name, "1", "10.08", "10.08", subscription_id=name).bill(name, SEATS, "1", "14.00")
    first, second = ([draft.number for draft in month.reconcile().drafts] for _ in range(2))
    assert first == second
    assert len(set(first)) == 3
    assert max(map(len, first)) <= 21


def test_a_negative_draft_is_a_credit_memo(books: OpenBooks) -> None:
    """Seats of September given back in October, nothing new: 2 x 14.00 x 3.90/10.08 = 10.83 to the customer."""
    month = books("2026-10").customer(CLIENT, code="ALD").product(SEATS).agreement(CLIENT, SEATS, "14.00")
    month.seats(CLIENT, [("renew", "2026-09-20", "2026-10-19", "10.08", "10", "100.80")], period="2026-09")
    month.seats(CLIENT, [("removeQuantity", "2026-10-08", "2026-10-19", "-3.90", "2", "-7.80")])
    draft = the_draft(month.bill(CLIENT, SEATS, "-2", amount="-10.83").reconcile())
    assert (draft.number, draft.is_credit_memo) == ("CM-202610-ALD", True)
    assert (draft.net, draft.tax, draft.total) == (
        Decimal("-10.83"),
        Decimal("-0.87"),
        Decimal("-11.70"),
    )  # 8 %: 0.8664


@pytest.mark.parametrize(
    ("orders", "po"),
    [
        ([], ""),
        ([{"PO": "PO-1"}, {"PO": "PO-2", "Start": "2026-10-01"}], "PO-2"),
        ([{"PO": "PO-1", "End": "2026-09-30"}], ""),
        ([{"PO": "PO-1", "Currency": "EUR"}], ""),
        ([{"PO": "PO-1"}, {"PO": "PO-2"}], "PO-2"),
    ],
)
def test_the_purchase_order_in_force(books: OpenBooks, orders: list[dict[str, str]], po: str) -> None:
    """The latest of the period, in the draft's currency."""
    month = ten_seats(books).add("Purchase Orders", *({"Customer": CLIENT, **row} for row in orders))
    assert the_draft(month.reconcile()).po == po


def test_copies_and_lines_without_source_are_not_drafted(books: OpenBooks) -> None:
    """A duplicate vendor line and a bill for something nobody charges leave the draft as it is."""
    month = (
        ten_seats(books).cycle(CLIENT, "10", "10.08", "100.80").product("Backup", "list", product_id="B", sku_id="1")
    )
    draft = the_draft(month.bill(CLIENT, "Backup", "1", "25.00", "25.00").reconcile())
    assert draft.net == Decimal("140.00")


def test_one_line_a_charge_kind_and_unit_price(books: OpenBooks) -> None:
    """Three subscriptions at one price are one line of the product."""
    month = ten_seats(books)
    for number in (2, 3):
        month.cycle(CLIENT, "5", "10.08", "50.40", subscription_id=f"sub-{number}")
    (line,) = the_draft(month.reconcile()).lines
    assert (line.quantity, line.unit, line.net) == (Decimal(20), Decimal("14.00"), Decimal("280.00"))
    assert len(line.source_rows) == 3


def test_a_held_line_stands_outside_the_net(books: OpenBooks) -> None:
    """A product without a price: listed with its reason, and the draft goes out without it."""
    month = ten_seats(books).product("Visio", "list", product_id="V", sku_id="1")
    month.cycle(CLIENT, "1", "5.00", "5.00", product_id="V", sku_id="1", subscription_id="sub-v")
    draft = the_draft(month.reconcile())
    assert (draft.net, draft.status) == (Decimal("140.00"), "Draft")
    assert [(line.product, line.hold_reason) for line in draft.held_lines] == [
        ("Visio", "no price for Visio in USD on Sell Prices")
    ]


def test_quantity_times_unit_is_always_the_line(books: OpenBooks) -> None:
    """Also where a change in mid-cycle has no unit price worth printing."""
    month = books("2021-06").customer(CLIENT).product(SEATS).agreement(CLIENT, SEATS, "14.00")
    month.seats(CLIENT, [
        ("new", "2021-06-18", "2021-07-17", "10.08", "10", "100.80"),
        ("addQuantity", "2021-06-20", "2021-07-17", "-9.408", "10", "-94.08"),
        ("addQuantity", "2021-06-20", "2021-07-17", "9.408", "12", "112.89"),
    ])  # fmt: skip
    draft = the_draft(month.bill(CLIENT, SEATS, "12", amount="166.13").reconcile())
    assert [line.quantity * line.unit == line.net for line in draft.lines] == [True, True]


@pytest.mark.parametrize(
    ("choice", "flag", "tab"),
    [("all", "", True), ("none", "Yes", False), ("selected", "Yes", True), ("selected", "", False)],
)
def test_which_clients_get_a_tab(books: OpenBooks, choice: str, flag: str, tab: bool) -> None:
    """The setting Draft Tabs, and Draft Tab on Customers."""
    month = books("2026-10", draft_tabs=choice).customer(CLIENT, draft_tab=flag).product(SEATS)
    month.agreement(CLIENT, SEATS, "14.00").cycle(CLIENT, "1", "10.08", "10.08").bill(CLIENT, SEATS, "1", "14.00")
    assert the_draft(month.reconcile()).has_tab is tab
