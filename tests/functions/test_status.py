"""RECON_STATUS: where a finding stands, or a client's findings."""

from __future__ import annotations

import pytest

from functions.exceptions import EXCEPTIONS, without
from functions.formulas import column
from recon_xl.functions.grid import call


@pytest.mark.parametrize(
    ("asked", "product", "status"),
    [
        ("ub-1", None, "Accepted"),
        ("UB-5", None, "Open"),  # nobody has decided yet
        ("UB-4", None, "Resolved"),  # whatever was decided, it is gone
        ("Alder Dental", None, "Open"),  # while any of its findings is
        ("alder  dental", "mail", "Accepted"),  # the consequence does not count
        ("Birch Law", None, "Resolved"),
        ("Elm", None, "Accepted"),
        ("UB-8", None, "#REF!"),
        ("Fir", None, "#REF!"),
        ("Total", None, "#N/A"),  # the totals row is no finding
        ("Grove", None, "#N/A"),  # silence is never taken for clean
        ("Alder Dental", "Phones", "#N/A"),
    ],
)
def test_by_hand(asked: str, product: str | None, status: str) -> None:
    """By key first, then by customer and product."""
    assert status == call("RECON_STATUS", [asked, EXCEPTIONS, product])


def test_a_consequence_alone() -> None:
    """Where all that is left are consequences, they say what they say."""
    assert "Open" == call("RECON_STATUS", ["Alder Dental", (EXCEPTIONS[0], EXCEPTIONS[3])])


def test_a_list_of_clients() -> None:
    """One word a client, nothing beside an empty cell."""
    assert (("Open",), ("",), ("#N/A",)) == call("RECON_STATUS", [column("Cedar", None, "Grove"), EXCEPTIONS])


@pytest.mark.parametrize("header", ["Key", "Severity", "Customer", "Disposition"])
def test_a_missing_header(header: str) -> None:
    """Another table was given, or a column was renamed."""
    assert "#REF!" == call("RECON_STATUS", ["UB-1", without(header)])


def test_a_product_needs_its_header() -> None:
    """Only where one is asked for."""
    assert "Open" == call("RECON_STATUS", ["Cedar", without("Product")])
    assert "#REF!" == call("RECON_STATUS", ["Cedar", without("Product"), "Mail"])
