"""RECON_TIEOUT: whether the month ties out, and what is out by how much."""

from __future__ import annotations

import pytest

from functions.formulas import column
from recon_xl.core.cells import ErrorText
from recon_xl.functions.grid import call

HEADER = ("Control", "Invoice", "Currency", "Expected", "Actual", "Difference", "Check")
FAILS = ("Lines read = control total", "G1", "USD", 109.4, 100.0, -9.4, "FAIL")
FAILS_LESS = ("Lines read = lines imported", "G1", "USD", 101.0, 100.0, 1.0, "FAIL")
HOLDS = ("Lines read = disposed", "G1", "USD", 100.0, 100.0, 0.0, "OK")
UNCHECKED = ("Lines read = control total", "G2", "EUR", None, 50.0, "", "NOT CHECKED")
PROVED = ("Lines read = disposed", "G2", "EUR", 50.0, 50.0, 0.0, "OK")
DRAFTS = ("Drafts: index = draft lines", None, "GBP", 7.0, 7.0, 0.0, "OK")
TOTAL = ("Total", 6.0, None, None, None, None, None)
TIE_OUT = (HEADER, FAILS, FAILS_LESS, HOLDS, UNCHECKED, PROVED, DRAFTS, TOTAL)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (TIE_OUT, "2 FAIL, 1 NOT CHECKED"),
        ((TIE_OUT[0], *(row for row in TIE_OUT[1:] if row[-1] != "NOT CHECKED")), "2 CHECKS FAIL"),
        ((HEADER, HOLDS, DRAFTS, TOTAL), "ALL CHECKS OK"),
        ((HEADER, HOLDS, UNCHECKED), "1 NOT CHECKED"),
        ((HEADER, (*DRAFTS[:-1], "ok?")), "1 CHECK FAILS"),  # whatever is neither OK nor NOT CHECKED
        ((HEADER, (None,) * 7), "NOTHING TO CHECK"),
        ((HEADER, (*DRAFTS[:-1], ErrorText("#REF!"))), "#REF!"),
    ],
)
def test_the_master_check(rows: object, text: str) -> None:
    """The words on every tab; the totals row is no control."""
    assert text == call("RECON_TIEOUT", [rows])


def test_what_an_invoice_is_out_by() -> None:
    """The largest difference where one fails; nothing that was not checked is 0."""
    expected = ((-9.4,), ("#N/A",), ("",), ("#N/A",))
    assert expected == call("RECON_TIEOUT", [TIE_OUT, column("g1", "G2", None, "G3")])


def test_what_a_currency_is_out_by() -> None:
    """All controls in it, or those of one invoice."""
    assert [-9.4, "#N/A", 0.0] == [call("RECON_TIEOUT", [TIE_OUT, None, code]) for code in ("USD", "EUR", "GBP")]
    assert "#N/A" == call("RECON_TIEOUT", [TIE_OUT, "G1", "EUR"])


@pytest.mark.parametrize("header", ["Control", "Invoice", "Currency", "Difference", "Check"])
def test_a_missing_header(header: str) -> None:
    """Another table was given."""
    rows = tuple(tuple("other" if cell == header else cell for cell in row) for row in TIE_OUT)
    assert "#REF!" == call("RECON_TIEOUT", [rows])


def test_an_error_is_handed_on() -> None:
    """A difference that cannot be calculated."""
    damaged = (*HOLDS[:5], ErrorText("#VALUE!"), "OK")
    assert "#VALUE!" == call("RECON_TIEOUT", [(HEADER, damaged), "G1"])
