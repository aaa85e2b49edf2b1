"""A deal: one client buying one product this month, with everything both sides know about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from recon_xl.sample.catalogue import Product
from recon_xl.sample.clients import Client
from recon_xl.sample.month import Row
from recon_xl.sample.vendor import Subscription, VendorLine


@dataclass(eq=False)
class BilledLine:
    """One line that the PSA plans to bill."""

    customer: str
    product: str
    description: str
    quantity: Fraction
    unit: Fraction | None = None
    amount: Fraction | None = None
    currency: str = ""
    month: str = ""
    start: date | None = None
    end: date | None = None
    subscription: str = ""
    agreement: str = ""
    order: str = ""
    tax: Fraction | None = None
    tax_code: str = ""

    def net(self) -> Fraction:
        """Its amount, or quantity x unit price where the amount is left blank."""
        return self.amount if self.amount is not None else self.quantity * (self.unit or 0)


@dataclass(eq=False)
class Deal:
    """What one client has of one product: subscriptions, vendor lines, a count, a price and its billed lines."""

    client: Client
    product: Product
    basis: str
    price: Fraction | None = None
    old_price: Fraction | None = None
    next_price: Fraction | None = None
    prorate: bool = True
    included: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    agreement: str = ""
    override: bool = False
    subscriptions: list[Subscription] = field(default_factory=list)
    lines: list[VendorLine] = field(default_factory=list)
    earlier: list[VendorLine] = field(default_factory=list)
    counted: int | None = None
    counts: list[Row] = field(default_factory=list)
    billed: list[BilledLine] = field(default_factory=list)
    style: str = ""
    eventful: bool = False
    timing: bool = False
    seats: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Client and product."""
        return self.client.name, self.product.name

    @property
    def limited(self) -> bool:
        """True where included, minimum or maximum units are agreed."""
        return any(limit is not None for limit in (self.included, self.minimum, self.maximum))

    @property
    def usage(self) -> bool:
        """True for Azure plan usage, whose quantity is never compared."""
        return any(subscription.kind == "usage" for subscription in self.subscriptions)

    def billed_net(self) -> Fraction:
        """Sum of its billed lines."""
        return sum((line.net() for line in self.billed), Fraction(0))

    def billed_quantity(self) -> Fraction:
        """Units of its billed lines."""
        return sum((line.quantity for line in self.billed), Fraction(0))
