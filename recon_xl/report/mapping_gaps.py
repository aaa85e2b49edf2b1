"""The Mapping Gaps tab: what no mapping row covers, with the nearest existing row as a suggestion, and what several rows claim."""

from __future__ import annotations

from difflib import get_close_matches

from recon_xl.core.cells import Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.finding import Finding
from recon_xl.core.identity import normalise_label, normalise_name
from recon_xl.engine.inputs import Inputs
from recon_xl.report.result import Result
from recon_xl.report.values import money, rows_change

_KINDS = {
    "unmapped-client": "Vendor customer",
    "unmapped-product": "Vendor product",
    "unmapped-line": "Billed or counted line",
    "ambiguous-mapping": "Fits several rows",
}


def mapping_gaps(result: Result, inputs: Inputs) -> ReplaceRows:
    """One row a gap, largest money first."""
    suggest = _Suggestions(inputs)
    records: list[dict[str, Value]] = []
    for finding in result.exceptions:
        if finding.rule in _KINDS:
            hit = finding.hit
            records.append(
                {
                    "Kind": _KINDS[finding.rule],
                    "Vendor Id": _vendor_id(finding),
                    "Name": hit.customer if finding.rule == "unmapped-client" else hit.product or hit.customer,
                    "Customer": hit.customer or None,
                    "Rows": len(finding.source_rows),
                    "Amount": money(hit.at_stake, hit.currency),
                    "Currency": hit.currency,
                    "Suggestion": suggest.of(finding),
                    "Fix": hit.action,
                }
            )
    return rows_change("Mapping Gaps", records)


def _vendor_id(finding: Finding) -> str | None:
    identity = finding.hit.identity
    if finding.rule == "unmapped-client":
        return identity[0]
    if finding.rule == "ambiguous-mapping":
        names = (finding.hit.customer, finding.hit.product)
        ids = ":".join(part for part in identity[2:-1] if part not in names)
        return (ids.upper() if finding.hit.product else ids) or None
    return f"{identity[1]}:{identity[2]}".upper() if finding.rule == "unmapped-product" else None


class _Suggestions:
    """The nearest customer or product by name; only to be confirmed, never used."""

    def __init__(self, inputs: Inputs) -> None:
        self._customers = {normalise_name(name): name for name in inputs.column("Customers", "Customer") if name}
        self._products = {normalise_label(name): name for name in inputs.column("Products", "Billing Product") if name}

    def of(self, finding: Finding) -> str | None:
        hit = finding.hit
        if finding.rule == "ambiguous-mapping":  # the rows that fit are named in the reason and the fix
            return None
        if finding.rule == "unmapped-client" or "Customers" in hit.action:
            return _nearest(normalise_name(hit.customer), self._customers)
        return _nearest(normalise_label(hit.product), self._products)


def _nearest(name: str, known: dict[str, str]) -> str | None:
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return known[found[0]] if found else None
