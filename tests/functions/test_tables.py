"""Tables as arguments: their headers are the contract's, and the totals row is none of their rows."""

from __future__ import annotations

import pytest

from functions.exceptions import EXCEPTIONS
from recon_xl.contract import layout, table
from recon_xl.contract.results import CHECK_WORDS
from recon_xl.contract.shared_columns import PRICE_BASES
from recon_xl.core.cells import Value
from recon_xl.functions import coverage, sell, status, tables, tieout
from recon_xl.functions.blocks import block
from recon_xl.functions.findings import CONSEQUENCE, RESOLVED
from recon_xl.functions.grid import call
from recon_xl.functions.map import ALIASES, CODE
from recon_xl.report import exceptions
from recon_xl.tieout.coverage import CHECKED

HEADERS = {
    "Exceptions": ("Key", "Severity", "Customer", "Product", "Variance", "Currency", "Why", "Disposition"),
    "Tie-out": ("Control", "Invoice", "Currency", "Difference", "Check"),
    "Coverage": ("Area", "Status", "Rows"),
    "Client Summary": ("Customer", "Currency", "Variance"),
    "Customers": ("Customer", CODE, ALIASES),
    "Products": ("Billing Product", ALIASES),
    "Vendor Lines": (
        "Subscription Id",
        "Billable Quantity",
        "Subtotal",
        "Charge Type",
        "Charge End Date",
        "Order Date",
        "Effective Unit Price",
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_headers_are_those_of_the_workbook(name: str) -> None:
    """The functions do not load the contract, to start fast; they say the same words."""
    assert set(HEADERS[name]) <= set(table(name).column_names)


def test_words_are_those_of_the_workbook() -> None:
    """What a run writes into these columns, and what stands for a total."""
    assert layout.TOTAL_LABEL.casefold() == tables.TOTAL
    assert (CONSEQUENCE, RESOLVED) == (exceptions.CONSEQUENCE.casefold(), exceptions.RESOLVED.casefold())
    assert {tieout.HOLDS, tieout.FAILS} < set(CHECK_WORDS)
    assert coverage.CHECKED == CHECKED
    assert set(PRICE_BASES) < set(sell.BASES)
    assert {status.OPEN} < set(table("Exceptions").column("Disposition").choices)


def test_columns_are_found_wherever_they_stand() -> None:
    """Moved columns, other case and columns of the user's own do not matter; of two equal headers the first counts."""
    turned = tuple(tuple(reversed(row)) for row in EXCEPTIONS)
    assert "Accepted" == call("RECON_STATUS", ["UB-1", turned])
    shouted = (tuple(f" {str(header).upper()} " for header in EXCEPTIONS[0]), *EXCEPTIONS[1:])
    assert "Accepted" == call("RECON_STATUS", ["UB-1", shouted])
    twice = tuple((*row, "mine") for row in (("Key", "Why"), ("k", "first")))
    assert "first" == call("RECON_EXPLAIN", ["k", ((*twice[0][:2], "Why"), twice[1])])


def test_only_a_last_row_is_a_total() -> None:
    """A client may be called Total; then only the row below all others is the totals row."""
    rows: tuple[tuple[Value, ...], ...] = (("Customer", "Currency", "Variance"), ("Total", "EUR", 5), ("Total", 1, 5))
    assert 5.0 == call("RECON_VARIANCE", ["Total", rows])


def test_empty_rows_below_a_table() -> None:
    """A range that is higher than its table."""
    found = tables.Table(block((*EXCEPTIONS, *(((None,) * 8),) * 50)))
    assert len(EXCEPTIONS) - 1 == found.height
