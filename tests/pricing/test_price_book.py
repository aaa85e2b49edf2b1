"""Look-ups of prices, rates and terms: the most specific row in force wins, and nothing is assumed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from recon_xl.contract import Settings
from recon_xl.pricing.book import PriceBook
from recon_xl.pricing.terms import TermBook

SETTINGS = Settings.from_values({"Period": "2026-10"})
TABLES = ("Price Rules", "Sell Prices", "FX Rates", "Profiles", "Price List")


def book(**tables: list[dict[str, Any]]) -> PriceBook:
    rows = {name.replace("_", " "): found for name, found in tables.items()}
    return PriceBook(SETTINGS, {name: rows.get(name, []) for name in TABLES})


def rate(source: str, target: str, value: str, start: date | None = None, end: date | None = None) -> dict[str, Any]:
    return {"From": source, "To": target, "Rate": Decimal(value), "Start": start, "End": end}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([rate("EUR", "USD", "1.10")], "1.10"),
        ([rate("USD", "EUR", "0.8")], "1.25"),
        ([rate("EUR", "USD", "1.10"), rate("USD", "EUR", "0.8")], "1.10"),
        ([rate("EUR", "USD", "1.05", end=date(2026, 9, 30)), rate("EUR", "USD", "1.10", date(2026, 10, 1))], "1.10"),
        ([rate("EUR", "USD", "1.05", end=date(2026, 9, 30))], None),
        ([rate("EUR", "GBP", "0.85"), rate("GBP", "USD", "1.30")], None),  # no crossing through a third currency
        ([rate("USD", "EUR", "0")], None),
    ],
)
def test_rates(rows: list[dict[str, Any]], found: str | None) -> None:
    """1 From = Rate To, the direct one first, the inverse where that is all there is, none otherwise."""
    assert (None if found is None else Decimal(found)) == book(FX_Rates=rows).rate("EUR", "USD")


def test_a_currency_needs_no_rate_to_itself() -> None:
    """1, even where a row says something else."""
    assert Decimal(1) == book(FX_Rates=[rate("EUR", "EUR", "2")]).rate("EUR", "EUR")


def retail(price: str, **more: Any) -> dict[str, Any]:
    return {"Product Id": "P", "Sku Id": "0001", "Currency": "USD", "ERP Price": Decimal(price), **more}


@pytest.mark.parametrize(
    ("on", "term", "plan", "found"),
    [
        (date(2026, 9, 30), "P1Y", "Monthly", "12.00"),
        (date(2026, 10, 1), "P1Y", "Monthly", "13.00"),
        (date(2026, 10, 1), "P1Y", "Annual", "144.00"),  # the row that names term and plan
        (date(2026, 10, 1), None, None, "13.00"),
        (date(2025, 1, 1), "P1Y", "Monthly", None),  # before the first row
    ],
)
def test_retail_prices(on: date, term: str | None, plan: str | None, found: str | None) -> None:
    """The row in force on the day, the one that names term and plan first."""
    rows = [
        retail("12.00", Start=date(2026, 1, 1), End=date(2026, 9, 30)),
        retail("13.00", Start=date(2026, 10, 1)),
        retail("144.00", Start=date(2026, 1, 1), Term="P1Y", Plan="Annual"),
    ]
    expected = None if found is None else Decimal(found)
    assert expected == book(Price_List=rows).retail("p", "0001", term, plan, "USD", on)


def test_retail_prices_of_another_sku_or_currency_do_not_count() -> None:
    """The same SkuId of another product is another thing."""
    prices = book(Price_List=[retail("12.00")])
    day = date(2026, 10, 1)
    assert None is prices.retail("Q", "0001", None, None, "USD", day)
    assert None is prices.retail("P", "0001", None, None, "EUR", day)


def terms_of(agreements: list[dict[str, Any]], **product: Any) -> Any:
    base = {"Billing Product": "Seats", "Quantity Source": "vendor", "Price Basis": "list", **product}
    return TermBook(SETTINGS, [base], agreements).of("Alder", "Seats")


def agreement(price: str, **more: Any) -> dict[str, Any]:
    return {"Agreement": "A1", "Customer": "Alder", "Billing Product": "SEATS", "Price": Decimal(price), **more}


def test_products_speak_where_no_agreement_does() -> None:
    """Basis, source and limits of the product."""
    terms = terms_of([], Minimum=Decimal(5))
    assert ("vendor", "list", Decimal(5), None) == (
        terms.quantity_source,
        terms.price_basis,
        terms.minimum,
        terms.price,
    )


@pytest.mark.parametrize(
    ("rows", "price"),
    [
        ([agreement("14.00"), agreement("13.00", **{"Billing Product": None})], "14.00"),  # the product's own first
        ([agreement("13.00", **{"Billing Product": None})], None),  # a price belongs to a product
        ([agreement("14.00", End=date(2026, 9, 30)), agreement("15.00", Start=date(2026, 10, 1))], "15.00"),
        ([agreement("14.00"), agreement("16.00", Start=date(2026, 11, 1))], "14.00"),  # not yet in force
        ([agreement("14.00"), agreement("16.00", Status="Pending", Start=date(2026, 10, 1))], "14.00"),
        ([agreement("14.00", End=date(2026, 9, 30))], "14.00"),  # expired, and still what explains the bill
    ],
)
def test_the_agreement_in_force_at_period_end(rows: list[dict[str, Any]], price: str | None) -> None:
    """Active, begun and not over on 31 October; else the latest."""
    assert (None if price is None else Decimal(price)) == terms_of(rows).price


def test_vendor_relations_are_no_contracts() -> None:
    """An MCA has no price."""
    assert None is terms_of([agreement("14.00", Type="MCA")]).price
