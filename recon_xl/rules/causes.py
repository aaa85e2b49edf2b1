"""Root causes: which findings are consequences of another one, so that one mistake counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from recon_xl.core.finding import Finding
from recon_xl.core.identity import normalise_label, normalise_name


def link_causes(findings: Sequence[Finding]) -> list[Finding]:
    """Bills without source, and unmapped bills, that an unmapped vendor customer or product explains.

    The evidence must be the same customer and product: by name, or the one product of a client that is unmapped on the
    vendor's side in just the quantity that is billed.
    """
    clients = {normalise_name(f.hit.customer): f for f in findings if f.rule == "unmapped-client"}
    products = [finding for finding in findings if finding.rule == "unmapped-product"]
    cells = {_cell(finding): finding.key for finding in findings if finding.rule == "unreadable-cell"}
    return [
        replace(finding, cause=_unread(finding, cells) or _cause(finding, clients, products)) for finding in findings
    ]


def _cell(finding: Finding) -> str:
    """The address at the start of an unreadable cell's reason."""
    return finding.hit.why.partition(":")[0].partition(" (")[0]


def _unread(finding: Finding, cells: Mapping[str, str]) -> str | None:
    """A key without a price because a mapping cell cannot be read follows from that cell."""
    if finding.rule not in ("unpriced", "unbilled"):
        return None
    return next((key for cell, key in cells.items() if cell in finding.hit.why), None)


def _cause(finding: Finding, clients: Mapping[str, Finding], products: Sequence[Finding]) -> str | None:
    hit = finding.hit
    if finding.rule not in ("billed-without-source", "unmapped-line") or hit.billed is None:
        return None
    by_client = clients.get(normalise_name(hit.customer))
    if by_client is not None:
        return by_client.key
    same = [other for other in products if other.hit.customer == hit.customer]
    named = [other for other in same if normalise_label(other.hit.product) == normalise_label(hit.product)]
    counted = [other for other in same if other.hit.expected_quantity == hit.billed_quantity]
    fitting = named or (counted if len(counted) == 1 else [])
    return fitting[0].key if fitting else None
