"""Root causes: which findings are consequences of another one, so that one mistake counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from recon_xl.core.finding import Finding
from recon_xl.core.identity import normalise_label, normalise_name
from recon_xl.engine.session import Session

_ROOTS = frozenset({"unmapped-client", "unmapped-product", "unreadable-cell"})
_OFFERED = """
    SELECT c.customer_name, m.product, sum(m.signed_quantity) AS quantity
    FROM mapped_line AS m
    INNER JOIN in_customer AS c USING (customer_no)
    WHERE m.state = 'unmapped client' AND m.in_period AND m.product IS NOT NULL
    GROUP BY c.customer_name, m.product
"""
_CHARGED = "SELECT DISTINCT client FROM mapped_line WHERE in_period AND client IS NOT NULL"


def link_causes(session: Session, findings: Sequence[Finding]) -> list[Finding]:
    """Bills without source, and unmapped bills, that an unmapped vendor customer or product explains.

    The evidence must be the same customer and product: by name, or by the same product in just the quantity that is
    billed, where only one unmapped customer or product has it.
    """
    if not any(finding.rule in _ROOTS for finding in findings):
        return list(findings)
    clients = {normalise_name(f.hit.customer): f for f in findings if f.rule == "unmapped-client"}
    products = [finding for finding in findings if finding.rule == "unmapped-product"]
    by_quantity = _ByQuantity(session, clients)
    cells = {_cell(finding): finding.key for finding in findings if finding.rule == "unreadable-cell"}
    return [
        replace(finding, cause=_unread(finding, cells) or _cause(finding, clients, products) or by_quantity(finding))
        for finding in findings
    ]


class _ByQuantity:
    """Bills of a client without any vendor line, in just the quantity that one unmapped vendor customer has."""

    def __init__(self, session: Session, clients: Mapping[str, Finding]) -> None:
        self._charged = {client for (client,) in session.rows(_CHARGED)}
        self._offers: dict[tuple[str, Decimal], list[str]] = {}
        for name, product, quantity in session.rows(_OFFERED):
            found = clients.get(normalise_name(name))
            if found is not None:
                self._offers.setdefault((product, quantity), []).append(found.key)

    def __call__(self, finding: Finding) -> str | None:
        hit = finding.hit
        if finding.rule != "billed-without-source" or hit.customer in self._charged or hit.billed_quantity is None:
            return None
        keys = self._offers.get((hit.product, hit.billed_quantity), [])
        return keys[0] if len(keys) == 1 else None


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
