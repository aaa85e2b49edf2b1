"""RECON_EXPLAIN: why a finding is there."""

from __future__ import annotations

import pytest

from functions.exceptions import EXCEPTIONS, without
from functions.formulas import column
from recon_xl.functions.grid import call


def test_by_key() -> None:
    """The sentence, in any case of the key."""
    assert "38 billed, 42 expected." == call("RECON_EXPLAIN", ["ub-1", EXCEPTIONS])
    assert "" == call("RECON_EXPLAIN", ["UB-5", EXCEPTIONS])


def test_a_column_of_keys() -> None:
    """As it stands beside a list of one's own."""
    expected = (("Not mapped.",), ("#N/A",), ("",))
    assert expected == call("RECON_EXPLAIN", [column("UC-7", "UC-8", None), EXCEPTIONS])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["UB-9", EXCEPTIONS], "#N/A"),
        (["Alder Dental", EXCEPTIONS], "#N/A"),  # a customer has many reasons
        (["UB-1", without("Why")], "#REF!"),
        (["UB-1", without("Key")], "#REF!"),
        (["UB-1", "Exceptions"], "#REF!"),
        (["UB-1"], "#REF!"),
    ],
)
def test_errors(arguments: list[object], error: str) -> None:
    """A key that is not there has no reason."""
    assert error == call("RECON_EXPLAIN", arguments)
