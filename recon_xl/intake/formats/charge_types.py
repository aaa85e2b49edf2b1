"""What kind of charge a Partner Center line is, and which charge types are known.

Microsoft's category rules, with two corrections seen in its own samples: a licence line may carry
a ReservationOrderId too, and an empty TermAndBillingCycle is not yet Azure usage. An unknown
charge type is never dropped: `canonical_charge_type` says None, and the run reports it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

ChargeKind = Literal["usage", "reservation", "savings plan", "software", "perpetual", "licence"]
Line = Mapping[str, object]
"""A vendor line by column name of the contract; absent columns count as blank."""

CHARGE_TYPES: tuple[str, ...] = (
    "new",
    "renew",
    "cycleCharge",
    "addQuantity",
    "removeQuantity",
    "moveQuantity",
    "convert",
    "cancel",
    "cancelImmediate",
    "changeBillingPlan",
    "customerCredit",
    "extendTerm",
)

_CANONICAL = {name.casefold(): name for name in CHARGE_TYPES}
_CATEGORIES: tuple[tuple[str, ChargeKind], ...] = (
    ("reservation", "reservation"),
    ("reserved", "reservation"),
    ("saving", "savings plan"),
    ("perpetual", "perpetual"),
    ("software", "software"),
    ("azure", "usage"),
    ("usage", "usage"),
    ("consumption", "usage"),
    ("licen", "licence"),
    ("online service", "licence"),
)
_TERMS: tuple[tuple[str, ChargeKind], ...] = (
    ("reservation", "reservation"),
    ("savings plan", "savings plan"),
    ("subscription", "software"),
    ("commitment", "licence"),
)
_BARE_TERMS: tuple[tuple[str, ChargeKind], ...] = (
    ("one-month", "licence"),
    ("one-year", "licence"),
    ("three-year", "licence"),
    ("three-3 year", "licence"),
)
_SOFTWARE_NAMES: tuple[tuple[str, ChargeKind], ...] = (
    ("year subscription", "software"),
    ("month subscription", "software"),
)
_AZURE_PRODUCTS = "dzh318z"
_SEAT_PRODUCTS = "cfq7"


def canonical_charge_type(text: str | None) -> str | None:
    """Microsoft's spelling of a charge type, whatever its case; None for one that is not known.

    >>> canonical_charge_type("New"), canonical_charge_type("transferIn")
    ('new', None)
    """
    return _CANONICAL.get((text or "").strip().casefold())


def charge_kind(line: Line) -> ChargeKind:
    """The category of a line: ProductCategory where it is given, else by term, order and Azure evidence."""
    term = _text(line, "Term And Billing Cycle")
    named = _first(_text(line, "Product Category"), _CATEGORIES) or _first(term, _TERMS)
    if named is not None:
        return named
    if _text(line, "Reservation Order Id"):
        return "savings plan" if _names_savings_plan(line) else "reservation"
    if (bare := _first(term, _BARE_TERMS)) is not None:
        return bare
    # Any other term text is a meter's, such as `1 Cache Instance Hour`, unless the product is sold by seats.
    if has_azure_evidence(line) or (term and not _text(line, "Product Id").startswith(_SEAT_PRODUCTS)):
        return "usage"
    if (software := _first(_text(line, "Sku Name"), _SOFTWARE_NAMES)) is not None:
        return software
    return "licence" if line.get("Charge End Date") else "perpetual"


def is_reservation(line: Line) -> bool:
    """True for a reservation, also where only its order id tells."""
    return charge_kind(line) == "reservation"


def has_azure_evidence(line: Line) -> bool:
    """True where something besides an empty term says that a line is metered Azure usage."""
    if "azure plan" in _text(line, "Subscription Description") or _text(line, "Meter Description"):
        return True
    quantity = line.get("Billable Quantity")
    fractional = isinstance(quantity, Decimal) and quantity != quantity.to_integral_value()
    if fractional and _text(line, "Unit Type"):
        return True
    is_azure_product = _text(line, "Product Id").startswith(_AZURE_PRODUCTS)
    return is_azure_product and not _text(line, "Reservation Order Id")


def _names_savings_plan(line: Line) -> bool:
    return any("savings plan" in _text(line, name) for name in ("Product Name", "Sku Name", "Subscription Description"))


def _first(text: str, rules: tuple[tuple[str, ChargeKind], ...]) -> ChargeKind | None:
    return next((kind for word, kind in rules if word in text), None)


def _text(line: Line, name: str) -> str:
    value = line.get(name)
    return "" if value is None else str(value).strip().casefold()
