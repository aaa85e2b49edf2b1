"""Small months of any content: a few clients, each way of pricing, bills that may be right or wrong.

A month is drawn as plain data, so that a law can change it (split a line, scale its money) and have it reconciled again.
Vendor lines obey the vendor's own arithmetic: price x quantity is the subtotal to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st
from scenarios.harness import Books, OpenBooks

from recon_xl.core.finding import Finding
from recon_xl.report.result import Result

CLIENTS = ("Alder", "Birch", "Cedar")
SIDE_BY_SIDE = 4
"""Months that one workbook carries: their clients are told apart by a number, so that nothing of one touches another."""
EVERY_CLIENT = tuple(f"{name} {number}" for number in range(SIDE_BY_SIDE) for name in CLIENTS)
STEADY = "Yew"
"""A client that every month has, billed as charged: without a bill or a charge nothing could be compared."""
BASES = ("markup", "fixed", "list", "as billed", "count")
CHANGES = (("addQuantity", 1), ("removeQuantity", -1))
Line = TypeVar("Line")
FIRST, LAST = "2026-10-01", "2026-10-31"


@dataclass(frozen=True)
class VendorLine:
    """A whole cycle's charge, or a part of one; `price` is signed and has as many decimals as the currency."""

    client: str
    product: str
    charge: str
    quantity: int
    price: Decimal
    subscription: str
    reference: str
    start: str = FIRST
    order: str = "a"


@dataclass(frozen=True)
class BilledLine:
    """A line of the planned bill."""

    client: str
    product: str
    quantity: int
    unit: Decimal
    note: str = ""


@dataclass(frozen=True)
class Small:
    """The month. `scale` multiplies all money, in a currency whose minor unit follows."""

    vendor: tuple[VendorLine, ...]
    billed: tuple[BilledLine, ...]
    counts: tuple[tuple[str, int], ...]
    prices: dict[str, Decimal] = field(hash=False)
    markup: int = 20
    currency: str = "USD"
    scale: Decimal = Decimal(1)
    unmapped_client: str = ""
    unmapped_product: str = ""
    reversed_rows: bool = False

    def reconcile(self, books: OpenBooks) -> Result:
        """What the product says."""
        return self.written(books).reconcile()

    def written(self, books: OpenBooks) -> Books:
        """The month typed into an empty workbook."""
        money = self._money
        tolerances = {"billed_tolerance": money(Decimal("0.02")), "vendor_tolerance": money(Decimal("0.01"))}
        month = books("2026-10", base_currency=self.currency, **tolerances)
        for name in (*EVERY_CLIENT, STEADY, "Zelkova"):
            if name != self.unmapped_client:
                month.customer(name, currency=self.currency)
        for basis in BASES:
            if basis != self.unmapped_product:
                source, price_basis = ("count", "fixed") if basis == "count" else ("vendor", basis)
                month.product(basis, price_basis, source, **_ids(basis, source))
        month.add("Price Rules", {"Level": "product", "Markup": str(self.markup)})
        for name in (*EVERY_CLIENT, STEADY, "Zelkova"):
            for basis in ("fixed", "count"):
                month.agreement(name, basis, money(self.prices[basis]), currency=self.currency)
        month.add(
            "Sell Prices", {"Billing Product": "list", "Currency": self.currency, "Price": money(self.prices["list"])}
        )
        for line in self._ordered(self.vendor):
            self._charge(month, line)
        for bill in self._ordered(self.billed):
            amount = bill.unit * bill.quantity
            month.bill(
                bill.client, bill.product, str(bill.quantity), money(bill.unit), money(amount), description=bill.note
            )
        for client, units in self._ordered(self.counts):
            month.count(client, "count", str(units))
        return month

    def _ordered(self, rows: tuple[Line, ...]) -> tuple[Line, ...]:
        return rows[::-1] if self.reversed_rows else rows

    def _money(self, amount: Decimal) -> str:
        return f"{amount * self.scale:f}"

    def _charge(self, month: Books, line: VendorLine) -> None:
        money = self._money
        month.seats(
            line.client,
            [(line.charge, line.start, LAST, money(line.price), str(line.quantity), money(line.price * line.quantity))],
            subscription_id=line.subscription, reference_id=line.reference, order_id=line.order,
            currency=self.currency, pricing_currency=self.currency, **_ids(line.product, "vendor"),
        )  # fmt: skip


def _ids(product: str, source: str) -> dict[str, str]:
    return {"product_id": f"P-{product}", "sku_id": "0001"} if source == "vendor" else {}


def cents(low: int, high: int) -> st.SearchStrategy[Decimal]:
    """Prices in whole cents."""
    return st.integers(low, high).map(lambda number: Decimal(number).scaleb(-2))


@st.composite
def small_months(draw: st.DrawFn) -> Small:
    """Four months of up to six deals each: right, wrong, unbilled, changed in mid-cycle, or billed for nothing."""
    prices = {basis: draw(cents(100, 9000)) for basis in ("fixed", "list", "count")}
    vendor = [VendorLine(STEADY, "list", "cycleCharge", 3, Decimal("0.50"), "sub y", "y 0")]
    billed = [BilledLine(STEADY, "list", 3, prices["list"])]
    counts: list[tuple[str, int]] = []
    deals = [deal for number in range(SIDE_BY_SIDE) for deal in draw(_deals(number))]
    for client, basis in deals:
        seats = draw(st.integers(1, 40))
        if basis == "count":
            counts.append((client, seats))
        else:
            vendor += _deal(draw, client, basis, seats)
        for _ in range(draw(st.integers(0, 2))):
            quantity = draw(st.integers(1, 40))
            billed.append(BilledLine(client, basis, quantity, draw(cents(100, 9000)), f"line {len(billed)}"))
    return Small(tuple(vendor), tuple(billed), tuple(counts), prices, draw(st.integers(10, 60)))


def _deals(number: int) -> st.SearchStrategy[list[tuple[str, str]]]:
    places = [(f"{client} {number}", basis) for client in CLIENTS for basis in BASES]
    return st.lists(st.sampled_from(places), min_size=1, max_size=6, unique=True)


def _deal(draw: st.DrawFn, client: str, basis: str, seats: int) -> list[VendorLine]:
    """A subscription's cycle charge; now and then seats are added or removed, by the vendor's wipe and new charge."""
    subscription, price = f"{client} {basis}", draw(cents(100, 6000))
    lines = [VendorLine(client, basis, "cycleCharge", seats, price, subscription, f"{subscription} 0")]
    if draw(st.booleans()):
        charge, sign = draw(st.sampled_from(CHANGES))
        part = draw(cents(50, 100)) * price // Decimal("0.01") * Decimal("0.01")
        after = max(1, seats + sign * draw(st.integers(1, 5)))
        start, reference = "2026-10-11", f"{subscription} 1"
        lines.append(VendorLine(client, basis, charge, seats, -part, subscription, reference, start))
        lines.append(VendorLine(client, basis, charge, after, part, subscription, reference, start))
    return lines


Told = tuple[str, str, str, str, Decimal, str, Decimal | None, Decimal | None, bool]


def told(result: Result, divisor: Decimal = Decimal(1)) -> list[Told]:
    """What the findings say, money divided by the scale; without keys, words and rows."""
    found: list[Told] = [_told(finding, divisor) for finding in result.findings]
    return sorted(found, key=repr)


def _told(finding: Finding, divisor: Decimal) -> Told:
    hit = finding.hit
    expected, billed = (None if side is None else (side / divisor).normalize() for side in (hit.expected, hit.billed))
    stake = (hit.at_stake / divisor).normalize()
    return (
        finding.rule, hit.customer, hit.product, hit.subscription, stake, hit.direction, expected, billed, finding.is_primary
    )  # fmt: skip


def nets(result: Result, divisor: Decimal = Decimal(1)) -> dict[str, Decimal]:
    """Client -> net of its draft, divided by the scale."""
    return {draft.customer: (draft.net / divisor).normalize() for draft in result.drafts}


def variances(result: Result) -> dict[tuple[str, str], Decimal]:
    """(client, product) -> billed - expected, over all subscriptions."""
    sums: dict[tuple[str, str], Decimal] = {}
    for match in result.matches:
        key = (match["client"], match["product"])
        sums[key] = sums.get(key, Decimal(0)) + match["billed"] - match["expected"]
    return {key: amount.normalize() for key, amount in sums.items() if amount}
