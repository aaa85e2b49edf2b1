"""A currency beside an amount: `€12.50` in a line of USD is refused, and tells the currency of a line that has none."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.contract import Column, Kind
from recon_xl.core.cells import Cell, NumberText, Value
from recon_xl.core.repeated import distinct_of
from recon_xl.intake.amounts import currency_mark
from recon_xl.intake.problems import CellProblem

_DOLLARS = (
    "USD AUD CAD NZD SGD HKD MXN BRL CLP COP ARS TWD BMD BSD BBD BZD BND FJD JMD KYD LRD NAD SBD SRD TTD XCD ZWL GYD"
)
_SYMBOLS = {
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP", "EGP", "FKP", "GIP", "SHP", "LBP", "SYP", "SSP"}),
    "$": frozenset(_DOLLARS.split()),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "₩": frozenset({"KRW", "KPW"}),
    "₪": frozenset({"ILS"}),
    "₺": frozenset({"TRY"}),
    "₴": frozenset({"UAH"}),
    "₦": frozenset({"NGN"}),
    "₱": frozenset({"PHP"}),
    "₫": frozenset({"VND"}),
    "฿": frozenset({"THB"}),
}


def currency_columns(column: Column) -> tuple[str, ...]:
    """The columns that may tell the currency of an amount; of a vendor's price first the pricing currency."""
    if column.kind is Kind.MONEY:
        return ("Billing Currency", "Currency")
    return ("Pricing Currency", "Billing Currency", "Currency") if column.kind is Kind.PRICE else ()


IN_CURRENCY, NEEDS_CURRENCY = "an amount in ", "a column Currency"
"""How the problems begin that are about a currency, not about the way of writing."""


def foreign_amounts(
    cells: Sequence[Cell], currencies: Sequence[Value], base: str
) -> tuple[list[tuple[int, CellProblem]], dict[int, str]]:
    """Cells whose own currency is not the line's, and the currency that a line without one is told by its amount.

    A sign that several currencies share (`$`) fits any of them; in a line without a currency it must fit the base's.
    """
    texts = (cell for cell in {*distinct_of(cells)} if isinstance(cell, str) and not isinstance(cell, NumberText))
    marks = {text: mark for text in texts if (mark := currency_mark(text))}
    bad: list[tuple[int, CellProblem]] = []
    told: dict[int, str] = {}
    for index, (cell, currency) in enumerate(zip(cells, currencies, strict=True)) if marks else ():
        mark = "" if cell is None else marks.get(str(cell), "")
        if not mark:
            continue
        possible = _SYMBOLS.get(mark, frozenset({mark}))
        if currency is not None:
            if currency not in possible:
                bad.append((index, CellProblem(f"{cell!r} in a line of {currency}", f"{IN_CURRENCY}{currency}")))
        elif len(possible) == 1:
            told[index] = next(iter(possible))
        elif base not in possible:
            expected = f"{NEEDS_CURRENCY}: the base currency is {base}, which {mark} does not mean"
            bad.append((index, CellProblem(repr(cell), expected)))
    return bad, told
