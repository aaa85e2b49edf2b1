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
SIDE_BY_SIDE = 25
"""Months that one workbook carries: their clients, products and prices are told apart by a number, so that nothing of one
touches another. A run costs hardly more for many than for one."""
NUMBERS = tuple(str(number) for number in range(SIDE_BY_SIDE))
STEADY = "Yew"
"""A client that the workbook always has, billed as charged: without a bill or a charge nothing could be compared."""
NEW = "Zelkova"
"""A client of each month for which nothing was drawn."""
BASES = ("markup", "fixed", "list", "as billed", "count")
PRICED = ("fixed", "list", "count")
CHANGES = (("addQuantity", 1), ("removeQuantity", -1))
Line = TypeVar("Line")
FIRST, LAST = "2026-10-01", "2026-10-31"


@dataclass(frozen=True)
class VendorLine:
    """A whole cycle's charge, or a part of one. Client and product carry the number of their month.

    `price` is signed and has as many decimals as the currency.
    """

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
    """The months of a workbook. `scale` multiplies all money, in a currency whose minor unit follows."""

    vendor: tuple[VendorLine, ...]
    billed: tuple[BilledLine, ...]
    counts: tuple[tuple[str, int], ...]
    prices: dict[str, Decimal] = field(hash=False)
    """Product -> price a unit, where it has one; a price book of each month's own."""
    markups: tuple[int, ...] = ()
    """Percent, one of each month."""
    currency: str = "USD"
    scale: Decimal = Decimal(1)
    unmapped_clients: frozenset[str] = frozenset()
    unmapped_products: frozenset[str] = frozenset()
    reversed_rows: bool = False

    def reconcile(self, books: OpenBooks) -> Result:
        """What the product says."""
        return self.written(books).reconcile()

    def written(self, books: OpenBooks) -> Books:
        """The month typed into an empty workbook."""
        money = self._money
        tolerances = {"billed_tolerance": money(Decimal("0.02")), "vendor_tolerance": money(Decimal("0.01"))}
        month = books("2026-10", base_currency=self.currency, **tolerances)
        month.customer(STEADY, currency=self.currency)
        for number in NUMBERS:
            self._map(month, number)
        for line in self._ordered(self.vendor):
            self._charge(month, line)
        for bill in self._ordered(self.billed):
            amount = bill.unit * bill.quantity
            month.bill(
                bill.client, bill.product, str(bill.quantity), money(bill.unit), money(amount), description=bill.note
            )
        for client, units in self._ordered(self.counts):
            month.count(client, of("count", client), str(units))
        return month

    def _map(self, month: Books, number: str) -> None:
        """Clients, products and prices of one of the months."""
        clients = [f"{name} {number}" for name in (*CLIENTS, NEW)]
        for name in clients:
            if name not in self.unmapped_clients:
                month.customer(name, currency=self.currency)
            for basis in ("fixed", "count"):
                product = f"{basis} {number}"
                month.agreement(name, product, self._money(self.prices[product]), currency=self.currency)
        for basis in BASES:
            product = f"{basis} {number}"
            if product not in self.unmapped_products:
                source, price_basis = ("count", "fixed") if basis == "count" else ("vendor", basis)
                month.product(product, price_basis, source, **_ids(product, source))
        markup, listed = str(self.markups[int(number)]), f"list {number}"
        month.add("Price Rules", {"Level": "product", "Billing Product": f"markup {number}", "Markup": markup})
        price = self._money(self.prices[listed])
        month.add("Sell Prices", {"Billing Product": listed, "Currency": self.currency, "Price": price})

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
            currency=self.currency, pricing_currency=self.currency, sku_name=printed(line.product),
            **_ids(line.product, "vendor"),
        )  # fmt: skip


def number_of(name: str) -> str:
    """The month of a client or a product."""
    return name.rpartition(" ")[2]


def of(basis: str, client: str) -> str:
    """The product of that basis in the client's month."""
    return f"{basis} {number_of(client)}"


def printed(product: str) -> str:
    """The name that the vendor prints."""
    return f"Vendor's {product}"


def _ids(product: str, source: str) -> dict[str, str]:
    return {"product_id": f"P-{product}", "sku_id": "0001"} if source == "vendor" else {}


def cents(low: int, high: int) -> st.SearchStrategy[Decimal]:
    """Prices in whole cents."""
    return st.integers(low, high).map(lambda number: Decimal(number).scaleb(-2))


@st.composite
def small_months(draw: st.DrawFn) -> Small:
    """Months of up to six deals each: right, wrong, unbilled, changed in mid-cycle, or billed for nothing."""
    prices = {f"{basis} {number}": draw(cents(100, 9000)) for number in NUMBERS for basis in PRICED}
    first = "list 0"
    vendor = [VendorLine(STEADY, first, "cycleCharge", 3, Decimal("0.50"), "sub y", "y 0")]
    billed = [BilledLine(STEADY, first, 3, prices[first])]
    counts: list[tuple[str, int]] = []
    for client, basis in (deal for number in NUMBERS for deal in draw(_deals(number))):
        seats, product = draw(st.integers(1, 40)), of(basis, client)
        if basis == "count":
            counts.append((client, seats))
        else:
            vendor += _deal(draw, client, product, seats)
        for _ in range(draw(st.integers(0, 2))):
            quantity = draw(st.integers(1, 40))
            billed.append(BilledLine(client, product, quantity, draw(cents(100, 9000)), f"line {len(billed)}"))
    markups = tuple(draw(st.integers(10, 60)) for _ in NUMBERS)
    return Small(tuple(vendor), tuple(billed), tuple(counts), prices, markups)


def _deals(number: str) -> st.SearchStrategy[list[tuple[str, str]]]:
    places = [(f"{client} {number}", basis) for client in CLIENTS for basis in BASES]
    return st.lists(st.sampled_from(places), min_size=1, max_size=6, unique=True)


def _deal(draw: st.DrawFn, client: str, product: str, seats: int) -> list[VendorLine]:
    """A subscription's cycle charge; now and then seats are added or removed, by the vendor's wipe and new charge."""
    subscription, price = f"{client} {product}", draw(cents(100, 6000))
    lines = [VendorLine(client, product, "cycleCharge", seats, price, subscription, f"{subscription} 0")]
    if draw(st.booleans()):
        charge, sign = draw(st.sampled_from(CHANGES))
        part = draw(cents(50, 100)) * price // Decimal("0.01") * Decimal("0.01")
        after = max(1, seats + sign * draw(st.integers(1, 5)))
        start, reference = "2026-10-11", f"{subscription} 1"
        lines.append(VendorLine(client, product, charge, seats, -part, subscription, reference, start))
        lines.append(VendorLine(client, product, charge, after, part, subscription, reference, start))
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
