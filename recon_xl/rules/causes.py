"""Root causes: which findings are consequences of another one, so that one mistake counts once.

A rule that can be a root cause declares `explain`. It names findings whose evidence is its own source and key, and
nothing else: a stale count never mutes a vendor-bill gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from recon_xl.core.finding import Finding
from recon_xl.engine.session import Session
from recon_xl.rules.registry import catalogue


def link_causes(session: Session, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each consequence with the key of its root cause. Rules are asked in the order of their codes."""
    causes: dict[str, str] = {}
    for rule in catalogue():
        own = [finding for finding in findings if finding.rule == rule.code]
        if rule.explain is None or not own:
            continue
        others = [finding for finding in findings if finding.rule != rule.code and not finding.is_information]
        for key, cause in rule.explain(session, own, others).items():
            causes.setdefault(key, cause)
    return [_linked(finding, _root(finding.key, causes)) for finding in findings]


def _linked(finding: Finding, cause: str | None) -> Finding:
    """A consequence asks for its cause to be settled first: acted upon by itself, it would be corrected twice."""
    if cause is None:
        return finding
    hit = finding.hit
    later = f"{hit.action[:1].lower()}{hit.action[1:]}"
    action = f"Settle {cause} first, this follows from it. Only if it still stands in the next run: {later}"
    return replace(finding, cause=cause, hit=replace(hit, action=action))


def _root(key: str, causes: Mapping[str, str]) -> str | None:
    """The first cause of a chain; None for a finding without one."""
    seen: list[str] = []
    while key in causes and key not in seen:
        seen.append(key)
        key = causes[key]
    return key if seen else None
