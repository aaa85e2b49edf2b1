"""Tax on the lines of a draft, rounded once an invoice instead of once a line."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.core.draft import DraftLine
from recon_xl.core.tax import tax_shares


def taxed_by_invoice(lines: Sequence[DraftLine], currency: str) -> list[DraftLine]:
    """The lines with tax rounded once for each tax code and rate; held lines keep theirs, outside the net."""
    result = list(lines)
    groups: dict[tuple[str, object], list[int]] = {}
    for place, line in enumerate(lines):
        if not line.is_held:
            groups.setdefault((line.tax_code, line.tax_rate), []).append(place)
    for places in groups.values():
        shares = tax_shares([lines[place].net for place in places], lines[places[0]].tax_rate, currency)
        for place, tax in zip(places, shares, strict=True):
            result[place] = lines[place]._replace(tax=tax)
    return result
