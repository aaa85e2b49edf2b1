"""Everything one run found out: what all reports are written from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from recon_xl.contract import Settings
from recon_xl.core.control import Control, CoverageRow
from recon_xl.core.draft import Draft
from recon_xl.core.finding import Finding
from recon_xl.core.margin import KeyMargin
from recon_xl.core.money import ZERO
from recon_xl.core.remark import Remark

CLEAN = "CLEAN"
FINDINGS = "FINDINGS"
NOT_RECONCILABLE = "NOT RECONCILABLE"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who ran what, when, on which inputs."""

    run_id: str
    started: datetime
    user: str
    version: str
    duration: str
    inputs: str


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a run. `matches` are records of the relation `key_match`; `findings` include information.

    `conflicts` are those warnings that are about what the user did to the results of the last run, `remarks` those that a
    check lists as gaps.
    """

    settings: Settings
    stamp: Stamp
    sources: Sequence[Mapping[str, Any]]
    rows_read: Mapping[str, int]
    findings: Sequence[Finding]
    drafts: Sequence[Draft]
    controls: Sequence[Control]
    coverage: Sequence[CoverageRow]
    coverage_sentence: str
    reconcilable: bool
    not_reconcilable_reason: str
    keys: int
    checked_keys: int
    matches: Sequence[Mapping[str, Any]]
    margins: Sequence[KeyMargin]
    warnings: Sequence[str]
    usage: Sequence[Mapping[str, Any]]
    to_base: Callable[[Decimal, str], Decimal | None]
    conflicts: Sequence[str] = ()
    remarks: Sequence[Remark] = ()

    @property
    def period(self) -> str:
        """The month that was reconciled."""
        return self.settings.period

    @property
    def exceptions(self) -> list[Finding]:
        """Findings that an accountant must look at: all but information."""
        return [finding for finding in self.findings if not finding.is_information]

    @property
    def information(self) -> list[Finding]:
        """Rounding and timing."""
        return [finding for finding in self.findings if finding.is_information]

    @property
    def failed_controls(self) -> list[Control]:
        """Controls that do not hold."""
        return [control for control in self.controls if control.ok is False]

    @property
    def controls_text(self) -> str:
        """How many controls hold, for Start and the Run Log."""
        hold = sum(1 for control in self.controls if control.ok)
        return f"{hold} of {len(self.controls)} hold" if self.controls else "none to check"

    @property
    def has_holds(self) -> bool:
        """True where a draft cannot go out as it is. What is not reconcilable is no hold of ours to clear."""
        held_lines = (line for draft in self.drafts for line in draft.held_lines)
        return any(draft.is_held for draft in self.drafts) or any(
            not line.hold_reason.startswith(NOT_RECONCILABLE) for line in held_lines
        )

    @property
    def status(self) -> str:
        """CLEAN, FINDINGS (also where only a hold or a control is left) or NOT RECONCILABLE."""
        if not self.reconcilable:
            return NOT_RECONCILABLE
        return FINDINGS if self.exceptions or self.failed_controls or self.has_holds else CLEAN

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings or problems."""
        return 0 if self.status == CLEAN else 1

    def at_stake(self) -> dict[tuple[str, str], tuple[int, Decimal]]:
        """(currency, direction) -> primary findings and their money, by currency and direction."""
        sums: dict[tuple[str, str], tuple[int, Decimal]] = {}
        for finding in self.exceptions:
            if finding.is_primary:
                key = (finding.hit.currency, finding.hit.direction)
                count, amount = sums.get(key, (0, ZERO))
                sums[key] = (count + 1, amount + finding.hit.at_stake)
        return dict(sorted(sums.items()))
