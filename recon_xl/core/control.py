"""A control: two totals that must agree, and what stands behind coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recon_xl.core.money import ZERO

NO_RUN = "NO RUN YET"
NOTHING = "NOTHING TO CHECK"
ALL_OK = "ALL CHECKS OK"
CHECKED = "CHECKED"
NOT_CHECKED = "NOT CHECKED"


@dataclass(frozen=True, slots=True)
class Control:
    """One proof. `ok` is None where it could not be checked; `is_ours` means that a difference is our own bug.

    `tolerance` is 0 but where the two totals are rounded differently by the vendor itself.
    """

    name: str
    currency: str
    expected: Decimal | None
    actual: Decimal
    note: str
    invoice: str = ""
    is_ours: bool = True
    tolerance: Decimal = ZERO

    @property
    def difference(self) -> Decimal | None:
        """Actual - expected."""
        return None if self.expected is None else self.actual - self.expected

    @property
    def ok(self) -> bool | None:
        """True, False, or None for NOT CHECKED."""
        return None if self.difference is None else abs(self.difference) <= self.tolerance

    @property
    def word(self) -> str:
        """OK, FAIL or NOT CHECKED."""
        return {True: "OK", False: "FAIL", None: "NOT CHECKED"}[self.ok]


def master_check_text(checks: Sequence[str]) -> str:
    """What the master check shows after a run for these words of Tie-out's Check column.

    >>> master_check_text(["OK", "NOT CHECKED", "FAIL"])
    '1 FAIL, 1 NOT CHECKED'
    """
    unchecked = checks.count("NOT CHECKED")
    fails = len(checks) - checks.count("OK") - unchecked
    if not checks:
        return NOTHING
    if fails and unchecked:
        return f"{fails} FAIL, {unchecked} NOT CHECKED"
    if fails:
        return "1 CHECK FAILS" if fails == 1 else f"{fails} CHECKS FAIL"
    return f"{unchecked} NOT CHECKED" if unchecked else ALL_OK


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """What was looked at, or why not: rows and their money."""

    area: str
    item: str
    status: str
    rows: int
    amount: Decimal | None
    currency: str
    reason: str
