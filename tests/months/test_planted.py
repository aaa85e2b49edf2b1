"""One planted fault, one primary finding: the right rule, client, money and direction, and nothing besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from recon_xl.core.finding import Finding
from recon_xl.report.result import Result
from recon_xl.sample import Month, PlantedFault, generate_month, sample_month
from recon_xl.sample.faults import FAULTS
from recon_xl.tieout.usage import MONTHLY_DAILY

Run = Callable[[Month], Result]
QUIET = ("rounding", "timing")
COMMON = tuple(name for name in FAULTS if name != "underbilled-minimum")
BY_KEY = (
    "underbilled", "overbilled", "unbilled", "unbilled-usage", "billed-without-source", "duplicate-billed-line", "rounding",
)  # fmt: skip
BY_VENDOR_NAME = ("unmapped-client", "unmapped-product")
AGAIN = ("underbilled", "overbilled", "unbilled", "unmapped-product")
SIZES = (*(300 + number for number in range(24)), 600, 800, 1000, 1200, 1500, 5000)
"""Vendor lines of each seed's month."""
APART = [tuple(sorted(FAULTS)[number::24]) for number in range(24)]
"""All kinds, three a month; those of like names, which are of like kind, never in the same one."""
SMALLEST = 150
"""Vendor lines of a month in which every story still comes up."""


def exceptions(result: Result) -> list[Finding]:
    return [finding for finding in result.findings if finding.is_primary and not finding.is_information]


def found(fault: PlantedFault, findings: Sequence[Finding]) -> Finding:
    """The finding of a fault: same rule, client and product, where the fault is about one; then the same money."""
    named = fault.product if fault.rule not in BY_VENDOR_NAME else None
    fitting = [
        finding
        for finding in findings
        if finding.rule == fault.rule
        and (not fault.customer or finding.hit.customer == fault.customer)
        and (named is None or finding.hit.product == named)
    ]
    if len(fitting) > 1:
        fitting = [finding for finding in fitting if finding.hit.at_stake == fault.at_stake]
    assert len(fitting) == 1, (fault, fitting, [finding for finding in findings if finding.rule == fault.rule])
    return fitting[0]


def assert_money(fault: PlantedFault, finding: Finding) -> None:
    hit = finding.hit
    assert hit.at_stake == fault.at_stake, (fault, hit)
    if fault.at_stake:
        assert (hit.currency, hit.direction) == (fault.currency, fault.direction), (fault, hit)
    if fault.rule in BY_KEY:
        assert (hit.expected, hit.billed or Decimal(0)) == (fault.expected, fault.billed), (fault, hit)
    if fault.rule in ("underbilled", "overbilled"):
        assert (hit.expected_quantity, hit.billed_quantity) == (fault.expected_quantity, fault.billed_quantity), fault
        assert (hit.subscription or None) == fault.subscription


def assert_all_found(month: Month, result: Result) -> None:
    """Each fault once, nothing else, and every control green but those of invoices that are red on purpose."""
    loud = [fault for fault in month.planted if fault.rule not in QUIET]
    findings = exceptions(result)
    surplus = Counter(finding.rule for finding in findings)
    surplus.subtract(fault.rule for fault in loud)
    assert {rule: number for rule, number in surplus.items() if number} == {}
    for fault in loud:
        assert_money(fault, found(fault, findings))
    red = {fault.invoice for fault in month.planted}
    untied = any(fault.rule == "usage-tie-out" for fault in month.planted)
    failed = [c for c in result.failed_controls if c.invoice not in red and not (untied and c.name == MONTHLY_DAILY)]
    assert failed == []


@pytest.mark.parametrize("names", APART, ids=" ".join)
def test_each_fault_by_itself_gives_one_finding(reconciled: Run, names: tuple[str, ...]) -> None:
    """And a clean month otherwise. Three share one, of different rules, so that a finding too many cannot pass for another's."""
    month = generate_month(40, SMALLEST, faults=names)
    assert len(names) == len({fault.rule for fault in month.planted}) == len(month.planted)
    assert_all_found(month, reconciled(month))


@pytest.mark.parametrize(("seed", "lines"), list(enumerate(SIZES)))
def test_every_fault_in_one_month(reconciled: Run, seed: int, lines: int) -> None:
    """All kinds at once, some of them twice, each found for its own money; in months of 300 to 5,000 vendor lines."""
    month = generate_month(seed, lines, faults=(*COMMON, *AGAIN))
    assert month.vendor_line_count >= lines
    assert_all_found(month, reconciled(month))


@pytest.mark.parametrize("seed", range(3))
def test_rounding_is_information(reconciled: Run, seed: int) -> None:
    """A cent or two is told, totalled, and no exception."""
    month = generate_month(seed, faults=("rounding", "rounding", "rounding"))
    result = reconciled(month)
    assert exceptions(result) == []
    roundings = [finding for finding in result.findings if finding.rule == "rounding"]
    assert len(roundings) == 3
    for fault in month.planted:
        hit = found(fault, roundings).hit
        assert (hit.expected, hit.billed) == (fault.expected, fault.billed)


def test_the_demo_month_shows_every_finding_once(reconciled: Run) -> None:
    """The findings that the demo is about, beside timing and rounding; one control is red, and red on purpose."""
    month = sample_month()
    result = reconciled(month)
    assert_all_found(month, result)
    assert {"timing", "rounding"} <= {finding.rule for finding in result.findings}
