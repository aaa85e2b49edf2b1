"""Terms: where the expected bill of a client and product comes from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """Quantity source, price basis and limits of one client and product."""

    quantity_source: str
    price_basis: str
    profile: str
    names_profile: bool
    count_source: str
    count_basis: str = "total"
    included: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    prorates: bool = True
    agreement: str = ""
    price: Decimal | None = None
    price_currency: str = ""
    item_code: str = ""
    account_code: str = ""
    product_class: str = ""

    @property
    def has_limits(self) -> bool:
        """True where included, minimum or maximum quantities change the units billed."""
        return not (self.included is None and self.minimum is None and self.maximum is None)
