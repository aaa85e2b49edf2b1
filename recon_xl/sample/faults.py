"""Mistakes planted on purpose, each in a place of its own, each with the money it is worth."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from recon_xl.sample.assemble import Assembly
from recon_xl.sample.deals import BilledLine, Deal
from recon_xl.sample.money import minor_units
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.reckoning import Expected, expect
from recon_xl.sample.unmapping import (
    hide_client,
    hide_client_but_bill,
    hide_product,
    hideable_clients,
    hideable_products,
)
from recon_xl.sample.verdicts import LOSE, OVERCHARGED, VENDOR, about_cost, about_key

CENT = Fraction(1, 100)


class Planter:
    """Finds places for faults so that no two touch the same key, and plants them."""

    def __init__(self, assembly: Assembly, seed: int | str) -> None:
        self.assembly = assembly
        self.rng = random.Random(f"faults-{seed}")  # noqa: S311 - sample data
        self.used: set[tuple[str, str]] = set()
        self.closed: set[str] = set()

    def expected(self, deal: Deal) -> Expected:
        """What the deal should be billed."""
        return expect(deal, self.assembly.shop.book)

    def find(self, wanted: Callable[[Deal], bool]) -> Deal:
        """A deal that no fault has touched, of a client with as few other faults as can be."""
        touched = [client for client, _ in self.used]
        deals = self.assembly.shop.deals.values()
        free = [
            deal for deal in deals if deal.key not in self.used and deal.client.name not in self.closed and wanted(deal)
        ]
        if not free:
            raise LookupError("the month has no place left for this fault; ask for more lines or fewer faults")
        fewest = min(touched.count(deal.client.name) for deal in free)
        deal = self.rng.choice([deal for deal in free if touched.count(deal.client.name) == fewest])
        self.used.add(deal.key)
        return deal

    def plain(self, deal: Deal) -> bool:
        """One billed line, quantity x price, nothing special about it."""
        if deal.eventful or deal.timing or deal.usage or len(deal.billed) != 1 or deal.product.quantity == "none":
            return False
        if deal.limited and deal.product.quantity == "vendor":
            return False
        line, expected = deal.billed[0], self.expected(deal)
        even = line.unit is not None and line.quantity * line.unit == line.net() == expected.amount
        return even and line.quantity == expected.quantity and line.quantity > 3 and expected.amount > 1


def plant(assembly: Assembly, faults: Iterable[str], seed: int | str) -> tuple[PlantedFault, ...]:
    """Plant each named fault once; a name given twice is planted in two places. Whole clients are hidden first."""
    planter, names = Planter(assembly, seed), list(faults)
    unknown = [name for name in names if name not in FAULTS]
    if unknown:
        raise ValueError(f"unknown fault {unknown[0]!r}; known: {', '.join(FAULTS)}")
    order = sorted(range(len(names)), key=lambda number: not names[number].startswith("unmapped"))
    planted = {number: FAULTS[names[number]](planter) for number in order}
    return tuple(planted[number] for number in range(len(names)))


def bill_quantity(planter: Planter, deal: Deal, quantity: Fraction) -> PlantedFault:
    """Bill another quantity at the same price."""
    planter.used.add(deal.key)
    expected, line = planter.expected(deal), deal.billed[0]
    line.quantity = quantity
    if line.amount is not None:
        line.amount = quantity * (line.unit or 0)
    rule, direction = ("underbilled", LOSE) if deal.billed_net() < expected.amount else ("overbilled", OVERCHARGED)
    return about_key(rule, deal, expected, direction)


def _underbilled(planter: Planter) -> PlantedFault:
    deal = planter.find(planter.plain)
    quantity = deal.billed[0].quantity
    return bill_quantity(planter, deal, quantity - planter.rng.randint(1, min(5, int(quantity) - 1)))


def _overbilled(planter: Planter) -> PlantedFault:
    deal = planter.find(planter.plain)
    return bill_quantity(planter, deal, deal.billed[0].quantity + planter.rng.randint(1, 5))


def _underbilled_minimum(planter: Planter) -> PlantedFault:
    """Bill the seats there are, where a least number above them was agreed."""

    def wanted(deal: Deal) -> bool:
        seats = sum((line.quantity for line in deal.lines), Fraction(0))
        fewer = deal.product.quantity == "vendor" and seats < (deal.minimum or 0)
        return fewer and len(deal.billed) == 1 and deal.billed[0].unit is not None

    deal = planter.find(wanted)
    return bill_quantity(planter, deal, deal.lines[0].quantity)


def leave_unbilled(planter: Planter, deal: Deal) -> PlantedFault:
    """Forget every billed line of the deal."""
    planter.used.add(deal.key)
    deal.billed = []
    return about_key("unbilled", deal, planter.expected(deal), LOSE)


def _unbilled(planter: Planter) -> PlantedFault:
    def wanted(deal: Deal) -> bool:
        priced = deal.basis != "as billed" and not deal.timing and deal.style != "subscription"
        return priced and bool(deal.billed) and planter.expected(deal).amount > 1

    return leave_unbilled(planter, planter.find(wanted))


def bill_without_source(planter: Planter, deal: Deal, quantity: int, price: Fraction) -> PlantedFault:
    """Bill a product of which the client has nothing: `deal` is new and empty."""
    planter.used.add(deal.key)
    line = BilledLine(
        deal.client.name, deal.product.name, deal.product.name, Fraction(quantity), price, quantity * price
    )
    line.month, line.currency = planter.assembly.settings["Period"], deal.client.currency
    deal.billed = [line]
    return about_key("billed-without-source", deal, planter.expected(deal), OVERCHARGED)


def _billed_without_source(planter: Planter) -> PlantedFault:
    shop = planter.assembly.shop
    template = planter.find(
        lambda deal: deal.product.name in ("Microsoft 365 Business Basic", "Microsoft 365 E3") and bool(deal.billed)
    )
    planter.used.discard(template.key)
    open_clients = [
        client
        for client in shop.clients
        if client.name not in planter.closed and not shop.has(client, template.product)
    ]
    if not open_clients:
        raise LookupError("every client has the product")
    deal = shop.deal(planter.rng.choice(open_clients), template.product)
    deal.price = shop.list_price(deal, "7.50") if deal.basis == "list" else shop.sell_price(deal)
    return bill_without_source(planter, deal, planter.rng.randint(2, 15), deal.price)


def duplicate_vendor(planter: Planter, deal: Deal) -> PlantedFault:
    """Print a vendor line of the deal a second time, equal in every column."""
    planter.used.add(deal.key)
    line = next(line for line in deal.lines if line.subtotal > 0)
    currency = line.subscription.tenant.currency
    rows = planter.assembly.vendor[currency]
    position = next(
        number
        for number, row in enumerate(rows)
        if line.reference in row.values() and not row["Subtotal"].startswith("-")
    )
    rows.insert(planter.rng.randint(position + 1, len(rows)), dict(rows[position]))
    return about_cost("duplicate-vendor-line", deal, line.subtotal, VENDOR)


def _duplicate_vendor(planter: Planter) -> PlantedFault:
    return duplicate_vendor(
        planter, planter.find(lambda deal: not deal.usage and any(line.subtotal > 0 for line in deal.lines))
    )


def duplicate_billed(planter: Planter, deal: Deal) -> PlantedFault:
    """Bill a line of the deal a second time."""
    planter.used.add(deal.key)
    again = deal.billed[0]
    deal.billed.append(again)
    return about_key("duplicate-billed-line", deal, planter.expected(deal), OVERCHARGED, at_stake=again.net())


def _duplicate_billed(planter: Planter) -> PlantedFault:
    return duplicate_billed(planter, planter.find(planter.plain))


def round_differently(planter: Planter, deal: Deal, difference: Fraction) -> PlantedFault:
    """Bill a cent or two more or less: within tolerance, information only."""
    planter.used.add(deal.key)
    line = deal.billed[0]
    line.amount, line.unit = line.net() + difference, None
    return about_key("rounding", deal, planter.expected(deal), LOSE if difference < 0 else OVERCHARGED)


def _rounding(planter: Planter) -> PlantedFault:
    def wanted(deal: Deal) -> bool:
        priced = deal.basis != "as billed" and not deal.timing and deal.style != "subscription"
        return priced and len(deal.billed) == 1 and minor_units(deal.client.currency) == 2 and deal.billed_net() > 1

    return round_differently(planter, planter.find(wanted), planter.rng.choice((-2, -1, 1, 2)) * CENT)


def _unmapped_client(planter: Planter) -> PlantedFault:
    return hide_client(planter.assembly, _client(planter))


def _unmapped_client_billed(planter: Planter) -> PlantedFault:
    return hide_client_but_bill(planter.assembly, _client(planter, by_one_name=True))


def _client(planter: Planter, *, by_one_name: bool = False) -> str:
    touched = {client for client, _ in planter.used} | planter.closed
    free: Sequence[str] = [
        name for name in hideable_clients(planter.assembly, by_one_name=by_one_name) if name not in touched
    ]
    if not free:
        raise LookupError("no client left to hide")
    name = planter.rng.choice(free)
    planter.closed.add(name)
    return name


def _unmapped_product(planter: Planter) -> PlantedFault:
    rare = hideable_products(planter.assembly)
    deal = planter.find(lambda deal: deal.product.name in rare)
    return hide_product(planter.assembly, deal)


FAULTS: dict[str, Callable[[Planter], PlantedFault]] = {
    "underbilled": _underbilled,
    "underbilled-minimum": _underbilled_minimum,
    "overbilled": _overbilled,
    "unbilled": _unbilled,
    "billed-without-source": _billed_without_source,
    "unmapped-client": _unmapped_client,
    "unmapped-client-billed": _unmapped_client_billed,
    "unmapped-product": _unmapped_product,
    "duplicate-vendor-line": _duplicate_vendor,
    "duplicate-billed-line": _duplicate_billed,
    "rounding": _rounding,
}
