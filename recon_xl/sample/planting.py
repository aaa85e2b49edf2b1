"""Planting a mistake in a given place, and telling the money it is worth."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from recon_xl.sample.assemble import Assembly
from recon_xl.sample.deals import BilledLine, Deal
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.reckoning import Expected, expect
from recon_xl.sample.verdicts import LOSE, OVERCHARGED, VENDOR, about_cost, about_key


class Planter:
    """Finds places for faults so that no two touch the same key, and plants them."""

    def __init__(self, assembly: Assembly, seed: int | str, staged: Mapping[str, Sequence[Deal]] | None = None) -> None:
        self.assembly = assembly
        self._staged = {name: list(deals) for name, deals in (staged or {}).items()}
        self.rng = random.Random(f"faults-{seed}")  # noqa: S311 - sample data
        self.used: set[tuple[str, str]] = {deal.key for deals in self._staged.values() for deal in deals}
        self.closed: set[str] = set()

    def take(self, name: str) -> Deal:
        """The place that was made ready for a fault."""
        return self._staged[name].pop(0)

    def expected(self, deal: Deal) -> Expected:
        """What the deal should be billed."""
        return expect(deal, self.assembly.shop.book)

    def find(self, wanted: Callable[[Deal], bool]) -> Deal:
        """A deal that no fault has touched, of a client with as few other faults as can be."""
        touched = Counter(client for client, _ in self.used)
        deals = list(self.assembly.shop.deals.values())
        self.rng.shuffle(deals)
        for deal in sorted(deals, key=lambda deal: touched[deal.client.name]):
            if deal.key not in self.used and deal.client.name not in self.closed and wanted(deal):
                self.used.add(deal.key)
                return deal
        raise LookupError("the month has no place left for this fault; ask for more lines or fewer faults")

    def plain(self, deal: Deal) -> bool:
        """One billed line, quantity x price, nothing special about it."""
        if deal.eventful or deal.timing or deal.usage or len(deal.billed) != 1 or deal.product.quantity == "none":
            return False
        if deal.limited and deal.product.quantity == "vendor":
            return False
        # A year billed for a few of its seats only could as well be an instalment of it.
        if any(subscription.plan == "Annual" for subscription in deal.subscriptions):
            return False
        line, expected = deal.billed[0], self.expected(deal)
        even = line.unit is not None and line.quantity * line.unit == line.net() == expected.amount
        return even and line.quantity == expected.quantity and line.quantity > 3 and expected.amount > 1


def bill_quantity(planter: Planter, deal: Deal, quantity: Fraction) -> PlantedFault:
    """Bill another quantity at the same price."""
    planter.used.add(deal.key)
    expected, line = planter.expected(deal), deal.billed[0]
    line.quantity = quantity
    if line.amount is not None:
        line.amount = quantity * (line.unit or 0)
    rule, direction = ("underbilled", LOSE) if deal.billed_net() < expected.amount else ("overbilled", OVERCHARGED)
    return about_key(rule, deal, expected, direction)


def leave_unbilled(planter: Planter, deal: Deal, rule: str = "unbilled") -> PlantedFault:
    """Forget every billed line of the deal."""
    planter.used.add(deal.key)
    deal.billed = []
    return about_key(rule, deal, planter.expected(deal), LOSE)


def bill_without_source(planter: Planter, deal: Deal, quantity: int, price: Fraction) -> PlantedFault:
    """Bill a product of which the client has nothing: `deal` is new and empty."""
    planter.used.add(deal.key)
    line = BilledLine(
        deal.client.name, deal.product.name, deal.product.name, Fraction(quantity), price, quantity * price
    )
    line.month, line.currency = planter.assembly.settings["Period"], deal.client.currency
    deal.billed = [line]
    return about_key("billed-without-source", deal, planter.expected(deal), OVERCHARGED)


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


def duplicate_billed(planter: Planter, deal: Deal) -> PlantedFault:
    """Bill a line of the deal a second time."""
    planter.used.add(deal.key)
    again = deal.billed[0]
    deal.billed.append(again)
    return about_key("duplicate-billed-line", deal, planter.expected(deal), OVERCHARGED, at_stake=again.net())


def round_differently(planter: Planter, deal: Deal, difference: Fraction) -> PlantedFault:
    """Bill a cent or two more or less: within tolerance, information only."""
    planter.used.add(deal.key)
    line = deal.billed[0]
    line.amount, line.unit = line.net() + difference, None
    return about_key("rounding", deal, planter.expected(deal), LOSE if difference < 0 else OVERCHARGED)
