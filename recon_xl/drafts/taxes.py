"""The client's own tax: by tax region and product class. A missing row holds the draft; it never means 0 %."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from recon_xl.core.draft import DraftLine
from recon_xl.core.money import EXACT, ZERO, minor_digits, percent, product, round_down, round_half_up, total

Record = Mapping[str, Any]
EXEMPT_CODE = "EXEMPT"


@dataclass(frozen=True, slots=True)
class TaxRate:
    """Tax code and rate in percent; `problem` says why there is none."""

    code: str
    rate: Decimal
    problem: str = ""


class TaxTable:
    """The Tax tab at the invoice date."""

    def __init__(self, rows: Iterable[Record], on: date) -> None:
        self._on = on
        self._rows: dict[tuple[str, str], tuple[date, TaxRate]] = {}
        for row in rows:
            start, end = row.get("Start") or date.min, row.get("End") or date.max
            if row.get("Rate") is None or not start <= on <= end:
                continue
            key = ((row["Tax Region"] or "").casefold(), (row.get("Product Class") or "*").casefold())
            if key not in self._rows or start >= self._rows[key][0]:
                self._rows[key] = (start, TaxRate(row["Tax Code"] or "", row["Rate"]))

    def of(self, customer: Record, product_class: str) -> TaxRate:
        """Rate for a client and a product class: the class's own row, else `*`. An expired certificate makes tax due."""
        if customer.get("Exempt") is True and (customer.get("Certificate Expiry") or date.max) >= self._on:
            return TaxRate(EXEMPT_CODE, ZERO)
        region = customer.get("Tax Region") or ""
        for wanted in (product_class or "*", "*"):
            found = self._rows.get((region.casefold(), wanted.casefold()))
            if found is not None:
                return found[1]
        where = f"tax region {region}" if region else f"{customer.get('Customer')}: no Tax Region on Customers"
        return TaxRate("", ZERO, f"no Tax row for {where}, class {product_class or '*'}, on {self._on:%Y-%m-%d}")


def tax_of(net: Decimal, rate: Decimal, currency: str) -> Decimal:
    """Tax of one line: HU of net x rate."""
    return round_half_up(product(net, percent(rate)), minor_digits(currency)) if rate else ZERO


def taxed_by_invoice(lines: Sequence[DraftLine], currency: str) -> list[DraftLine]:
    """The lines with tax rounded once for each tax code; the cents go to the largest remainders, earlier lines first."""
    result = list(lines)
    digits = minor_digits(currency)
    step = Decimal(1).scaleb(-digits)
    for code, rate in dict.fromkeys((line.tax_code, line.tax_rate) for line in lines if not line.is_held):
        mine = [
            i for i, line in enumerate(lines) if (line.tax_code, line.tax_rate) == (code, rate) and not line.is_held
        ]
        exact = {i: product(lines[i].net, percent(rate)) for i in mine}
        parts = {i: round_down(exact[i], digits) for i in mine}
        due = round_half_up(total(exact.values()), digits)
        missing = EXACT.subtract(due, total(parts.values()))
        sign = 1 if missing >= 0 else -1
        ranked = sorted(mine, key=lambda i: (-sign * (exact[i] - parts[i]), i))
        for place in range(int(abs(missing) / step)):
            parts[ranked[place % len(ranked)]] += sign * step
        for i in mine:
            result[i] = lines[i]._replace(tax=parts[i])
    return result
