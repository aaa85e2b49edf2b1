"""The Coverage tab."""

from __future__ import annotations

from recon_xl.core.changeset import ReplaceRows
from recon_xl.report.result import Result
from recon_xl.report.values import money, rows_change
from recon_xl.rules.words import capital


def coverage(result: Result) -> ReplaceRows:
    """One row an area, item and currency."""
    return rows_change(
        "Coverage",
        [
            {
                "Area": row.area,
                "Item": row.item,
                "Status": row.status,
                "Rows": row.rows,
                "Amount": money(row.amount, row.currency),
                "Currency": row.currency or None,
                "Reason": capital(row.reason) or None,
            }
            for row in result.coverage
        ],
    )
