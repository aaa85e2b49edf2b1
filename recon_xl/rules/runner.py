"""Runs every rule, stamps what it finds, links causes, and ranks by money, then confidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from recon_xl.core.finding import Finding
from recon_xl.core.identity import fingerprint
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.causes import link_causes
from recon_xl.rules.registry import catalogue

ToBase = Callable[[Decimal, str], Decimal | None]
"""An amount of a currency in the base currency, or None where no rate is known."""


def find_all(session: Session, inputs: Inputs, *, reconcilable: bool, to_base: ToBase) -> list[Finding]:
    """All findings, largest money first; amounts without a rate to the base currency come last, by currency.

    Where the run is not reconcilable, rules that compare both sides of a key stay silent.
    """
    period = inputs.settings.period
    found = [
        Finding(fingerprint(rule.code, *hit.identity), rule.code, hit.title or rule.title, rule.severity, period, hit)
        for rule in catalogue()
        if reconcilable or not rule.per_key
        for hit in rule.find(session, inputs)
    ]
    return sorted(
        _with_rows(session, link_causes(session, _distinct(found))), key=lambda finding: _rank(finding, to_base)
    )


def holds_of(findings: Sequence[Finding]) -> dict[str, list[str]]:
    """Client -> why their drafts wait, as far as a finding says so."""
    holds: dict[str, list[str]] = {}
    for finding in findings:
        if finding.hit.hold:
            holds.setdefault(finding.hit.customer, []).append(finding.hit.hold)
    return {client: sorted(set(reasons)) for client, reasons in holds.items()}


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    """Findings equal in all business keys get numbered keys, so that a note stands on one of them only."""
    seen: dict[str, int] = {}
    distinct = []
    for finding in findings:
        seen[finding.key] = seen.get(finding.key, 0) + 1
        number = seen[finding.key]
        distinct.append(finding if number == 1 else replace(finding, key=f"{finding.key}-{number}"))
    return distinct


def _rank(finding: Finding, to_base: ToBase) -> tuple[object, ...]:
    hit = finding.hit
    money = to_base(hit.at_stake, hit.currency)
    return (
        money is None,
        hit.currency if money is None else "",
        -(hit.at_stake if money is None else money),
        -hit.confidence,
        finding.rule,
        hit.customer,
        hit.product,
        finding.key,
    )


def _with_rows(session: Session, findings: Sequence[Finding]) -> list[Finding]:
    """Fill in the source lines of findings about a whole client and product."""
    asked = sorted({(f.hit.customer, f.hit.product) for f in findings if f.hit.lines is None})
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    if asked:
        session.load(
            "asked",
            {"client": "VARCHAR", "product": "VARCHAR"},
            {"client": [client for client, _ in asked], "product": [product for _, product in asked]},
        )
        session.relate("asked_row")
        for client, product, subscription, line_id in session.rows(
            "SELECT client, product, subscription_id, line_id FROM asked_row ORDER BY side, line_id"
        ):
            rows.setdefault((client, product), []).append((subscription, line_id))
    return [_filled(finding, rows) for finding in findings]


def _filled(finding: Finding, rows: dict[tuple[str, str], list[tuple[str, str]]]) -> Finding:
    hit = finding.hit
    if hit.lines is not None:
        lines = hit.lines
    else:
        mine = rows.get((hit.customer, hit.product), [])
        lines = tuple(line for subscription, line in mine if hit.subscription in ("", subscription))
    return Finding(
        finding.key, finding.rule, finding.title, finding.severity, finding.period, hit, lines, finding.cause
    )
