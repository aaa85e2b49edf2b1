"""The price of one unit, where it is not built on vendor cost: agreement, own list, billed line, or vendor retail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from recon_xl.core.money import ZERO, minor_digits, price_text, product, shown_price
from recon_xl.core.price import rrp_unit
from recon_xl.core.terms import Terms
from recon_xl.pricing.book import PriceBook
from recon_xl.pricing.price_line import PriceLine, fx_words, points_words


class Billed(NamedTuple):
    """What the PSA bills a key, in the client's currency: its readings of a unit price, unrounded, and the whole amount.

    The readings are the price of the line with the largest quantity, and the average. The price is taken on trust:
    whichever of the two explains the bill better is the billed unit price.
    """

    units: tuple[Decimal, ...]
    amount: Decimal


BilledUnits = Mapping[tuple[str, str, str], Billed]
"""By client, product, and subscription or blank for the whole key."""


class Price(NamedTuple):
    """A price a unit in the client's currency, as it is billed and before rounding, and where it comes from; or why there is none.

    Sell Rounding decides whether a price that was worked out is rounded; one that somebody typed is billed as it was typed.
    """

    amount: Decimal
    exact: Decimal
    why: str
    problem: str | None = None


def unit_price(
    book: PriceBook,
    billed: BilledUnits,
    terms: Terms,
    client: str,
    name: str,
    currency: str,
    subscription: str,
    reading: int = 0,
    *,
    is_meter: bool = False,
) -> Price:
    """The price for fixed, list and as billed. "As billed" without a billed line takes the agreement's, else Sell Prices.

    A meter's unit price can be below a cent, and is never rounded.
    """
    if terms.price_basis == "as billed":
        found = billed.get((client, name, subscription)) or billed.get((client, name, ""))
        if found is not None:
            price = found.units[min(reading, len(found.units) - 1)]
            return Price(price, price, f"the billed unit price {price_text(shown_price(price), currency)}")
    if terms.price_basis in ("fixed", "as billed") and terms.price is not None:
        source = f"agreement {terms.agreement} price {price_text(terms.price, terms.price_currency or currency)}"
        return _converted(book, terms.price, terms.price_currency or currency, currency, source, is_meter)
    if terms.price_basis in ("list", "as billed"):
        listed = book.sell_price(name, client, currency)
        if listed is not None:
            return Price(listed, listed, f"Sell Prices {price_text(listed, currency)}")
    tabs = {"fixed": "Agreements", "list": "Sell Prices"}
    where = tabs.get(terms.price_basis, "Billed Lines, Agreements or Sell Prices")
    return _missing(f"no price for {name} in {currency} on {where}")


def retail_price(book: PriceBook, terms: Terms, line: PriceLine) -> Price:
    """ERP at SubscriptionStartDate x (1 + p/100) x FX: in the invoice's currency, else the price list's, else the client's."""
    points = book.percentage(terms, line.customer_id, line.client)
    if points is None:
        return _missing(no_profile(terms))
    on, found = term_start(line), retail_of(book, line)
    if on is None or found is None:
        when = "without a start date" if on is None else f"at {on:%Y-%m-%d}"
        return _missing(f"no single ERP for {line.product} {when} on Price List, or no rate to {line.client_currency}")
    currency, retail, fx = found
    unit = rrp_unit(retail, points, fx, minor_digits(line.client_currency))
    words = f"RRP {price_text(retail, currency)} {currency} of {on:%Y-%m-%d} {points_words(points)}"
    settled = book.settled(unit.exact, line.client_currency)
    return Price(settled, unit.exact, words + fx_words(fx, currency, line.client_currency))


def term_start(line: PriceLine) -> date | None:
    """The day whose retail price a line is entitled to: the start of its term, else of its charge."""
    return line.sub_start or line.charge_start


def retail_of(book: PriceBook, line: PriceLine) -> tuple[str, Decimal, Decimal] | None:
    """Currency, ERP, and rate to the client's currency of a line: the first of its currencies that has both."""
    on = term_start(line)
    for currency in dict.fromkeys((line.currency, line.pricing_currency, line.client_currency)):
        retail = None if on is None else book.retail(line.product_id, line.sku_id, line.term, line.plan, currency, on)
        fx = book.rate(currency, line.client_currency)
        if retail is not None and fx is not None:
            return currency, retail, fx
    return None


def no_profile(terms: Terms) -> str:
    """Why a percentage on retail is unknown."""
    return f"no Percentage Off RRP for profile {terms.profile} on Profiles"


def _converted(book: PriceBook, price: Decimal, source: str, target: str, why: str, is_meter: bool) -> Price:
    fx = book.rate(source, target)
    if fx is None:
        return _missing(f"no rate from {source} to {target} on FX Rates")
    if source == target:
        return Price(price, price, why)
    exact = product(price, fx)
    settled = exact if is_meter else book.settled(exact, target)
    rounded = "" if settled == exact else f", rounded to {price_text(settled, target)}"
    return Price(settled, exact, f"{why}{fx_words(fx, source, target)}{rounded}")


def _missing(problem: str) -> Price:
    return Price(ZERO, ZERO, "", problem)
