"""Explain: the reason in one message."""

from __future__ import annotations

import pytest
from scenarios.harness import Books

from commands.conftest import after_run
from commands.press import place, press
from recon_xl.commands.explain import COMMAND
from recon_xl.core.errors import SelectionError
from recon_xl.core.snapshot import Snapshot

WHY = (
    "8 billed, 10 at the vendor: 2 short; 100.00 USD billed against 125.00 USD expected. "
    "Expected: agreement A1 price 12.50."
)


def test_a_finding_in_full(reviewed: Snapshot) -> None:
    """What, what the rule finds, who, why, the money with its currency, what clears it, how sure, and from what."""
    reply = press(COMMAND, reviewed, "Exceptions!D6")
    assert [
        "Billed too little (underbilled)",
        "Billed less than expected for a client and product.",
        "Contoso · Business Standard · 2026-10",
        "",
        WHY,
        "Expected 125.00 USD, billed 100.00 USD, variance -25.00 USD, at stake 25.00 USD (we lose).",
        "To clear it: Bill Business Standard for Contoso as expected, or correct its mapping.",
        "Confidence: 100 %, calculated.",
        "Source rows: Vendor Lines rows 6, 8; Billed Lines row 6",
    ] == reply.message.splitlines()
    assert "None!" == place(reply)
    assert ("underbilled", "U-fb7a3bc6cae2") == (reply.data["rule"], reply.data["about"])


def test_a_finding_with_one_amount(reviewed: Snapshot) -> None:
    """What is not known is not shown as 0.00."""
    lines = press(COMMAND, reviewed, "Exceptions!A7").message.splitlines()
    assert "Northwind · 2026-10" in lines
    assert "At stake 20.00 USD (we lose)." in lines


def test_a_consequence(month: Books) -> None:
    """It says that there is nothing to settle."""
    month.bill("Northwind", "Business Standard", "2", "12.50", "25.00")
    snapshot = after_run(month)
    [row] = [number for number, cells in snapshot.tables["Exceptions"].rows if cells[1] == "Consequence"]
    assert "Follows from another finding" in press(COMMAND, snapshot, f"Exceptions!A{row}").message


def test_from_a_source_row(reviewed: Snapshot) -> None:
    """The finding that names the row."""
    at_source, at_finding = press(COMMAND, reviewed, "Billed Lines!C7"), press(COMMAND, reviewed, "Exceptions!A8")
    assert at_source == at_finding


def test_a_draft_line(reviewed: Snapshot) -> None:
    """How its amount came about, with tax."""
    on_lines, on_tab = press(COMMAND, reviewed, "Draft Lines!A6"), press(COMMAND, reviewed, "Draft Contoso!E15")
    assert on_lines == on_tab
    assert [
        "Draft line DR-202610-E20852E7-001 · Contoso · Business Standard · 125.00 USD",
        "",
        "Business Standard, 1 Oct 2026 to 31 Oct 2026: Agreement A1 price 12.50; 2 source lines",
        "Net 125.00 USD, tax 10.00 USD (T8).",
        "Source rows: Vendor Lines rows 6, 8",
    ] == on_lines.message.splitlines()


def test_a_held_draft_line(month: Books) -> None:
    """With the reason why it is held."""
    month.product("Fax", basis="list", source="count").count("Contoso", "Fax", "2")
    month.bill("Contoso", "Fax", "2", "5.00", "10.00")
    snapshot = after_run(month)
    [row] = [number for number, cells in snapshot.tables["Draft Lines"].rows if cells[4] == "Fax"]
    assert "Held, outside the net: " in press(COMMAND, snapshot, f"Draft Lines!A{row}").message


def test_a_draft_as_a_whole(month: Books) -> None:
    """What it is made of, what is held and why, and where the reason of one line is; never one line in its place."""
    month.product("Backup", basis="fixed", source="count").count("Contoso", "Backup", "3")
    month.agreement("Contoso", "Backup", "4.00", start="2026-01-01")
    month.product("Fax", basis="list", source="count").count("Contoso", "Fax", "2")
    month.bill("Contoso", "Fax", "2", "5.00", "10.00")
    snapshot = after_run(month)
    [(row, cells)] = [one for one in snapshot.tables["Drafts"].rows if one[1][2] == "Contoso"]
    reply = press(COMMAND, snapshot, f"Drafts!A{row}")
    lines = reply.message.splitlines()
    assert [f"Draft {cells[0]}", "Contoso"] == lines[0].split(" · ")[:2]
    assert lines[2].startswith("Net 137.00 USD, tax ")
    assert [["12.00 USD", "Backup"], ["125.00 USD", "Business Standard"]] == [
        [line[:12].strip(), line.split(" · ", 1)[1]] for line in lines[lines.index("2 lines in the net:") + 1 :][:2]
    ]
    [held] = lines[lines.index("1 line held, outside the net:") + 1 :][:1]
    assert "Fax" == held.split(" · ")[1].partition(":")[0]
    assert ": " in held
    assert "For the reason of one line, select it on Draft Lines." in lines
    assert "Source rows: Vendor Lines rows 6, 8; Counts rows 6 to 7" == lines[-1]
    assert cells[0] == reply.data["about"]


def test_no_row_to_explain(reviewed: Snapshot) -> None:
    """A row of Customers is no finding."""
    with pytest.raises(SelectionError, match="no finding and no draft line"):
        press(COMMAND, reviewed, "Customers!A6")
