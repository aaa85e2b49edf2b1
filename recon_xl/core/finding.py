"""What a rule finds: a hit of one rule, and the finding it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ONE = Decimal(1)
INFORMATION = "Information"

WE_LOSE = "we lose"
CUSTOMER_OVERCHARGED = "customer overcharged"
VENDOR_OVERCHARGED = "vendor overcharged"
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Hit:
    """One row at the rule's grain. Amounts are in `currency`; `at_stake` is never negative.

    `identity` are the business keys that make the finding's key, without row numbers and months.
    `lines` are ids of source lines; None means: all lines of this client and product, or of the client where
    the finding is about no product.
    `hold` is the reason for which the drafts of this customer wait; blank where they do not. `title` says what was found
    where that of its rule does not fit; blank where it does.
    """

    identity: tuple[str, ...]
    customer: str
    product: str
    currency: str
    at_stake: Decimal
    direction: str
    why: str
    action: str
    basis: str = "calculated"
    subscription: str = ""
    expected_quantity: Decimal | None = None
    billed_quantity: Decimal | None = None
    expected: Decimal | None = None
    billed: Decimal | None = None
    confidence: Decimal = ONE
    lines: tuple[str, ...] | None = None
    hold: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit with its rule's name, severity and key. `cause` is the key of the finding it follows from."""

    key: str
    rule: str
    title: str
    severity: str
    period: str
    hit: Hit
    source_rows: tuple[str, ...] = ()
    cause: str | None = None

    @property
    def is_primary(self) -> bool:
        """False where the finding is a consequence of another one."""
        return self.cause is None

    @property
    def is_information(self) -> bool:
        """True for rounding and timing: totalled on Tie-out, no exception."""
        return self.severity == INFORMATION

    @property
    def variance(self) -> Decimal | None:
        """Billed - expected, net: negative = underbilled. None where one side is unknown."""
        hit = self.hit
        return None if hit.expected is None or hit.billed is None else hit.billed - hit.expected


def by_sign(variance: Decimal) -> str:
    """Who gains by a variance: negative = we lose."""
    return WE_LOSE if variance < 0 else CUSTOMER_OVERCHARGED
