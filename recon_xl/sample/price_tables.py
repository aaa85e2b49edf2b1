"""The mapping tabs with prices: rules, profiles, sell prices, the vendor's price list, exchange rates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from recon_xl.sample.catalogue import LICENCE_PLANS, PRODUCTS, RESERVED_SQL, RESERVED_VM, Offer
from recon_xl.sample.cycles import ONE_DAY, shift
from recon_xl.sample.money import half_up, minor_units, number_text
from recon_xl.sample.month import Row
from recon_xl.sample.prices import INVERSE_ONLY, RATES, Markup, price_change, retail_price
from recon_xl.sample.tables import announced, iso, previous_day
from recon_xl.sample.workshop import Workshop


def rule_rows(shop: Workshop) -> list[Row]:
    """The rows of Price Rules; none for a reseller that brought no client."""
    resellers = {client.reseller for client in shop.clients}
    rules = shop.book.markups
    return [_rule_row(rule) for rule in rules if rule.level != "reseller" or rule.applies_to in resellers]


def _rule_row(rule: Markup) -> Row:
    """One row of Price Rules."""
    return {
        "Level": rule.level,
        "Applies To": rule.applies_to,
        "Billing Product": rule.product,
        "Markup": rule.percent,
        "Start": iso(rule.start),
        "End": iso(rule.end),
    }


def profile_rows(shop: Workshop) -> list[Row]:
    """The rows of Profiles."""
    return [
        {"Profile": profile, "Tenant": tenant, "Percentage Off RRP": percent}
        for (profile, tenant), percent in shop.book.profiles.items()
    ]


def sell_price_rows(shop: Workshop) -> list[Row]:
    """The rows of Sell Prices: this year's, last year's lower ones that no longer hold, and announced ones that do not yet."""
    since = shop.first.replace(month=1)
    rows = []
    for (product, customer, currency), price in shop.sell_prices.items():
        rows.append(_sell_price((product, customer, currency), price, since, announced(shop) - ONE_DAY))
        key = (product, customer, currency)
        rows.append(_sell_price(key, last_years(price, currency), since.replace(year=since.year - 1), since - ONE_DAY))
        rows.append(_sell_price(key, next_years(price, currency), announced(shop), None))
    return rows


def last_years(price: Fraction, currency: str) -> Fraction:
    """Our list price of last year: a tenth lower."""
    return half_up(price * Fraction(9, 10), minor_units(currency))


def next_years(price: Fraction, currency: str) -> Fraction:
    """The list price that we announced: a tenth higher."""
    return half_up(price * Fraction(11, 10), minor_units(currency))


def _sell_price(key: tuple[str, str, str], price: Fraction, start: date, end: date | None) -> Row:
    product, customer, currency = key
    return {
        "Billing Product": product,
        "Customer": customer,
        "Currency": currency,
        "Price": number_text(price),
        "Start": iso(start),
        "End": iso(end),
    }


def price_list_rows(shop: Workshop) -> list[Row]:
    """The rows of Price List: licences of every plan, reservations before and since their last price change."""
    licences = {offer for product in PRODUCTS for offer in product.offers if offer.product_id.startswith("CFQ")}
    ordered = sorted(licences, key=lambda offer: (offer.product_id, offer.sku_id))
    rows = [
        _licence(offer, plan, currency)
        for currency in shop.currencies
        for offer in ordered
        for plan in LICENCE_PLANS
        if offer.local_price or currency == "USD"
    ]
    changed = price_change(shop.first)
    for currency in shop.currencies:
        for offer in (RESERVED_VM, RESERVED_SQL):
            rows.append(_reserved(offer, currency, None, changed - ONE_DAY))
            rows.append(_reserved(offer, currency, changed, None))
    return rows


def _licence(offer: Offer, plan: tuple[str, str], currency: str) -> Row:
    unit = offer.unit_price(currency, *plan)
    return _list_row(offer, plan, currency, (unit, half_up(unit * Fraction(5, 4), minor_units(currency))))


def _reserved(offer: Offer, currency: str, start: date | None, end: date | None) -> Row:
    retail = retail_price(offer, currency, new_price=start is not None)
    plan = ("P1Y", "Monthly" if offer is RESERVED_SQL else "Annual")
    partner = half_up(retail * Fraction(4, 5), minor_units(currency))
    return _list_row(offer, plan, currency, (partner, retail)) | {"Start": iso(start), "End": iso(end)}


def _list_row(offer: Offer, plan: tuple[str, str], currency: str, prices: tuple[Fraction, Fraction]) -> Row:
    return {
        "Product Id": offer.product_id,
        "Sku Id": offer.sku_id,
        "Title": offer.title,
        "Term": plan[0],
        "Plan": plan[1],
        "Market": "",
        "Currency": currency,
        "Segment": "Commercial",
        "Unit Price": number_text(prices[0]),
        "ERP Price": number_text(prices[1]),
        "Start": "",
        "End": "",
    }


def rate_rows(shop: Workshop) -> list[Row]:
    """The rows of FX Rates: this month's, and last month's, which no longer hold."""
    listed = {pair: Fraction(rate) for pair, rate in RATES.items()}
    listed |= {(to, source): Fraction(rate) for (source, to), rate in INVERSE_ONLY.items()}
    rows = []
    for pair, rate in listed.items():
        stale = rate * Fraction(99, 100)
        before = shift(shop.first, -1)
        rows.append(_rate(pair, stale, (iso(before), previous_day(shop.first))))
        rows.append(_rate(pair, rate, (iso(shop.first), iso(shop.last))))
    return rows


def _rate(pair: tuple[str, str], rate: Fraction, days: tuple[str, str]) -> Row:
    return {
        "From": pair[0],
        "To": pair[1],
        "Rate": number_text(rate),
        "Start": days[0],
        "End": days[1],
        "Source": "Monthly rate sheet",
    }
