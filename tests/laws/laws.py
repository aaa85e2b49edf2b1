"""Laws of a whole run: each takes months and what the product says about them, changes every one of them, and compares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st
from scenarios.harness import OpenBooks

from laws.months import (
    BASES,
    CLIENTS,
    NEW,
    NUMBERS,
    STEADY,
    BilledLine,
    Small,
    VendorLine,
    nets,
    number_of,
    of,
    printed,
    told,
    variances,
)  # fmt: skip
from recon_xl.report.result import Result

CENT = Decimal("0.01")
SCALES = {"JPY": Decimal(100), "KWD": Decimal("0.1")}
"""Currencies of 0 and 3 decimals: a cent becomes a yen, or a fils."""


class Case(NamedTuple):
    """Months side by side, what the product says about it, and where a law draws what it needs, for each of them."""

    books: OpenBooks
    month: Small
    before: Result
    data: st.DataObject

    def after(self, **changes: object) -> Result:
        """What the product says about the months with some fields replaced."""
        return replace(self.month, **changes).reconcile(self.books)  # type: ignore[arg-type]  # dataclasses know the fields


def the_order_of_rows_does_not_matter(case: Case) -> None:
    """Vendor lines, bills and counts upside down: the same findings and drafts."""
    after = case.after(reversed_rows=True)
    assert told(case.before) == told(after)
    assert nets(case.before) == nets(after)


def a_line_may_be_printed_as_two(case: Case) -> None:
    """A vendor line by markup, and a billed line, of each month in two parts: not a cent moves."""
    vendor, billed = list(case.month.vendor), list(case.month.billed)
    done = {number_of(STEADY)}
    for place, line in enumerate(case.month.vendor):
        if line.product.startswith("markup") and line.quantity > 1 and number_of(line.client) not in done:
            part = case.data.draw(st.integers(1, line.quantity - 1))
            vendor[place] = replace(line, quantity=line.quantity - part)
            vendor.append(replace(line, quantity=part, order="b"))
            done.add(number_of(line.client))
    done = {number_of(STEADY)}
    for place, bill in enumerate(case.month.billed):
        if not bill.product.startswith("as billed") and bill.quantity > 1 and number_of(bill.client) not in done:
            part = case.data.draw(st.integers(1, bill.quantity - 1))
            billed[place] = replace(bill, quantity=bill.quantity - part)
            billed.append(replace(bill, quantity=part, note="the other part"))
            done.add(number_of(bill.client))
    after = case.after(vendor=tuple(vendor), billed=tuple(billed))
    assert told(case.before) == told(after)
    assert nets(case.before) == nets(after)


def a_matched_pair_adds_no_finding(case: Case) -> None:
    """A charge of a new client and the right bill for it: the same findings, and its draft is that bill."""
    lines, bills = list(case.month.vendor), list(case.month.billed)
    added = {}
    for number in NUMBERS:
        client = f"{NEW} {number}"
        product = of(case.data.draw(st.sampled_from(("markup", "fixed", "list"))), client)
        seats = case.data.draw(st.integers(1, 90))
        if product in case.month.prices:
            unit = case.month.prices[product]
            cost = unit / 2 // CENT * CENT
        else:
            cost = Decimal(case.data.draw(st.integers(200, 5000))).scaleb(-2)
            unit = (cost * (100 + case.month.markups[int(number)]) / 100).quantize(CENT, "ROUND_HALF_UP")
        lines.append(VendorLine(client, product, "cycleCharge", seats, cost, f"sub z {number}", f"z {number}"))
        bills.append(BilledLine(client, product, seats, unit))
        added[client] = (unit * seats).normalize()
    after = case.after(vendor=tuple(lines), billed=tuple(bills))
    assert told(case.before) == told(after)
    assert nets(after) == {**nets(case.before), **added}


def a_charge_and_its_full_credit_cancel(case: Case) -> None:
    """A subscription bought and cancelled at the full price within the month leaves every key and draft as it was."""
    lines = list(case.month.vendor)
    for client in _one_of_each_month(case, CLIENTS):
        seats, cost = case.data.draw(st.integers(1, 50)), Decimal(case.data.draw(st.integers(1, 5000))).scaleb(-2)
        name = f"z {client}"
        bought = VendorLine(client, of("markup", client), "new", seats, cost, f"sub {name}", name, "2026-10-05")
        lines += (bought, replace(bought, charge="cancelImmediate", price=-cost, reference=f"{name} undone"))
    after = case.after(vendor=tuple(lines))
    assert variances(case.before) == variances(after)
    was, now = ({name: net for name, net in nets(one).items() if net} for one in (case.before, after))
    assert was == now


def without_a_customer_only_its_own_findings_change(case: Case) -> None:
    """Other clients' findings stay; a missing one's charges and bills are reported as not mapped, all of them."""
    clients = _one_of_each_month(case, CLIENTS)
    after = case.after(unmapped_clients=clients)
    others = [[row for row in told(one) if row[1] not in clients] for one in (case.before, after)]
    assert others[0] == others[1]
    for client in clients:
        mine = [finding for finding in after.findings if finding.hit.customer == client]
        assert {finding.rule for finding in mine} <= {"unmapped-client", "unmapped-line"}
        cost = sum((line.price * line.quantity for line in case.month.vendor if line.client == client), Decimal(0))
        assert abs(cost) == sum(f.hit.at_stake for f in mine if f.rule == "unmapped-client")
        billed = sum((bill.unit * bill.quantity for bill in case.month.billed if bill.client == client), Decimal(0))
        assert billed == sum(f.hit.billed or 0 for f in mine if f.rule == "unmapped-line")


def without_a_product_only_its_own_findings_change(case: Case) -> None:
    """The same for a row of Products: nothing is reported of it but that it is not mapped, with all of its money."""
    products = _one_of_each_month(case, BASES)
    after = case.after(unmapped_products=products)
    names = products | {printed(product) for product in products}
    others = [[row for row in told(one) if row[2] not in names] for one in (case.before, after)]
    assert others[0] == others[1]
    for product in products:
        mine = [finding for finding in after.findings if finding.hit.product in (product, printed(product))]
        assert {finding.rule for finding in mine} <= {"unmapped-product", "unmapped-line"}
        billed = sum((bill.unit * bill.quantity for bill in case.month.billed if bill.product == product), Decimal(0))
        assert billed == sum(f.hit.billed or 0 for f in mine if f.rule == "unmapped-line")


def _one_of_each_month(case: Case, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"{case.data.draw(st.sampled_from(names))} {number}" for number in NUMBERS)


def money_scales_with_its_currency(case: Case) -> None:
    """The same month in yen or dinars, cent for smallest coin: every figure scales exactly, no finding comes or goes."""
    for currency, scale in SCALES.items():
        after = case.after(currency=currency, scale=scale)
        assert told(case.before) == told(after, scale)
        assert nets(case.before) == nets(after, scale)


LAWS: tuple[Callable[[Case], None], ...] = (
    the_order_of_rows_does_not_matter,
    a_line_may_be_printed_as_two,
    a_matched_pair_adds_no_finding,
    a_charge_and_its_full_credit_cancel,
    without_a_customer_only_its_own_findings_change,
    without_a_product_only_its_own_findings_change,
    money_scales_with_its_currency,
)
