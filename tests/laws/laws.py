"""Laws of a whole run: each takes a month and what the product says about it, changes the month, and compares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st
from scenarios.harness import OpenBooks

from laws.months import BASES, EVERY_CLIENT, BilledLine, Small, VendorLine, nets, told, variances
from recon_xl.report.result import Result

CENT = Decimal("0.01")
SCALES = {"JPY": Decimal(100), "KWD": Decimal("0.1"), "EUR": Decimal(1)}
"""Currencies of 0, 3 and 2 decimals: a cent becomes a yen, or a fils."""


class Case(NamedTuple):
    """A month, what the product says about it, and where a law draws what it needs."""

    books: OpenBooks
    month: Small
    before: Result
    data: st.DataObject

    def after(self, **changes: object) -> Result:
        """What the product says about the month with some fields replaced."""
        return replace(self.month, **changes).reconcile(self.books)  # type: ignore[arg-type]  # dataclasses know the fields


def the_order_of_rows_does_not_matter(case: Case) -> None:
    """Vendor lines, bills and counts upside down: the same findings and drafts."""
    after = case.after(reversed_rows=True)
    assert told(case.before) == told(after)
    assert nets(case.before) == nets(after)


def a_line_may_be_printed_as_two(case: Case) -> None:
    """A vendor line by markup, and a billed line, in two parts: not a cent moves."""
    vendor, billed = list(case.month.vendor), list(case.month.billed)
    for number, line in enumerate(case.month.vendor):
        if line.product == "markup" and line.quantity > 1:
            part = case.data.draw(st.integers(1, line.quantity - 1))
            vendor[number] = replace(line, quantity=line.quantity - part)
            vendor.append(replace(line, quantity=part, order="b"))
            break
    for number, bill in enumerate(case.month.billed):
        if bill.product != "as billed" and bill.quantity > 1:
            part = case.data.draw(st.integers(1, bill.quantity - 1))
            billed[number] = replace(bill, quantity=bill.quantity - part)
            billed.append(replace(bill, quantity=part, note="the other part"))
            break
    after = case.after(vendor=tuple(vendor), billed=tuple(billed))
    assert told(case.before) == told(after)
    assert nets(case.before) == nets(after)


def a_matched_pair_adds_no_finding(case: Case) -> None:
    """A charge of a new client and the right bill for it: the same findings, and its draft is that bill."""
    basis = case.data.draw(st.sampled_from(("markup", "fixed", "list")))
    seats = case.data.draw(st.integers(1, 90))
    if basis == "markup":
        cost = Decimal(case.data.draw(st.integers(200, 5000))).scaleb(-2)
        unit = (cost * (100 + case.month.markup) / 100).quantize(CENT, "ROUND_HALF_UP")
    else:
        unit = case.month.prices[basis]
        cost = unit / 2 // CENT * CENT
    line = VendorLine("Zelkova", basis, "cycleCharge", seats, cost, "sub z", "z 0")
    bill = BilledLine("Zelkova", basis, seats, unit)
    after = case.after(vendor=(*case.month.vendor, line), billed=(*case.month.billed, bill))
    assert told(case.before) == told(after)
    assert nets(after) == {**nets(case.before), "Zelkova": (unit * seats).normalize()}


def a_charge_and_its_full_credit_cancel(case: Case) -> None:
    """A subscription bought and cancelled at the full price within the month leaves every key and draft as it was."""
    client = case.data.draw(st.sampled_from(EVERY_CLIENT))
    seats, cost = case.data.draw(st.integers(1, 50)), Decimal(case.data.draw(st.integers(1, 5000))).scaleb(-2)
    bought = VendorLine(client, "markup", "new", seats, cost, "sub z", "z 0", "2026-10-05")
    undone = replace(bought, charge="cancelImmediate", price=-cost, reference="z 1")
    after = case.after(vendor=(*case.month.vendor, bought, undone))
    assert variances(case.before) == variances(after)
    was, now = ({name: net for name, net in nets(one).items() if net} for one in (case.before, after))
    assert was == now


def without_a_customer_only_its_own_findings_change(case: Case) -> None:
    """Other clients' findings stay; the missing one's charges and bills are reported as not mapped, all of them."""
    client = case.data.draw(st.sampled_from(EVERY_CLIENT))
    after = case.after(unmapped_client=client)
    assert [row for row in told(case.before) if row[1] != client] == [row for row in told(after) if row[1] != client]
    mine = [finding for finding in after.findings if finding.hit.customer == client]
    assert {finding.rule for finding in mine} <= {"unmapped-client", "unmapped-line"}
    cost = sum((line.price * line.quantity for line in case.month.vendor if line.client == client), Decimal(0))
    assert abs(cost) == sum(f.hit.at_stake for f in mine if f.rule == "unmapped-client")
    billed = sum((bill.unit * bill.quantity for bill in case.month.billed if bill.client == client), Decimal(0))
    assert billed == sum(f.hit.billed or 0 for f in mine if f.rule == "unmapped-line")


def without_a_product_only_its_own_findings_change(case: Case) -> None:
    """The same for a row of Products: nothing is reported of it but that it is not mapped, with all of its money."""
    product = case.data.draw(st.sampled_from(BASES))
    after = case.after(unmapped_product=product)
    names = (product, "Business Standard")  # the name that the vendor prints
    assert [row for row in told(case.before) if row[2] != product] == [
        row for row in told(after) if row[2] not in names
    ]
    mine = [finding for finding in after.findings if finding.hit.product in names]
    assert {finding.rule for finding in mine} <= {"unmapped-product", "unmapped-line"}
    billed = sum((bill.unit * bill.quantity for bill in case.month.billed if bill.product == product), Decimal(0))
    assert billed == sum(f.hit.billed or 0 for f in mine if f.rule == "unmapped-line")


def money_scales_with_its_currency(case: Case) -> None:
    """The same month in yen or dinars, cent for smallest coin: every figure scales exactly, no finding comes or goes."""
    currency = case.data.draw(st.sampled_from(sorted(SCALES)))
    after = case.after(currency=currency, scale=SCALES[currency])
    assert told(case.before) == told(after, SCALES[currency])
    assert nets(case.before) == nets(after, SCALES[currency])


LAWS: tuple[Callable[[Case], None], ...] = (
    the_order_of_rows_does_not_matter,
    a_line_may_be_printed_as_two,
    a_matched_pair_adds_no_finding,
    a_charge_and_its_full_credit_cancel,
    without_a_customer_only_its_own_findings_change,
    without_a_product_only_its_own_findings_change,
    money_scales_with_its_currency,
)
