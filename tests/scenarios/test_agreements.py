"""Agreements that billing rests on: valid at period end, history, one of several, and what a missing one holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scenarios.harness import OpenBooks, Told, exceptions, the_draft
from scenarios.plain import CLIENT, SEATS, plain_month


@pytest.mark.parametrize(
    ("rows", "settings", "rule"),
    [
        ([{"Type": "MCA", "End": "2026-09-30"}], {}, "agreement-invalid"),
        ([{"Type": "GDAP", "Status": "Expired"}], {}, "agreement-invalid"),
        ([{"Type": "reseller relation", "Status": "Terminated"}], {}, "agreement-invalid"),
        ([{"Type": "contract", "End": "2026-09-30"}], {}, "agreement-invalid"),
        ([{"Type": "MCA"}], {"required_agreements": "MCA; GDAP"}, "agreement-missing"),
    ],
)
def test_each_fault_alone_is_one_finding(
    books: OpenBooks, rows: list[dict[str, str]], settings: dict[str, str], rule: str
) -> None:
    """All 140.00 net billed, for review, and the draft waits with its lines and totals."""
    month = plain_month(lambda period: books(period, **settings))
    month.add("Agreements", *({"Agreement": f"X-{place}", "Customer": CLIENT, **row} for place, row in enumerate(rows)))
    result = month.reconcile()
    assert exceptions(result) == [Told(rule, CLIENT, Decimal("140.00"), "review")]
    assert len(result.findings) == 1
    assert (the_draft(result).status, the_draft(result).total) == ("Held", Decimal("151.20"))


def test_a_contract_that_ended_still_explains_the_price(books: OpenBooks) -> None:
    """Fixed price 14.00 of a contract that ended in September: the bill agrees with it, the contract is the finding."""
    month = books("2026-10").customer(CLIENT).product(SEATS)
    month.agreement(CLIENT, SEATS, "14.00", end="2026-09-30")
    month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "14.00", "140.00")
    assert exceptions(month.reconcile()) == [Told("agreement-invalid", CLIENT, Decimal("140.00"), "review")]


def test_a_gap_beside_it_stays_a_finding_of_its_own(books: OpenBooks) -> None:
    """An invalid agreement explains no missing seat: nine are billed, 126.00 net."""
    month = plain_month(books).add(
        "Agreements", {"Agreement": "M", "Customer": CLIENT, "Type": "MCA", "Status": "Expired"}
    )
    month.tables["Billed Lines"][0] |= {"Quantity": "9", "Amount": "126.00"}
    assert exceptions(month.reconcile()) == [
        Told("agreement-invalid", CLIENT, Decimal("126.00"), "review"),
        Told("underbilled", CLIENT, Decimal("14.00"), "we lose"),
    ]


def test_two_kinds_are_two_findings(books: OpenBooks) -> None:
    """Each is cleared by itself, and the draft names both."""
    month = plain_month(books)
    for kind in ("MCA", "GDAP"):
        month.add("Agreements", {"Agreement": kind, "Customer": CLIENT, "Type": kind, "Status": "Expired"})
    result = month.reconcile()
    assert [told.rule for told in exceptions(result)] == ["agreement-invalid"] * 2
    assert len(the_draft(result).hold_reasons) == 2


def test_the_customer_may_be_written_another_way(books: OpenBooks) -> None:
    """`ALDER LEGAL Ltd.` on Agreements is Alder Legal."""
    month = plain_month(books)
    month.add("Agreements", {"Agreement": "M", "Customer": "ALDER LEGAL Ltd.", "Type": "MCA", "Status": "Expired"})
    assert [told.rule for told in exceptions(month.reconcile())] == ["agreement-invalid"]


def test_a_row_that_cannot_be_read_is_not_judged(books: OpenBooks) -> None:
    """Its End is no date: the cell is the finding."""
    month = plain_month(books).add("Agreements", {"Agreement": "M", "Customer": CLIENT, "Type": "MCA", "End": "soon"})
    month.add("Agreements", {"Agreement": "N", "Customer": CLIENT, "Type": "MCA", "Status": "Expired"})
    assert [told.rule for told in exceptions(month.reconcile())] == ["unreadable-cell"]


def test_a_client_with_nothing_billed_yet(books: OpenBooks) -> None:
    """Nothing billed, 140.00 expected: the gap is unbilled, the agreement 0.00, and the draft waits."""
    month = plain_month(books).add(
        "Agreements", {"Agreement": "M", "Customer": CLIENT, "Type": "MCA", "Status": "Expired"}
    )
    month.tables["Billed Lines"].clear()
    month.customer("Birch").product("Fax", "list", "count").bill("Birch", "Fax", "1", "1.00", "1.00")
    month.count("Birch", "Fax", "1").add("Sell Prices", {"Billing Product": "Fax", "Currency": "USD", "Price": "1.00"})
    result = month.reconcile()
    assert exceptions(result) == [
        Told("agreement-invalid", CLIENT, Decimal(0), "review"), Told("unbilled", CLIENT, Decimal("140.00"), "we lose"),
    ]  # fmt: skip
    assert {draft.customer: draft.status for draft in result.drafts} == {CLIENT: "Held", "Birch": "Draft"}
