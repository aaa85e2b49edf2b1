"""What keeps a month from being compared: every gap of inputs and mappings that a run knows of, in the order to close them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recon_xl.core.draft import DraftLine
from recon_xl.core.finding import Finding
from recon_xl.core.fixing import FixStep
from recon_xl.report.result import NOT_RECONCILABLE, Result
from recon_xl.rules import catalogue
from recon_xl.tieout.controls import VENDOR_TOTAL

_NEEDED = {
    "Vendor Lines": "Import a vendor invoice of the month.",
    "Billed Lines": "Import the bill that your PSA plans for the month.",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap. `where` is a tab; `amount` is the money that hangs on it, None where there is none to name."""

    step: FixStep
    where: str
    about: str
    found: str
    fix: str
    amount: Decimal | None = None
    currency: str = ""
    source_rows: tuple[str, ...] = ()


def gaps(result: Result) -> list[Gap]:
    """All gaps: by step, within a step largest money first."""
    order = list(FixStep)
    found = [*_of_findings(result), *_of_remarks(result), *_of_sources(result), *_of_prices(result), *_of_tax(result)]
    return sorted(found, key=lambda gap: (order.index(gap.step), -(gap.amount or 0), gap.where, gap.about, gap.found))


def _of_findings(result: Result) -> Iterator[Gap]:
    """What the rules about inputs and mappings found, root causes only."""
    steps = {rule.code: rule.fix_step for rule in catalogue()}
    for finding in result.exceptions:
        step = steps[finding.rule]
        if step is not None and finding.is_primary:
            hit = finding.hit
            # A name of nobody is a matter of Customers, one of nothing a matter of Products: the rule is the same.
            at = FixStep.CUSTOMERS if step is FixStep.PRODUCTS and "Customers" in hit.action else step
            yield Gap(at, _tab(at, finding), _about(finding), hit.why, hit.action, hit.at_stake, hit.currency,
                      finding.source_rows)  # fmt: skip


def _of_remarks(result: Result) -> Iterator[Gap]:
    """What was noticed about the mapping tabs and is no finding: a name that nobody answers to, a rate that is missing."""
    for remark in result.remarks:
        yield Gap(remark.step, remark.where, remark.about, f"{remark.found}.", remark.fix)


def _tab(step: FixStep, finding: Finding) -> str:
    if step is FixStep.CELLS:
        return finding.hit.why.partition(" > ")[0]
    return {
        FixStep.SOURCES: "Sources",
        FixStep.CUSTOMERS: "Customers",
        FixStep.PRODUCTS: "Products",
        FixStep.PRICES: next((tab for tab in _PRICE_TABS if tab in finding.hit.action), "Products"),
        FixStep.TAX: "Customers",
        FixStep.AGREEMENTS: "Purchase Orders" if finding.rule.startswith("po-") else "Agreements",
    }[step]


_PRICE_TABS = ("Price Rules", "Sell Prices", "Agreements", "FX Rates", "Price List", "Profiles")


def _about(finding: Finding) -> str:
    return " · ".join(part for part in (finding.hit.customer, finding.hit.product) if part)


def _of_sources(result: Result) -> Iterator[Gap]:
    """Tables without a row for the month, and vendor invoices that nothing proves."""
    for row in result.coverage:
        table = row.reason.partition(" has no rows")[0]
        if row.area == "Checks" and row.status == "NOT CHECKED" and table in _NEEDED:
            yield Gap(FixStep.SOURCES, table, row.item, row.reason, _NEEDED[table])
    for control in result.controls:
        if control.name == VENDOR_TOTAL and control.ok is None:
            yield Gap(
                FixStep.SOURCES, "Sources", f"Invoice {control.invoice}", f"{control.name}: NOT CHECKED", control.note,
                control.actual, control.currency,
            )  # fmt: skip


def _of_prices(result: Result) -> Iterator[Gap]:
    """Draft lines held for want of a price, markup, percentage or rate, one gap a reason; not those that a finding tells."""
    told = {(f.hit.customer, f.hit.product) for f in result.exceptions if f.rule == "unpriced"}
    held: dict[str, list[tuple[str, DraftLine]]] = {}
    for draft in result.drafts:
        for line in draft.held_lines:
            if _is_about_a_price(line.hold_reason) and (draft.customer, line.product) not in told:
                held.setdefault(line.hold_reason, []).append((draft.customer, line))
    for reason, lines in held.items():
        tab = next((name for name in _PRICE_TABS if name in reason), "Vendor Lines")
        names = dict.fromkeys(f"{customer} · {line.product}" for customer, line in lines)
        rows = tuple(row for _, line in lines for row in line.source_rows)
        completed = "Complete the vendor line, or import the file it belongs to."
        fix = f"Add the missing row to {tab}." if tab in reason else completed
        yield Gap(FixStep.PRICES, tab, _listed(list(names)), f"Cannot be priced: {reason}.", fix, source_rows=rows)


def _is_about_a_price(reason: str) -> bool:
    """Not what waits for an annual charge, and not what the rule about unreadable cells tells."""
    return not reason.startswith((NOT_RECONCILABLE, "a cell of")) and " > row " not in reason


def _of_tax(result: Result) -> Iterator[Gap]:
    """Drafts held because Tax does not say the rate, or contradicts itself or the country: one gap a reason.

    What else holds a draft (an agreement, a red invoice, a cell) is a finding, and listed as such.
    """
    told = {finding.hit.hold for finding in result.exceptions}
    held: dict[str, list[str]] = {}
    for draft in result.drafts:
        for reason in draft.hold_reasons:
            if reason not in told and not reason.startswith("invoice ") and " > row " not in reason:
                held.setdefault(reason, []).append(draft.customer)
    for reason, customers in held.items():
        tab, fix = _tax_fix(reason)
        yield Gap(FixStep.TAX, tab, _listed(sorted(set(customers))), f"Draft held: {reason}.", fix)


def _tax_fix(reason: str) -> tuple[str, str]:
    if "no Tax Region on Customers" in reason:
        return "Customers", "Fill Tax Region on Customers."
    if "of another country" in reason:
        return "Customers", "Correct Tax Region or Country on Customers."
    return "Tax", "Add the row to Tax, or correct the one there is."


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
