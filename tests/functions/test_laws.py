"""What holds for all amounts and days, not only for those worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from functions.formulas import column, serial
from recon_xl.functions.grid import call

AMOUNTS = st.integers(1, 10_000_000).map(lambda cents: cents / 100)
DAYS = st.dates(date(2019, 1, 1), date(2031, 12, 31))
PLANS = st.sampled_from(["Monthly", "Annual", "Triennial"])
TERMS = st.sampled_from(["P1M", "P1Y", "P3Y"])
CURRENCIES = st.sampled_from(["USD", "JPY", "KWD"])


def number(name: str, *arguments: object) -> float:
    answer = call(f"RECON_{name}", arguments)
    assert isinstance(answer, float), answer
    return answer


@given(AMOUNTS, AMOUNTS)
def test_margin_and_markup_say_the_same(sell: float, cost: float) -> None:
    """Margin = markup / (1 + markup), but for the last digit of each."""
    assume(0.02 < sell / cost < 50)
    margin, markup = number("MARGIN", sell, cost), number("MARKUP", sell, cost)
    assert margin == pytest.approx(markup / (1 + markup), abs=0.2)
    assert (1 - margin) * (1 + markup) == pytest.approx(1, abs=0.0001 * (1 + abs(markup)) + 0.0001 * (1 + abs(margin)))


@given(AMOUNTS, AMOUNTS)
def test_a_credit_mirrors_its_charge(sell: float, cost: float) -> None:
    """Shares do not change their sign, money does."""
    for name in ("MARGIN", "MARKUP"):
        assert number(name, sell, cost) == number(name, -sell, -cost)
    assert number("TAX", sell, 0.2) == -number("TAX", -sell, 0.2)
    assert number("UPLIFT", sell, 0.025) == -number("UPLIFT", -sell, 0.025)
    assert number("SELL", "markup", sell, 0.2, 3.0) == -number("SELL", "markup", sell, 0.2, -3.0)


@given(AMOUNTS, st.integers(0, 99))
def test_positive_raises_and_negative_lowers(retail: float, per_cent: int) -> None:
    """Never the other way round."""
    points = per_cent / 100
    assert number("UPLIFT", retail, points) >= retail >= number("UPLIFT", retail, -points)


@given(AMOUNTS, st.integers(0, 300), st.integers(0, 500), CURRENCIES)
def test_quantity_times_unit_is_the_line(cost: float, per_cent: int, quantity: int, code: str) -> None:
    """With rounding by unit, whatever the price and the currency."""
    arguments = ["markup", cost, per_cent / 100]
    unit = number("SELL", *arguments, 1.0, 1.0, code)
    line = number("SELL", *arguments, float(quantity), 1.0, code)
    assert Decimal(repr(unit)) * quantity == Decimal(repr(line))


@given(DAYS, st.integers(0, 1500), PLANS, TERMS)
def test_a_day_lies_in_its_cycle(bought: date, later: int, plan: str, term: str) -> None:
    """Start <= day <= end; the day after the end starts the next cycle."""
    on = bought + timedelta(later)
    start, end = (number(name, serial(bought), serial(on), plan, term) for name in ("CYCLESTART", "CYCLEEND"))
    assert start <= serial(on) <= end
    assert end + 1 == number("CYCLESTART", serial(bought), end + 1, plan, term)
    assert start == serial(bought) or start - 1 == number("CYCLEEND", serial(bought), start - 1, plan, term)


@given(AMOUNTS, DAYS, st.sampled_from(["Monthly", "Annual"]), st.data())
def test_the_parts_of_a_cycle_add_up_to_its_price(price: float, start: date, plan: str, data: st.DataObject) -> None:
    """However often it changes hands in mid-cycle, unless a short month cuts the cycle."""
    assume(start.day <= 28 and start.month != 2)
    first = serial(start)
    last = number("CYCLEEND", first, first, plan, "P1M")
    cut = data.draw(st.integers(int(first), int(last) - 1))
    parts = call("RECON_PRORATE", [price, column(first, cut + 1.0), column(float(cut), last), plan, first])
    assert isinstance(parts, tuple)
    assert sum(part for (part,) in parts if isinstance(part, float)) == pytest.approx(price, rel=1e-12)
    assert price == number("PRORATE", price, first, last, plan)


@given(AMOUNTS, st.integers(1, 500))
def test_the_vendor_never_rounds_up(price: float, quantity: int) -> None:
    """Cutting the unit price takes away at least as much as cutting the line."""
    by_line, by_unit = (number("ROUNDVENDOR", price / 7, float(quantity), 1.0, model) for model in "AB")
    assert by_unit <= by_line <= float(f"{price / 7:.15g}") * quantity * (1 + 1e-12)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=2, max_size=20))
def test_a_column_is_its_cells(pairs: list[tuple[float, float]]) -> None:
    """One call for all rows gives what one call a row gives."""
    sells, costs = zip(*pairs, strict=True)
    expected = tuple((number("MARGIN", sell, cost),) for sell, cost in pairs)
    assert expected == call("RECON_MARGIN", [column(*sells), column(*costs)])
