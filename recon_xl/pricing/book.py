"""The price book: every price, markup, percentage and rate of the mapping tabs, looked up for one period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from recon_xl.contract import Settings
from recon_xl.core.money import reciprocal, to_minor_unit
from recon_xl.core.terms import Terms

Record = Mapping[str, Any]
ONE = Decimal(1)
_MARKUP_KEY = ("Level", "Applies To", "Billing Product")


class PriceBook:
    """Look-ups by business key. None means that the mapping tabs give no answer: nothing is assumed."""

    def __init__(self, settings: Settings, tables: Mapping[str, Iterable[Record]]) -> None:
        self._start, self._end = settings.period_start, settings.period_end
        self._rounds_units = settings.sell_rounding != "line"
        self._retail_step = 0
        self._markup_rows = list(tables["Price Rules"])
        self._markups = self._in_period(self._markup_rows, _MARKUP_KEY, "Markup")
        self._markup_levels = {level for level, _, _ in self._markups}
        self._known_markups: dict[tuple[str, str, str, str], tuple[Decimal, str] | None] = {}
        self._sell = self._in_period(tables["Sell Prices"], ("Billing Product", "Customer", "Currency"), "Price")
        self._rates = self._in_period(tables["FX Rates"], ("From", "To"), "Rate")
        self._known_rates: dict[tuple[str, str], Decimal | None] = {}
        self._percentages: dict[tuple[str, str], Decimal] = {
            (_key(row["Profile"]), _key(row.get("Tenant"))): row["Percentage Off RRP"]
            for row in tables["Profiles"]
            if row["Percentage Off RRP"] is not None
        }
        self._retail: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for row in tables["Price List"]:
            if row.get("ERP Price") is not None:
                self._retail[_key(row["Product Id"]), _key(row["Sku Id"])].append(row)

    def markup(self, product: str, subscription: str, customer: str, reseller: str) -> tuple[Decimal, str] | None:
        """Markup in percent and the level it comes from: subscription beats customer beats reseller beats product.

        Within a level a row for the product beats a row for every product. Markups never add up.
        """
        key = (product, subscription if "subscription" in self._markup_levels else "", customer, reseller)
        if key not in self._known_markups:
            self._known_markups[key] = self._markup(*key)
        return self._known_markups[key]

    def _markup(self, product: str, subscription: str, customer: str, reseller: str) -> tuple[Decimal, str] | None:
        scopes = (("subscription", subscription), ("customer", customer), ("reseller", reseller), ("product", ""))
        for level, scope in scopes:
            if level != "product" and not scope:
                continue
            for wanted in (product, ""):
                found = self._markups.get((level, _key(scope), _key(wanted)))
                if found is not None:
                    return found, level
        return None

    def percentage(self, terms: Terms, tenant: str, customer: str) -> Decimal | None:
        """Percentage Off RRP: the tenant's override, else the profile's default.

        Without a profile on Products it is 0 (sell = RRP); a profile that Profiles does not have gives no answer.
        """
        for scope in (tenant, customer, ""):
            found = self._percentages.get((_key(terms.profile), _key(scope)))
            if found is not None:
                return found
        return None if terms.names_profile else Decimal(0)

    def retail(
        self, product_id: str, sku_id: str, term: str | None, plan: str | None, currency: str, on: date
    ) -> Decimal | None:
        """ERP of a SKU in force on a day, in that currency, for commercial customers; the row that names term and plan wins.

        None also where the best rows (of several markets, say) do not agree.
        """
        day = self.retail_day(product_id, sku_id, term, plan, currency, on, self._retail_step)
        fitting = [
            (bool(row.get("Term")) + bool(row.get("Plan")), row.get("Start") or date.min, row["ERP Price"])
            for row in self._retail_rows(product_id, sku_id, term, plan, currency)
            if (row.get("Start") or date.min) <= day <= (row.get("End") or date.max)
        ]
        best = {price for names, start, price in fitting if (names, start) == max(fitting)[:2]}
        return best.pop() if len(best) == 1 else None

    def retail_day(
        self, product_id: str, sku_id: str, term: str | None, plan: str | None, currency: str, on: date, step: int
    ) -> date:
        """The day on which the price list that is `step` lists later (or earlier) than that of `on` began; `on` where there is none."""
        if not step:
            return on
        rows = self._retail_rows(product_id, sku_id, term, plan, currency)
        starts = sorted({row.get("Start") or date.min for row in rows})
        place = sum(start <= on for start in starts) - 1 + step
        return starts[place] if 0 <= place < len(starts) else on

    def _retail_rows(
        self, product_id: str, sku_id: str, term: str | None, plan: str | None, currency: str
    ) -> list[Record]:
        return [
            row
            for row in self._retail.get((_key(product_id), _key(sku_id)), ())
            if row["Currency"] == currency
            and _key(row.get("Segment")) in ("", "commercial")
            and _names(row.get("Term"), term)
            and _names(row.get("Plan"), plan)
        ]

    def with_retail_step(self, step: int) -> PriceBook:
        """The same book, with each retail price taken from the list so many lists later (or earlier) than the right one."""
        other = copy(self)
        other._retail_step = step
        return other

    def with_opposite_percentages(self) -> PriceBook:
        """The same book, with every Percentage Off RRP applied with the wrong sign."""
        other = copy(self)
        other._percentages = {key: -points for key, points in self._percentages.items()}
        return other

    def markup_days(self) -> list[date]:
        """First days of the rules on Price Rules in force that began after others, latest first."""
        starts = {row.get("Start") for row in self._markup_rows}
        return sorted((start for start in starts if start is not None and start <= self._end), reverse=True)

    def with_markups_before(self, day: date) -> PriceBook:
        """The same book, with the markups that were in force on the eve of `day`."""
        other = copy(self)
        other._start = other._end = day - timedelta(days=1)
        other._markups = other._in_period(self._markup_rows, _MARKUP_KEY, "Markup")
        other._markup_levels = {level for level, _, _ in other._markups}
        other._known_markups = {}
        return other

    def sell_price(self, product: str, customer: str, currency: str) -> Decimal | None:
        """Our list price in force in the period: the customer's own, else everyone's."""
        for scope in (customer, ""):
            found = self._sell.get((_key(product), _key(scope), _key(currency)))
            if found is not None:
                return found
        return None

    def settled(self, price: Decimal, currency: str) -> Decimal:
        """A unit price that we worked out as it is billed: to the minor unit, or with its decimals where Sell Rounding is `line`."""
        return to_minor_unit(price, currency) if self._rounds_units else price

    def rate(self, source: str, target: str) -> Decimal | None:
        """1 source = rate target; where only the inverse is known, its exact reciprocal."""
        if source == target:
            return ONE
        if (source, target) not in self._known_rates:
            self._known_rates[source, target] = self._rate(source, target)
        return self._known_rates[source, target]

    def _rate(self, source: str, target: str) -> Decimal | None:
        direct = self._rates.get((_key(source), _key(target)))
        if direct is not None:
            return direct
        inverse = self._rates.get((_key(target), _key(source)))
        return None if not inverse else reciprocal(inverse)

    def _in_period(self, rows: Iterable[Record], key: tuple[str, ...], value: str) -> dict[tuple[str, ...], Decimal]:
        latest: dict[tuple[str, ...], tuple[date, Decimal]] = {}
        for row in rows:
            start, end = row.get("Start") or date.min, row.get("End") or date.max
            if row[value] is None or start > self._end or end < self._start:
                continue
            name = tuple(_key(row.get(column)) for column in key)
            if name not in latest or start >= latest[name][0]:
                latest[name] = (start, row[value])
        return {name: amount for name, (_, amount) in latest.items()}


@lru_cache(maxsize=65536)
def _key(text: str | None) -> str:
    return (text or "").strip().casefold()


def _names(declared: str | None, actual: str | None) -> bool:
    return not declared or _key(declared) == _key(actual)
