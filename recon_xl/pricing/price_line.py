"""A vendor line to be priced, and the words for prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from recon_xl.core.money import quantity_text


class PriceLine(NamedTuple):
    """One vendor line to be priced: the columns of the relation `price_input`, in order."""

    client: str
    product: str
    client_currency: str
    reseller: str
    subscription_id: str
    customer_id: str
    line_id: str
    kind: str
    charge_type: str
    charge_start: date | None
    charge_end: date | None
    plan: str | None
    term: str | None
    sub_start: date | None
    product_id: str
    sku_id: str
    signed_quantity: Decimal
    price_text: str | None
    unit_price_text: str | None
    pc_to_bc_text: str | None
    subtotal: Decimal
    currency: str
    pricing_currency: str
    opening_price: str | None
    seats: Decimal | None
    is_earlier: bool
    confidence: Decimal

    @property
    def price(self) -> Decimal:
        """EffectiveUnitPrice as the vendor printed it, sign included."""
        return Decimal(self.price_text or 0)

    @property
    def pc_to_bc(self) -> Decimal:
        """Pricing to billing currency; 1 where the vendor leaves it blank."""
        return Decimal(self.pc_to_bc_text or 1)


_CHARGE_WORDS = {"new": "cycle", "renew": "cycle", "cyclecharge": "cycle", "customercredit": "credit", "cancelimmediate": "credit"}
_KIND_WORDS = {"usage": "usage", "reservation": "one-time", "savings plan": "one-time", "perpetual": "one-time"}


def charge_word(kind: str, charge_type: str) -> str:
    """What a draft calls the charge: cycle, change, credit, usage or one-time."""
    return _KIND_WORDS.get(kind) or _CHARGE_WORDS.get(charge_type, "change")


def months_charged(start: date | None, end: date | None) -> int:
    """Whole months that a charge covers, at least 1; 1 where it has no end."""
    if start is None or end is None:
        return 1
    days = (end - start).days + 1
    return max(1, (days * 12 + 182) // 365)


@lru_cache(maxsize=65536)
def fx_words(fx: Decimal, source: str, target: str) -> str:
    """The conversion in words, blank within one currency."""
    return "" if source == target else f" x rate {fx:.6g} {source} to {target}"


@lru_cache(maxsize=65536)
def points_words(points: Decimal) -> str:
    """A percentage in words: `+ 2.5 %`, `- 10 %`."""
    return f"{'-' if points < 0 else '+'} {quantity_text(abs(points))} %"
