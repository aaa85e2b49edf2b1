"""Root causes: which findings are consequences of another one, so that one mistake counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recon_xl.core.finding import Finding
from recon_xl.core.identity import normalise_label, normalise_name
from recon_xl.engine.session import Session


def link_causes(session: Session, findings: Sequence[Finding]) -> list[Finding]:
    """Bills without source, and unmapped bills, that an unmapped vendor customer or product explains."""
    clients = [finding for finding in findings if finding.rule == "unmapped-client"]
    products = [finding for finding in findings if finding.rule == "unmapped-product"]
    if not (clients or products):
        return list(findings)
    charged = {
        client
        for (client,) in session.rows("SELECT DISTINCT client FROM mapped_line WHERE in_period AND client IS NOT NULL")
    }
    offered = _products_of(session)
    return [replace(finding, cause=_cause(finding, clients, products, charged, offered)) for finding in findings]


def _cause(
    finding: Finding,
    clients: Sequence[Finding],
    products: Sequence[Finding],
    charged: set[str],
    offered: dict[str, set[str]],
) -> str | None:
    hit = finding.hit
    if finding.rule not in ("billed-without-source", "unmapped-line"):
        return None
    if finding.rule == "unmapped-line" and hit.billed is None:
        return None
    if hit.customer not in charged:
        return _by_client(finding, clients, offered)
    same = [other for other in products if other.hit.customer == hit.customer]
    named = [other for other in same if normalise_label(other.hit.product) == normalise_label(hit.product)]
    if named:
        return named[0].key
    return same[0].key if len(same) == 1 and finding.rule == "unmapped-line" else None


def _by_client(finding: Finding, clients: Sequence[Finding], offered: dict[str, set[str]]) -> str | None:
    name = normalise_name(finding.hit.customer)
    named = [other for other in clients if normalise_name(other.hit.customer) == name]
    if named:
        return named[0].key
    product = finding.hit.product
    fitting = [other for other in clients if product in offered.get(normalise_name(other.hit.customer), set())]
    return fitting[0].key if len(fitting) == 1 else None


def _products_of(session: Session) -> dict[str, set[str]]:
    """The billing products on the lines of each unmapped vendor customer."""
    offered: dict[str, set[str]] = {}
    for name, product in session.rows(
        "SELECT DISTINCT c.customer_name, m.product FROM mapped_line AS m INNER JOIN in_customer AS c USING (customer_no) "
        "WHERE m.state = 'unmapped client' AND m.in_period AND m.product IS NOT NULL"
    ):
        offered.setdefault(normalise_name(name), set()).add(product)
    return offered
