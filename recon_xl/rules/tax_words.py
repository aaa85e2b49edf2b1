"""Why the tax planned on a bill differs from the tax due: the kind of mistake, in a sentence."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from decimal import Decimal

from recon_xl.core.money import EXACT, percent, product, quantity_text, ratio, round_half_up
from recon_xl.core.tax import EXEMPT, REVERSE_CHARGE, TaxDue, tax_of
from recon_xl.engine.taxes import Taxes


@dataclass(frozen=True, slots=True)
class Planned:
    """What the bill plans for a client and product: net, tax, and the tax codes that its lines carry."""

    client: str
    product: str
    currency: str
    net: Decimal
    tax: Decimal
    codes: Set[str]


def reason_words(planned: Planned, due: TaxDue, taxes: Taxes, vendor_tax: Decimal) -> str:
    """The most telling reason first: evidence, then where the amount comes from, then the rate alone."""
    return (
        _vendors(planned, vendor_tax)
        or _evidence(planned, due, taxes)
        or _code(planned, due, taxes)
        or _region(planned, due, taxes)
        or _rate(planned, due)
    )


def _vendors(planned: Planned, vendor_tax: Decimal) -> str:
    is_passed = planned.tax != 0 and planned.tax == vendor_tax
    return "Vendor tax passed through: the vendor's Tax Total, which is our input tax, is planned." if is_passed else ""


def _evidence(planned: Planned, due: TaxDue, taxes: Taxes) -> str:
    customer = taxes.customers[planned.client]
    if due.basis == EXEMPT:
        return f"Exempt client charged ({due.reason})."
    if due.basis == REVERSE_CHARGE:
        return f"Reverse charge, but tax is charged ({due.reason})."
    if customer.get("Exempt") is True and planned.tax == 0:
        number, expiry = customer.get("Certificate") or "(without number)", customer["Certificate Expiry"]
        return f"Exemption expired: certificate {number} ended on {expiry:%Y-%m-%d}, and no tax is planned."
    return ""


def _code(planned: Planned, due: TaxDue, taxes: Taxes) -> str:
    """The bill carries a known code that gives just the tax planned, and it is not the code due."""
    for code in sorted(planned.codes):
        rates = taxes.table.rates_of_code(code)
        if code.casefold() != due.code.casefold() and any(_gives(rate, planned) for rate in rates):
            regions = taxes.table.regions_of_code(code)
            own = (taxes.customers[planned.client].get("Tax Region") or "").casefold()
            if regions and own not in {region.casefold() for region in regions}:
                return f"Another region's rate: tax code {code} is of {_named(regions)}, {_due_words(due)}."
            return f"Wrong tax code: {code} is planned, {_due_words(due)}."
    return ""


def _region(planned: Planned, due: TaxDue, taxes: Taxes) -> str:
    """Only the region's rate fits: exactly that of other regions, and of none of the client's own."""
    own = taxes.customers[planned.client].get("Tax Region") or ""
    for rate in sorted(taxes.table.rates()):
        regions = taxes.table.regions_of_rate(rate, but=own)
        if rate != due.rate and regions and _gives(rate, planned):
            return (
                f"Another region's rate: {quantity_text(rate)} % is the rate of {_named(regions)}, {_due_words(due)}."
            )
    return ""


def _rate(planned: Planned, due: TaxDue) -> str:
    if not planned.net:
        return f"Wrong tax rate: {_due_words(due)}."
    found = EXACT.scaleb(ratio(planned.tax, planned.net), 2)
    shown = round_half_up(found, 2)
    about = "" if product(planned.net, percent(shown)) == planned.tax else "about "
    return f"Wrong tax rate: {about}{quantity_text(shown)} % planned, {_due_words(due)}."


def _gives(rate: Decimal, planned: Planned) -> bool:
    """The rate explains the tax planned, but for a cent of rounding."""
    step = abs(planned.tax - tax_of(planned.net, rate, planned.currency))
    return planned.tax != 0 and step <= Decimal("0.02")


def _due_words(due: TaxDue) -> str:
    return f"{due.code} {quantity_text(due.rate)} % is due"


def _named(regions: list[str]) -> str:
    return f"tax region {' or '.join(regions)}"
