"""What a sample month is: the files a user would have, and the truth about the faults planted in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

Row = dict[str, str]
"""One line of a file: column header -> text."""


@dataclass(frozen=True)
class PlantedFault:
    """One mistake put into the month on purpose, with the money it must be found to be worth."""

    rule: str
    customer: str
    product: str | None
    subscription: str | None
    expected: Decimal | None
    billed: Decimal | None
    at_stake: Decimal
    direction: str
    currency: str
    expected_quantity: Decimal | None = None
    billed_quantity: Decimal | None = None
    invoice: str | None = None


@dataclass(frozen=True)
class Month:
    """A closed month of one managed service provider: vendor invoices, planned billing, counts and mappings."""

    period: str
    vendor_files: dict[str, list[Row]]
    earlier_files: list[tuple[str, str, list[Row]]]
    billed: list[Row]
    counts: list[Row]
    mapping: dict[str, list[Row]]
    settings: dict[str, str]
    control_totals: dict[str, str]
    planted: tuple[PlantedFault, ...] = field(default=())
    daily_files: dict[str, list[Row]] = field(default_factory=dict)

    def totals_printed_on(self, files: Iterable[Path]) -> dict[str, str]:
        """Invoice -> control total, for the invoices among these files: their names carry the number."""
        names = [file.name for file in files]
        return {number: total for number, total in self.control_totals.items() if any(number in name for name in names)}

    @property
    def vendor_line_count(self) -> int:
        """Lines of this month's vendor invoices."""
        return sum(len(rows) for rows in self.vendor_files.values())
