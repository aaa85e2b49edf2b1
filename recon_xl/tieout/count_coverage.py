"""What was said of the counts: row by row, and for each client and product that is billed by count.

Three kinds of silence are kept apart: a count of 0, no count received for a client, and no source that counts the product.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.control import CoverageRow
from recon_xl.core.money import quantity_text
from recon_xl.engine.session import Session

_CHECKED, _NOT_CHECKED, _EXCLUDED = "CHECKED", "NOT CHECKED", "EXCLUDED"

_ROW_STATE = {
    "fresh": (_CHECKED, "fresh"),
    "copy": (_EXCLUDED, "repeated rows, counted once"),
    "other basis": (_EXCLUDED, "on another basis than the product asks for"),
    "stale": (_NOT_CHECKED, "older than Stale After at period end"),
    "later": (_EXCLUDED, "counted after period end"),
    "unmapped client": ("UNMAPPED", "customer on no row of Customers"),
    "unmapped product": ("UNMAPPED", "product on no row of Products"),
    "unreadable": ("HELD", "a cell cannot be read"),
}
_PRODUCT_STATE = {
    "counted": (_CHECKED, "counted", ""),
    "zero": (_CHECKED, "counted as 0", "The source says that there are none."),
    "not received": (_CHECKED, "no count received", "Other clients of the product are counted: this one is read as having none."),
    "stale": (_NOT_CHECKED, "last counted too long ago", "Import a fresh count."),
    "other basis": (_NOT_CHECKED, "no count on the basis asked for", ""),
    "other source": (_NOT_CHECKED, "counted by another source only", "Count Source on Products names the one that decides."),
    "no source": (_NOT_CHECKED, "no source counts the product", "Connect a tool, or import its counts."),
}  # fmt: skip
_NAMED = 5

_ROWS = """
    SELECT
        CASE
            WHEN n.state = 'fresh' AND n.is_copy THEN 'copy'
            WHEN n.state = 'fresh' AND t.quantity_source = 'count' AND n.basis <> t.count_basis THEN 'other basis'
            ELSE n.state
        END AS state,
        count(*) AS rows,
        sum(n.quantity) AS quantity
    FROM count_line AS n
    LEFT JOIN terms AS t ON t.client = n.client AND t.product = n.product
    GROUP BY 1
    ORDER BY 1
"""
_PRODUCTS = """
    WITH billed AS (
        SELECT client, product, currency, sum(billed) AS billed FROM key_match GROUP BY client, product, currency
    )
    SELECT p.state, c.currency, count(*) AS keys, coalesce(sum(b.billed), 0) AS billed,
        list(p.client || ' / ' || p.product || ': asks for ' || p.count_basis || ', counted ' || p.bases ORDER BY p.client, p.product)
            FILTER (WHERE p.state = 'other basis') AS named
    FROM counted_product AS p
    INNER JOIN client AS c ON c.client = p.client
    LEFT JOIN billed AS b ON b.client = p.client AND b.product = p.product AND b.currency = c.currency
    GROUP BY p.state, c.currency
    ORDER BY p.state, c.currency
"""


def count_rows(session: Session) -> Iterator[CoverageRow]:
    """One row a state of the rows of Counts, then one a state and currency of the products billed by count."""
    for state, rows, quantity in session.rows(_ROWS):
        status, words = _ROW_STATE[state]
        units = "" if quantity is None else f"{quantity_text(quantity)} units"
        yield CoverageRow("Counts", words, status, rows, None, "", units)
    for state, currency, keys, billed, named in session.rows(_PRODUCTS):
        status, words, reason = _PRODUCT_STATE[state]
        yield CoverageRow(
            "Counted products", words, status, keys, billed, currency, _shortened(named) if named else reason
        )


def _shortened(named: list[str]) -> str:
    more = f"; and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"{'; '.join(named[:_NAMED])}{more}. No other basis is taken instead."
