"""The provider's price rules: markups by level, Percentage Off RRP, retail prices, exchange rates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from recon_xl.sample.catalogue import RESERVATION_PRICES, Offer
from recon_xl.sample.clients import Client
from recon_xl.sample.money import half_up, minor_units
from recon_xl.sample.vendor import Subscription, Tenant

LEVELS = ("subscription", "customer", "reseller", "product")
RATES = {  # 1 From = Rate To
    ("USD", "EUR"): "0.8615", ("USD", "CAD"): "1.3712", ("USD", "JPY"): "150.25", ("USD", "KWD"): "0.30655",
    ("EUR", "USD"): "1.1607", ("EUR", "CHF"): "0.9301", ("EUR", "GBP"): "0.87345",
}  # fmt: skip
INVERSE_ONLY = {("USD", "GBP"): "1.3288"}  # only 1 GBP = 1.3288 USD is listed
PRICING_TO_BILLING = {"USD": "1", "EUR": "0.846202666", "GBP": "0.7525381", "CAD": "1.3641", "AUD": "1.52207"}


@dataclass(frozen=True)
class Markup:
    """One row of Price Rules."""

    level: str
    applies_to: str
    product: str
    percent: str
    start: date | None = None
    end: date | None = None


@dataclass
class PriceBook:
    """Every price rule of the month, and what each resolves to."""

    month: tuple[date, date]
    markups: list[Markup] = field(default_factory=list)
    profiles: dict[tuple[str, str], str] = field(default_factory=dict)
    _by_holder: dict[tuple[str, str], list[Markup]] = field(default_factory=dict, repr=False)
    _filed: int = 0

    def markup(self, client: Client, product: str, subscription: str) -> Fraction:
        """The most specific markup in force: subscription, customer, reseller, then product; as a factor."""
        wanted = {"subscription": subscription, "customer": client.name, "reseller": client.reseller, "product": ""}
        for level in LEVELS:
            for rule in self._rules().get((level, wanted[level]), ()):
                if self._holds(rule, product):
                    return 1 + Fraction(rule.percent) / 100
        raise LookupError(f"no markup for {client.name}, {product}")

    def _rules(self) -> dict[tuple[str, str], list[Markup]]:
        """The markups by level and whom they apply to; filed anew after one was added."""
        if self._filed != len(self.markups):
            self._filed = len(self.markups)
            self._by_holder = {}
            for rule in self.markups:
                self._by_holder.setdefault((rule.level, rule.applies_to), []).append(rule)
        return self._by_holder

    def _holds(self, rule: Markup, product: str) -> bool:
        if rule.level == "reseller" and not rule.applies_to:
            return False
        ended = rule.end is not None and rule.end < self.month[1]
        return rule.product in ("", product) and not ended

    def percent_off(self, profile: str, tenant: Tenant, client: Client) -> Fraction:
        """Percentage Off RRP as a factor: 2.5 gives 1.025; the tenant's, the customer's, else the default."""
        for holder in (tenant.id, client.name, ""):
            if (profile, holder) in self.profiles:
                return 1 + Fraction(self.profiles[profile, holder]) / 100
        raise LookupError(f"no profile {profile}")

    def rate(self, source: str, target: str) -> Fraction:
        """1 source = rate target."""
        if source == target:
            return Fraction(1)
        if (source, target) in INVERSE_ONLY:
            return 1 / Fraction(INVERSE_ONLY[source, target])
        return Fraction(RATES[source, target])


def retail_price(offer: Offer, currency: str, new_price: bool) -> Fraction:
    """Retail price (ERP) of a reservation in that currency, before or since the last price change."""
    level = {"USD": "1", "EUR": "0.95", "GBP": "0.82", "CAD": "1.36", "AUD": "1.52"}.get(currency, "1")
    return half_up(Fraction(RESERVATION_PRICES[offer.sku_id][new_price]) * Fraction(level), minor_units(currency))


def price_change(month_start: date) -> date:
    """The day on which the vendor's retail prices of reservations last changed: six months before the month."""
    ordinal = month_start.year * 12 + month_start.month - 1 - 6
    return date(ordinal // 12, ordinal % 12 + 1, 1)


def retail_at_start(subscription: Subscription, month_start: date) -> Fraction:
    """Retail price in force when the reservation was bought."""
    currency = subscription.tenant.currency
    return retail_price(subscription.offer, currency, subscription.start >= price_change(month_start))
