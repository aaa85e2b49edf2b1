"""Margin of a client and product: what should be billed against what the vendor charges for it. Tab and rules share it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from recon_xl.core.money import ZERO, ratio, to_minor_unit, total

NEGATIVE, LOW, OK, NO_COST = "NEGATIVE", "LOW", "OK", "NO COST"
HUNDRED = Decimal(100)


class KeyMargin(NamedTuple):
    """Sell and vendor cost of a client and product, both in the client's currency and for the same time; cost None = unknown.

    `is_known` is False where a part of the sell is timing or has no price: the margin is then shown, but no finding.
    """

    client: str
    product: str
    currency: str
    sell: Decimal
    cost: Decimal | None
    is_known: bool
    confidence: Decimal

    def check(self, floor: Decimal, tolerance: Decimal) -> str:
        """NEGATIVE below cost, LOW below the floor (percent of sell), OK, or NO COST.

        What is short of the floor by no more than the billed tolerance is rounding, and OK; so is a credit passed on.
        """
        if self.cost is None:
            return NO_COST
        if (self.cost <= 0 and self.sell <= 0) or self.missing(floor) <= tolerance:
            return OK
        return NEGATIVE if self.sell < self.cost else LOW

    def needed(self, floor: Decimal) -> Decimal:
        """The sell that just keeps the margin floor; 0 where no cost is known."""
        return sell_needed(self.cost or ZERO, floor, self.currency)

    def missing(self, floor: Decimal) -> Decimal:
        """Sell needed less sell; never below 0."""
        return max(self.needed(floor) - self.sell, ZERO)


def sell_needed(cost: Decimal, floor: Decimal, currency: str) -> Decimal:
    """The sell that just keeps the floor: HU(cost / (1 - floor/100)); the floor is below 100 percent.

    >>> sell_needed(Decimal(92), Decimal(8), "USD")
    Decimal('100.00')
    """
    return to_minor_unit(ratio(cost * HUNDRED, HUNDRED - floor), currency)


def margins(matches: Iterable[Mapping[str, Any]]) -> list[KeyMargin]:
    """One margin a client, product and currency, on what should be billed; an instalment against an instalment of its cost."""
    groups: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for match in matches:
        if match["has_source"] or match["is_spread"] or match["status"] == "timing":
            groups[match["client"], match["product"], match["currency"]].append(match)
    return [_margin(key, group) for key, group in sorted(groups.items())]


def _margin(key: tuple[str, str, str], matches: Sequence[Mapping[str, Any]]) -> KeyMargin:
    has_cost = all((match["has_source"] or match["is_spread"]) and not match["is_count"] for match in matches)
    sell = total(map(sell_of, matches))
    cost = total([match["expected_cost"] for match in matches]) if has_cost else None
    is_known = all(match["status"] == "compared" for match in matches)
    confidence = Decimal(str(min([match["confidence"] for match in matches])))
    return KeyMargin(*key, sell, cost, is_known, confidence)


def sell_of(match: Mapping[str, Any]) -> Decimal:
    """What should be billed for a key: an instalment of an earlier annual charge is taken as it is billed."""
    covered = match["status"] == "timing" and not match["has_source"]
    amount: Decimal = match["billed" if covered else "expected"]
    return amount or ZERO
