"""RECON_COVERAGE: how much was checked."""

from __future__ import annotations

import pytest

from functions.formulas import column
from recon_xl.core.cells import ErrorText
from recon_xl.functions.grid import call

COVERAGE = (
    ("Area", "Item", "Status", "Rows", "Amount", "Currency"),
    ("Clients x products", "compared", "CHECKED", 18.0, 900.0, "USD"),
    ("Clients x products", "no fresh count", "NOT CHECKED", 1.0, 20.0, "USD"),
    ("Clients x products", "annual", "NOT RECONCILABLE", 1.0, 240.0, "EUR"),
    ("Vendor lines", "drafted", "CHECKED", 30.0, 900.0, "USD"),
    ("Vendor lines", "duplicate", "EXCLUDED", 5.0, 50.0, "USD"),
    ("Vendor lines", "no customer", "UNMAPPED", 10.0, 100.0, "USD"),
    ("Billed lines", "for another month", "EXCLUDED", 4.0, 40.0, "USD"),
    ("Counts", "fresh", "CHECKED", ErrorText("#REF!"), None, None),
    ("Checks", "retail prices", "NOT CHECKED", 0.0, None, None),
    ("Total", 9.0, None, None, "by currency", None),
)


@pytest.mark.parametrize(
    ("area", "share"),
    [
        (None, 0.9),  # 18 of 20 pairs
        ("clients x products", 0.9),
        ("Vendor lines", 0.75),  # 30 of 40; the duplicates were left out on purpose
        ("Billed lines", "#N/A"),  # nothing was there to be checked
        ("Checks", "#N/A"),
        ("Phones", "#N/A"),
        ("Counts", "#REF!"),
    ],
)
def test_by_hand(area: str | None, share: object) -> None:
    """Rows CHECKED over rows to check; never 100 % of nothing."""
    assert share == call("RECON_COVERAGE", [COVERAGE, area])


def test_a_list_of_areas() -> None:
    """One share an area."""
    assert ((0.9,), ("",), (0.75,)) == call(
        "RECON_COVERAGE", [COVERAGE, column("Clients x products", None, "Vendor lines")]
    )


def test_a_month_without_a_run() -> None:
    """An empty table is not covered."""
    assert "#N/A" == call("RECON_COVERAGE", [COVERAGE[:1]])


@pytest.mark.parametrize("header", ["Area", "Status", "Rows"])
def test_a_missing_header(header: str) -> None:
    """Another table was given."""
    rows = tuple(tuple("other" if cell == header else cell for cell in row) for row in COVERAGE)
    assert "#REF!" == call("RECON_COVERAGE", [rows])
