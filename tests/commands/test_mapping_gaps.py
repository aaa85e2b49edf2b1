"""Mapping gaps: the first row to fill, and the money behind all of them."""

from __future__ import annotations

import pytest
from scenarios.harness import Books, OpenBooks

from commands.conftest import after_run
from commands.press import place, press
from recon_xl.commands.mapping_gaps import COMMAND
from recon_xl.core.errors import ContractError
from recon_xl.core.snapshot import Snapshot


def test_a_customer_that_is_not_mapped(reviewed: Snapshot) -> None:
    """How many, how much, what it is, and which cell to fill."""
    reply = press(COMMAND, reviewed)
    assert ("Mapping Gaps!A6:I6", 1) == (place(reply), reply.data["exit_code"])
    assert [
        "1 mapping gap, 20.00 USD that cannot be compared.",
        "Vendor customer · Northwind · 20.00 USD",
        "Add the vendor customer id to the right row of Customers.",
    ] == reply.message.splitlines()
    [gap] = reply.data["gaps"]
    assert ("id of northwind", "20.00", "USD") == (gap["vendor_id"], gap["amount"], gap["currency"])


def test_gaps_in_two_currencies(month: Books) -> None:
    """Sums stay apart; where a name comes near, its row is offered."""
    month.cycle("Contosso", "9", "10.00", "90.00", currency="EUR", pricing_currency="EUR", subscription_id="sub-9")
    reply = press(COMMAND, after_run(month))
    assert "2 mapping gaps, 90.00 EUR and 20.00 USD that cannot be compared." == reply.message.splitlines()[0]
    assert {"EUR": "90.00", "USD": "20.00"} == reply.data["amounts"]
    assert [None, "Contoso"] == [gap["suggestion"] for gap in reply.data["gaps"]]


def test_everything_is_mapped(books: OpenBooks) -> None:
    """A good word, and the tab."""
    clean = books("2026-10").customer("Contoso").product("Business Standard")
    clean.agreement("Contoso", "Business Standard", "12.50").cycle("Contoso", "8", "10.00", "80.00")
    clean.bill("Contoso", "Business Standard", "8", "12.50", "100.00")
    reply = press(COMMAND, after_run(clean))
    assert ("Mapping Gaps!A6", 0) == (place(reply), reply.data["exit_code"])
    assert reply.message.startswith("No mapping gaps")


def test_before_the_first_run(month: Books) -> None:
    """Gaps are found by a run."""
    with pytest.raises(ContractError, match="no run yet"):
        press(COMMAND, month.snapshot())


def test_rows_that_clash_are_named_with_the_fix(month: Books) -> None:
    """Two rows of Customers hold one tenant id: both are named, and what to do."""
    month.customer("Contoso Twin", vendor_customer_ids="id of Contoso")
    reply = press(COMMAND, after_run(month))
    gap = next(gap for gap in reply.data["gaps"] if gap["kind"] == "Fits several rows")
    assert ("id of contoso", "Contoso") == (gap["vendor_id"], gap["name"])
    assert gap["fix"] == "Leave id of contoso on one of row 6 (Contoso) and row 8 (Contoso Twin) of Customers."
    assert gap["suggestion"] is None
