"""RECON_VARIANCE: billed - expected of a finding or a client."""

from __future__ import annotations

import pytest

from functions.exceptions import EXCEPTIONS, without
from functions.formulas import column
from recon_xl.functions.grid import call

SUMMARY = (("Customer", "Currency", "Variance"), ("Alder Dental", "USD", -33.13), ("Total", 1.0, -33.13))


@pytest.mark.parametrize(
    ("arguments", "variance"),
    [
        (["UB-1", EXCEPTIONS], -45.12),
        (["NS-3", EXCEPTIONS], -9.0),  # a consequence has a variance of its own
        (["Alder Dental", EXCEPTIONS], -33.12),  # which is not counted again: -45.12 + 12.00
        (["Alder Dental", EXCEPTIONS, "Backup"], 12.0),
        (["Cedar", EXCEPTIONS, None, "usd"], -1.0),
        (["Cedar", EXCEPTIONS, "Mail", "EUR"], -2.0),
        (["Alder Dental", SUMMARY], -33.13),  # the whole bill, a cent of rounding included
    ],
)
def test_by_hand(arguments: list[object], variance: float) -> None:
    """Negative means billed too little."""
    assert variance == call("RECON_VARIANCE", arguments)


def test_a_list_of_products() -> None:
    """One client, a column of products."""
    products = column("Mail", "Backup", "Phones")
    assert ((-45.12,), (12.0,), ("#N/A",)) == call("RECON_VARIANCE", ["Alder Dental", EXCEPTIONS, products])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["Cedar", EXCEPTIONS], "#NUM!"),  # dollars and euros are never added
        (["Birch Law", EXCEPTIONS], "#N/A"),  # resolved: no figure, and not 0
        (["Elm", EXCEPTIONS], "#N/A"),  # not mapped: nothing to compare with
        (["Alder Dental", EXCEPTIONS, None, "GBP"], "#N/A"),
        (["Total", SUMMARY], "#N/A"),
        (["Grove", EXCEPTIONS], "#N/A"),
        (["Fir", EXCEPTIONS], "#REF!"),
        (["UB-1", without("Variance")], "#REF!"),
        (["UB-1", without("Currency")], "#REF!"),
        (["Alder Dental", SUMMARY, "Mail"], "#REF!"),
    ],
)
def test_errors(arguments: list[object], error: str) -> None:
    """What has no variance is not 0."""
    assert error == call("RECON_VARIANCE", arguments)
