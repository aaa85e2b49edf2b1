"""The tax of our own invoices: what the Tax tab says for a client and a product class, and how it is rounded.

The client's tax hangs on their region and the product's class. A row that is missing, cannot be read or is contradicted
by another one is a problem that holds the draft; it never means 0 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from recon_xl.core.countries import is_of_another_country
from recon_xl.core.money import (
    EXACT,
    ZERO,
    minor_digits,
    percent,
    product,
    quantity_text,
    round_down,
    round_half_up,
    to_minor_unit,
    total,
)

Record = Mapping[str, Any]

EXEMPT_CODE = "EXEMPT"
RATED, EXEMPT, REVERSE_CHARGE = "rated", "exempt", "reverse charge"
ANY_CLASS = "*"


@dataclass(frozen=True, slots=True)
class TaxRow:
    """A row of Tax: `rate` in percent, None (as other cells) where it cannot be read; `number` is its row on the tab."""

    number: int
    region: str
    product_class: str
    code: str
    rate: Decimal | None
    start: date
    end: date
    reverses: bool
    reason: str
    is_readable: bool

    @property
    def charged(self) -> Decimal:
        """The rate that we charge: none where the client accounts for the tax."""
        return ZERO if self.reverses or self.rate is None else self.rate

    @property
    def words(self) -> str:
        """Code and rate as a sentence names them: `T8 8 %`."""
        charge = " reverse charge" if self.reverses else ""
        return f"{self.code} {quantity_text(self.rate or ZERO)} %{charge}"


@dataclass(frozen=True, slots=True)
class TaxDue:
    """Tax code and rate in percent; `reason` is what a draft says for a rate of 0, `problem` why it must wait."""

    code: str
    rate: Decimal
    reason: str = ""
    basis: str = RATED
    problem: str = ""

    @property
    def is_known(self) -> bool:
        """False where no row tells code and rate."""
        return bool(self.code)


def tax_row(number: int, record: Record, *, is_readable: bool = True) -> TaxRow:
    """A row of the Tax tab as typed; blank dates are open, a blank class is any."""
    return TaxRow(
        number=number,
        region=record.get("Tax Region") or "",
        product_class=record.get("Product Class") or ANY_CLASS,
        code=record.get("Tax Code") or "",
        rate=record.get("Rate"),
        start=record.get("Start") or date.min,
        end=record.get("End") or date.max,
        reverses=record.get("Reverse Charge") is True,
        reason=record.get("Reason") or "",
        is_readable=is_readable and record.get("Rate") is not None,
    )


class TaxTable:
    """The Tax tab at the invoice date."""

    def __init__(self, rows: Iterable[TaxRow], on: date) -> None:
        self._on = on
        self._in_force = [row for row in rows if row.start <= on <= row.end]
        self._regions: dict[str, list[TaxRow]] = {}
        for row in self._in_force:
            self._regions.setdefault(row.region.casefold(), []).append(row)
        self._decided: dict[tuple[str, str], TaxRow | str] = {}
        self._codes: dict[str, set[Decimal]] = {EXEMPT_CODE.casefold(): {ZERO}}
        for row in self._readable():
            self._codes.setdefault(row.code.casefold(), set()).add(row.charged)

    def of(self, customer: Record, product_class: str) -> TaxDue:
        """What a client owes on a product class: the class's own row, else `*`. An expired certificate makes tax due."""
        if self.is_exempt(customer):
            return TaxDue(EXEMPT_CODE, ZERO, _exemption(customer), EXEMPT)
        region, wanted = customer.get("Tax Region") or "", product_class or ANY_CLASS
        if (region, wanted) not in self._decided:
            self._decided[region, wanted] = self._decide(region, wanted)
        decided = self._decided[region, wanted]
        if isinstance(decided, TaxRow):
            return _due(decided, customer, region)
        if decided:
            return TaxDue("", ZERO, problem=decided)
        where = f"tax region {region}" if region else f"{customer.get('Customer')}: no Tax Region on Customers"
        return TaxDue("", ZERO, problem=f"no Tax row for {where}, class {wanted}, on {self._on:%Y-%m-%d}")

    def is_exempt(self, customer: Record) -> bool:
        """Exempt = Yes, through the last day of the certificate."""
        return customer.get("Exempt") is True and (customer.get("Certificate Expiry") or date.max) >= self._on

    def rates_of_code(self, code: str) -> set[Decimal]:
        """The rates that a tax code has anywhere on the tab; none for a code that it does not know."""
        return self._codes.get(code.casefold(), set())

    def regions_of_rate(self, rate: Decimal, but: str) -> list[str]:
        """Other regions that have this rate for something; none where the client's own region has it too."""
        regions = {row.region for row in self._readable() if row.charged == rate}
        return [] if but.casefold() in {region.casefold() for region in regions} else sorted(regions)

    def regions_of_code(self, code: str) -> list[str]:
        """The regions whose rows carry a tax code."""
        return sorted({row.region for row in self._readable() if row.code.casefold() == code.casefold()})

    def rates(self) -> set[Decimal]:
        """All rates above 0 on the tab."""
        return {row.charged for row in self._readable() if row.charged}

    def _readable(self) -> list[TaxRow]:
        return [row for row in self._in_force if row.is_readable]

    def _decide(self, region: str, wanted: str) -> TaxRow | str:
        """The row for a region and class, or for any class; else why none of its rows can be taken; blank where there is none."""
        for name in dict.fromkeys((wanted, ANY_CLASS)):
            mine = self._regions.get(region.casefold(), ())
            rows = [row for row in mine if row.product_class.casefold() == name.casefold()]
            if rows:
                return self._told_by(rows, region, name)
        return ""

    def _told_by(self, rows: Sequence[TaxRow], region: str, product_class: str) -> TaxRow | str:
        spoiled = [row for row in rows if not row.is_readable]
        if spoiled:
            return f"Tax > row {spoiled[0].number} cannot be read"
        first = min(rows, key=lambda row: row.number)
        others = [
            row for row in rows if (row.code, row.charged, row.reverses) != (first.code, first.charged, first.reverses)
        ]
        if others:
            other = min(others, key=lambda row: row.number)
            return (
                f"Tax rows {first.number} ({first.words}) and {other.number} ({other.words}) both hold for "
                f"tax region {region}, class {product_class}, on {self._on:%Y-%m-%d}"
            )
        return max(rows, key=lambda row: row.start)


def _due(row: TaxRow, customer: Record, region: str) -> TaxDue:
    if row.reverses:
        tax_id = customer.get("Tax Id")
        evidence = f"customer's Tax Id {tax_id}" if tax_id else "no Tax Id on Customers"
        reason = row.reason or "Reverse charge: the customer accounts for the tax"
        return TaxDue(row.code, ZERO, f"{reason}; {evidence}", REVERSE_CHARGE)
    rate = row.rate or ZERO
    if not rate:
        return TaxDue(row.code, ZERO, row.reason or "Zero-rated")
    country = customer.get("Country") or ""
    conflict = f"tax region {region} is of another country than {country}, the Country of {customer.get('Customer')}"
    return TaxDue(row.code, rate, problem=conflict if is_of_another_country(region, country) else "")


def _exemption(customer: Record) -> str:
    number, expiry = customer.get("Certificate"), customer.get("Certificate Expiry")
    until = f", valid to {expiry.day} {expiry:%b %Y}" if expiry else ""
    return f"Exempt: certificate {number}{until}" if number else f"Exempt: no certificate on Customers{until}"


def tax_of(net: Decimal, rate: Decimal, currency: str) -> Decimal:
    """Tax of one line: HU of net x rate.

    >>> tax_of(Decimal("1005"), Decimal(10), "JPY"), tax_of(Decimal("1.005"), Decimal(5), "KWD")
    (Decimal('101'), Decimal('0.050'))
    """
    return to_minor_unit(product(net, percent(rate)), currency) if rate else ZERO


def tax_shares(nets: Sequence[Decimal], rate: Decimal, currency: str) -> list[Decimal]:
    """The tax of several lines rounded once; the cents go to the largest remainders, earlier lines first.

    >>> tax_shares([Decimal("10.03")] * 3, Decimal("8.25"), "USD")
    [Decimal('0.83'), Decimal('0.83'), Decimal('0.82')]
    """
    digits = minor_digits(currency)
    step = Decimal(1).scaleb(-digits)
    exact = [product(net, percent(rate)) for net in nets]
    parts = [round_down(amount, digits) for amount in exact]
    missing = EXACT.subtract(round_half_up(total(exact), digits), total(parts))
    sign = 1 if missing >= 0 else -1
    ranked = sorted(range(len(nets)), key=lambda i: (-sign * (exact[i] - parts[i]), i))
    for place in range(int(abs(missing) / step)):
        parts[ranked[place % len(ranked)]] += sign * step
    return parts
