"""A run in a few lines, in an accountant's words."""

from __future__ import annotations

from pathlib import Path

from recon_xl.core.money import ZERO, money_text
from recon_xl.report.result import Result
from recon_xl.report.start import check_text

_NOTES = 5
"""Notes that a terminal shows."""


def is_doubtful(result: Result) -> bool:
    """True where the figures cannot be relied on. Exceptions are what a run is for, and no reason to warn."""
    return not result.reconcilable or bool(result.failed_controls)


def headline(result: Result) -> list[str]:
    """The month in three lines: how it stands, the money at stake, whether it ties out."""
    count = sum(1 for finding in result.exceptions if finding.is_primary)
    stakes = (f"{money_text(amount, code)} {side}" for (code, side), (_, amount) in result.at_stake().items())
    exceptions = "1 exception" if count == 1 else f"{count or 'No'} exceptions"
    return [
        f"{result.period}: {result.status if result.reconcilable else result.coverage_sentence}",
        ": ".join(part for part in (exceptions, ", ".join(stakes)) if part) + ".",
        f"Tie-out: {check_text(result).lower()}. {'; '.join(_drafts(result))}.",
    ]


def summary(result: Result, book: Path | None) -> list[str]:
    """What was found, how much is at stake, whether it ties out, and which file to open."""
    primary = [finding for finding in result.exceptions if finding.is_primary]
    status = f"{result.status}. " if result.reconcilable else ""
    lines = [f"{result.period}: {status}{result.coverage_sentence}", "", f"Exceptions: {len(primary)}"]
    for (currency, direction), (count, amount) in result.at_stake().items():
        lines.append(
            f"  {direction:<22}{money_text(amount, currency):>18}   {count} finding{'s' if count != 1 else ''}"
        )
    for finding in primary[:5]:
        hit = finding.hit
        about = " · ".join(part for part in (finding.title, hit.customer, hit.product) if part)
        lines.append(f"    {money_text(hit.at_stake, hit.currency):>16}  {about}")
    if len(primary) > 5:
        lines.append(f"    {'':>16}  and {len(primary) - 5} more on the Exceptions tab")
    lines += ["", f"Tie-out: {check_text(result).lower()} ({len(result.controls)} controls)"]
    lines += [
        f"  FAIL {c.name} · {c.invoice or 'all'} · difference {money_text(c.difference or ZERO, c.currency)}"
        for c in result.failed_controls
    ]
    lines += ["", *_drafts(result)]
    notes = [warning for warning in result.warnings if warning not in result.conflicts]
    lines += [f"Note: {warning}." for warning in (*result.conflicts, *notes[:_NOTES])]
    lines += [f"Note: {len(notes) - _NOTES} more on Run Log."] if len(notes) > _NOTES else []
    if book is not None:
        lines += ["", f"Open: {book}"]
    return lines


def _drafts(result: Result) -> list[str]:
    lines = []
    for currency in sorted({draft.currency for draft in result.drafts}):
        mine = [draft for draft in result.drafts if draft.currency == currency]
        held = sum(1 for draft in mine if draft.is_held)
        net = money_text(sum((draft.net for draft in mine), start=mine[0].net * 0), currency)
        lines.append(f"Drafts: {len(mine):>3} in {currency}, {net} net{f', {held} held' if held else ''}")
    return lines or ["Drafts: none"]
