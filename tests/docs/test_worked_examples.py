"""The worked examples of the user guide are what the product computes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from docs.pages import ROOT
from recon_xl.core.money import product, round_half_up
from recon_xl.core.price import (
    billable_units,
    margin_of,
    markup_of,
    markup_unit,
    rrp_unit,
    rrp_usage,
)
from recon_xl.core.proration import FULL, prorated, share_by_days

ONE = Decimal(1)
GUIDE = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8").partition("## How the expected amount")[2]


def told(amount: Decimal | None) -> bool:
    """The guide shows this amount."""
    return f"{amount:,.2f}" in GUIDE


def test_markup() -> None:
    """9.408 at 20 % is 11.28; 20.90 USD at 0.846202666 and 20 % is 21.22."""
    unit = markup_unit(Decimal("9.408"), ONE, Decimal(20), ONE, 2, 2).amount
    foreign = markup_unit(Decimal("20.90"), Decimal("0.846202666"), Decimal(20), ONE, 2, 2).amount
    assert [unit, unit * 10, foreign] == [Decimal("11.28"), Decimal("112.80"), Decimal("21.22")]
    assert told(unit)
    assert told(unit * 10)
    assert told(foreign)


def test_sell_rounding() -> None:
    """37 seats at 9.40 and 22.5 % are 426.24 by unit and 426.06 by line."""
    unit = markup_unit(Decimal("9.408"), ONE, Decimal("22.5"), ONE, 2, 2)
    by_unit, by_line = product(unit.amount, Decimal(37)), round_half_up(product(unit.exact, Decimal(37)), 2)
    assert [by_unit, by_line] == [Decimal("426.24"), Decimal("426.06")]
    assert told(unit.amount)
    assert told(by_unit)
    assert told(by_line)


def test_percentage_off_rrp_is_signed() -> None:
    """2.5 lifts 1,000.00 to 1,025.00 and -2.5 lowers it; usage is cut at retail first."""
    raised = rrp_unit(Decimal(1000), Decimal("2.5"), ONE, 2).amount
    lowered = rrp_unit(Decimal(1000), Decimal("-2.5"), ONE, 2).amount
    usage = rrp_usage(Decimal("0.0124"), Decimal("1234.5"), ONE, Decimal("2.5"), ONE, 2, 2, 2).amount
    assert [raised, lowered, usage] == [Decimal(1025), Decimal(975), Decimal("15.68")]
    assert told(raised)
    assert told(lowered)
    assert told(usage)


def test_seats_added_in_mid_cycle() -> None:
    """10 seats at 14.00, 2 more for 28 of 30 days: 166.13."""
    share = share_by_days(date(2026, 6, 20), date(2026, 7, 17), "Monthly")
    amount = round_half_up(prorated(Decimal(14), [(Decimal(10), FULL), (Decimal(2), share)]), 2)
    assert amount == Decimal("166.13")
    assert told(amount)


def test_included_units_margin_and_markup() -> None:
    """1 of 11 units included leaves 10; cost 100 sold at 120 is 20.00 % markup and 16.67 % margin."""
    assert billable_units(Decimal(11), ONE, None, None) == 10
    markup, margin = markup_of(Decimal(120), Decimal(100)), margin_of(Decimal(120), Decimal(100))
    assert [markup, margin] == [Decimal("20.00"), Decimal("16.67")]
    assert told(markup)
    assert told(margin)
