"""The bench on which a month is put together: its clients, deals and price rules so far."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeVar

from recon_xl.sample.catalogue import Offer, Product, price_level
from recon_xl.sample.clients import Client
from recon_xl.sample.cycles import Cycle, days_in, month_end, on_anchor, parse_period, shift, yearly_cycle
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import half_up, minor_units
from recon_xl.sample.names import Ids
from recon_xl.sample.prices import PRICING_TO_BILLING, PriceBook
from recon_xl.sample.vendor import Subscription, Tenant

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Purchase:
    """How a subscription was bought."""

    term: str = "P1Y"
    plan: str = "Monthly"
    anchor: int | None = None
    start: date | None = None
    promotion: bool = False
    qualifiers: str = ""


class Workshop:
    """A month in the making."""

    def __init__(self, seed: int | str, period: str, currencies: Sequence[str]) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - sample data
        self.ids = Ids(self.rng)
        self.first = parse_period(period)
        self.last = month_end(self.first)
        self.currencies = tuple(currencies)
        self.clients: list[Client] = []
        self.deals: dict[tuple[str, str], Deal] = {}
        self.book = PriceBook((self.first, self.last))
        self.sell_prices: dict[tuple[str, str, str], Fraction] = {}
        self.plans: dict[tuple[str, Offer], Subscription] = {}
        self.plan_ids: dict[str, str] = {}
        self.guests: list[Client] = []
        self.hosted: Counter[str] = Counter()
        self.spared = 3
        self._entitlements: dict[str, list[str]] = {}
        self._anchors: list[int] = []
        self._turns: dict[str, int] = {}

    def count_lines(self) -> int:
        """Vendor lines of this month so far."""
        return sum(len(deal.lines) for deal in self.deals.values())

    @property
    def daily_currency(self) -> str:
        """Currency of the invoice that comes with a daily usage file."""
        return self.currencies[0]

    def entitlements(self, tenant: str) -> list[str]:
        """The Azure subscriptions of a tenant's plan: one, two or three."""
        if tenant not in self._entitlements:
            self._entitlements[tenant] = [self.ids.guid() for _ in range(self.rng.randint(1, 3))]
        return self._entitlements[tenant]

    def day(self, day: int) -> date:
        """A day of the month being closed."""
        return self.first.replace(day=min(day, days_in(self.first)))

    def next_anchor(self) -> int:
        """The next anchor day: each of 1 to 31 comes up once before any comes again."""
        if not self._anchors:
            self._anchors = self.rng.sample(range(1, 32), 31)
        return self._anchors.pop()

    def turn(self, name: str, options: Sequence[Choice]) -> Choice:
        """The next of the options, so that each of them comes up."""
        self._turns[name] = self._turns.get(name, -1) + 1
        return options[self._turns[name] % len(options)]

    def has(self, client: Client, product: Product) -> bool:
        """True if the client already has the product."""
        return (client.name, product.name) in self.deals

    def deal(self, client: Client, product: Product, basis: str = "") -> Deal:
        """The client's deal for the product, made when first asked for."""
        found = self.deals.get((client.name, product.name))
        if found is None:
            found = Deal(client, product, basis or product.basis, override=basis not in ("", product.basis))
            self.deals[found.key] = found
        return found

    def subscribe(
        self, deal: Deal, how: Purchase, tenant: Tenant | None = None, offer: Offer | None = None
    ) -> Subscription:
        """A licence subscription of the deal."""
        tenant, offer = tenant or deal.client.home, offer or deal.product.offers[0]
        anchor = how.anchor or (how.start.day if how.start else self.next_anchor())
        term = yearly_cycle(how.start) if how.start else self._term(anchor)
        currency = tenant.currency if offer.local_price else "USD"
        subscription = Subscription(
            id=self.ids.guid(),
            tenant=tenant,
            offer=offer,
            start=term.start,
            end=term.end,
            unit_price=offer.unit_price(currency, how.term, how.plan),
            term=how.term,
            plan=how.plan,
            anchor=anchor,
            discount=Fraction(9, 10) if how.promotion else Fraction(1),
            model=self.rng.choice("AAB"),
            pricing_currency=currency,
            rate=Fraction(1) if currency == tenant.currency else Fraction(PRICING_TO_BILLING[tenant.currency]),
            digits=12 if tenant.currency == self.currencies[0] else 16,
            promotion=self.ids.guid() if how.promotion else "",
            qualifiers=how.qualifiers,
        )
        deal.subscriptions.append(subscription)
        return subscription

    def _term(self, anchor: int) -> Cycle:
        back = [months for months in range(1, 12) if days_in(shift(self.first, -months)) >= anchor]
        start = on_anchor(shift(self.first, -self.rng.choice(back)), anchor)
        if (start.month, start.day) == (2, 29):
            start -= timedelta(days=29)
        return yearly_cycle(start)

    def sell_price(self, deal: Deal, factor: str = "1.3", plan: tuple[str, str] = ("P1Y", "Monthly")) -> Fraction:
        """A plausible price of ours for one client: vendor cost in its currency, times a factor."""
        home = deal.client.home.currency
        cost = deal.product.offers[0].unit_price(home, *plan) * self.book.rate(home, deal.client.currency)
        return shelf_price(cost * Fraction(factor), deal.client.currency)

    def list_price(self, deal: Deal, base: str, special: bool = False) -> Fraction:
        """Our list price of a product in the client's currency; now and then a lower one for one customer."""
        currency, name = deal.client.currency, deal.product.name
        exact = Fraction(base) * price_level(currency)
        holder = deal.client.name if special else ""
        price = shelf_price(exact * Fraction("0.96" if special else "1"), currency)
        return self.sell_prices.setdefault((name, holder, currency), price)


def shelf_price(exact: Fraction, currency: str) -> Fraction:
    """A price that ends in 0 or 5 of the smallest digit."""
    places = minor_units(currency)
    return half_up(exact * 10**places / 5, 0) * Fraction(5, 10**places)
