"""Show source rows: from a number to what it rests on, and back, without remembering anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from scenarios.harness import Books

from commands.conftest import after_run
from commands.press import place, press, walk
from recon_xl.commands.show_source_rows import COMMAND
from recon_xl.core.errors import SelectionError
from recon_xl.core.snapshot import Snapshot


def test_from_an_exception_to_both_sides_and_back(reviewed: Snapshot) -> None:
    """Contoso's two vendor lines stand apart; then what was billed; then the exception again."""
    assert [
        "Vendor Lines!A6:AY6",
        "Vendor Lines!A8:AY8",
        "Billed Lines!A6:R6",
        "Exceptions!A6:X6",
        "Vendor Lines!A6:AY6",
    ] == walk(COMMAND, reviewed, "Exceptions!D6", 5)


def test_it_says_where_in_the_walk_the_user_is(reviewed: Snapshot) -> None:
    """Which finding, which of how many rows, and what pressing again does."""
    first, last = press(COMMAND, reviewed, "Exceptions!A6"), press(COMMAND, reviewed, "Vendor Lines!A8")
    back = press(COMMAND, reviewed, "Billed Lines!A6")
    finding = "Billed too little · Contoso · Business Standard · 25.00 USD at stake (we lose)\n"
    assert f"{finding}Vendor Lines row 6: source row 1 of 3. From here it goes on to the next." == first.message
    assert f"{finding}Billed Lines row 6: source row 3 of 3. From here it goes back." == last.message
    assert f"{finding}Back from its 3 source rows." == back.message


def test_neighbours_are_selected_together(month: Books) -> None:
    """Three cycles of one subscription, one below the other, are one step."""
    month.customer("Tailspin").agreement("Tailspin", "Business Standard", "12.50")
    for seats in ("1", "2", "3"):
        month.cycle("Tailspin", seats, "10.00", f"{seats}0.00", subscription_id=f"sub-t{seats}")
    snapshot = after_run(month)
    [row] = [number for number, cells in snapshot.tables["Exceptions"].rows if cells[4] == "Tailspin"]
    reply = press(COMMAND, snapshot, f"Exceptions!A{row}")
    assert "Vendor Lines!A10:AY12" == place(reply)
    assert "Vendor Lines rows 10 to 12: source row 1 to 3 of 3" in reply.message
    assert f"Exceptions!A{row}:X{row}" == place(press(COMMAND, snapshot, "Vendor Lines!B11"))


def test_from_drafts_draft_lines_and_a_draft_tab(reviewed: Snapshot) -> None:
    """All three lead to the same row where the draft has one line."""
    starts = ("Drafts!A7", "Draft Lines!A7", "Draft Fabrikam!A15")
    assert ["Vendor Lines!A7:AY7"] * 3 == [place(press(COMMAND, reviewed, start)) for start in starts]


def test_a_draft_stands_for_all_its_lines(month: Books) -> None:
    """Its number, customer and total; the rows of every line, not those of the first one alone."""
    month.product("Backup", basis="fixed", source="count").count("Contoso", "Backup", "3")
    month.agreement("Contoso", "Backup", "4.00", start="2026-01-01")
    snapshot = after_run(month)
    [row] = [number for number, cells in snapshot.tables["Drafts"].rows if cells[2] == "Contoso"]
    reply = press(COMMAND, snapshot, f"Drafts!A{row}")
    number = next(cells[0] for _, cells in snapshot.tables["Drafts"].rows if cells[2] == "Contoso")
    head, places = reply.message.splitlines()
    assert [f"Draft {number}", "Contoso"] == head.split(" · ")[:2]
    assert places.startswith("Its 3 source rows: Vendor Lines row 6, Vendor Lines row 8, Counts row 6. The first")
    assert ("Vendor Lines!A6:AY6", number) == (place(reply), reply.data["about"])
    assert ["Vendor Lines row 6", "Vendor Lines row 8", "Counts row 6"] == sorted(
        reply.data["source_rows"], key=lambda line: (line.startswith("Counts"), line)
    )


def test_a_source_row_of_a_draft_line_alone_leads_back_to_it(month: Books) -> None:
    """Billed as agreed: no finding names the row, so the draft line does."""
    month.customer("Tailspin").agreement("Tailspin", "Business Standard", "12.50")
    month.cycle("Tailspin", "8", "10.00", "80.00", subscription_id="sub-5")
    month.bill("Tailspin", "Business Standard", "8", "12.50", "100.00")
    snapshot = after_run(month)
    assert "Draft Lines!A8:X8" == place(press(COMMAND, snapshot, "Vendor Lines!A10"))
    assert "Vendor Lines!A10:AY10" == place(press(COMMAND, snapshot, "Draft Lines!A8"))


def test_rows_of_a_draft_tab(month: Books) -> None:
    """Lines in the net from row 15 on; the totals are nobody's; held lines stand below them."""
    month.product("Backup", basis="fixed", source="count").count("Contoso", "Backup", "3")
    month.agreement("Contoso", "Backup", "4.00", start="2026-01-01")
    month.product("Fax", basis="list", source="count").count("Contoso", "Fax", "2")
    month.bill("Contoso", "Fax", "2", "5.00", "10.00")
    snapshot = after_run(month)
    lines = {cells[4]: cells[15] for _, cells in snapshot.tables["Draft Lines"].rows if cells[2] == "Contoso"}
    assert {"Backup": "Drafted", "Business Standard": "Drafted", "Fax": "Held"} == lines
    rows = {row: _product_at(snapshot, row) for row in range(14, 23)}
    assert {15: "Backup", 16: "Business Standard", 21: "Fax"} == {row: name for row, name in rows.items() if name}


def _product_at(snapshot: Snapshot, row: int) -> str:
    """The product that a row of Contoso's draft tab is about."""
    try:
        return press(COMMAND, snapshot, f"Draft Contoso!A{row}").message.split(" · ")[2]
    except SelectionError:
        return ""


def test_tables_that_were_sorted(reviewed: Snapshot) -> None:
    """Rows are found by their ids: a vendor line that was imported is found wherever it stands."""
    tables = dict(reviewed.tables)
    vendor, found = tables["Vendor Lines"], tables["Exceptions"]
    line = vendor.columns.index("Line")
    named = [(number, [*cells[:line], f"S001-{number}", *cells[line + 1 :]]) for number, cells in vendor.rows]
    turned = [(number, cells) for (number, _), (_, cells) in zip(named, named[::-1], strict=True)]
    tables["Vendor Lines"] = replace(vendor, rows=tuple(turned))
    links = [(number, [*cells[:-1], "S001-6, S001-8, Billed Lines row 6"]) for number, cells in found.rows[:1]]
    tables["Exceptions"] = replace(found, rows=tuple(links))
    assert ["Vendor Lines!A7:AY7", "Vendor Lines!A9:AY9", "Billed Lines!A6:R6", "Exceptions!A6:X6"] == walk(
        COMMAND, replace(reviewed, tables=tables), "Exceptions!A6", 4
    )


def test_source_rows_that_were_deleted(reviewed: Snapshot) -> None:
    """What is left is shown, what is gone is named; where nothing is left there is a warning and no place."""
    tables = dict(reviewed.tables)
    tables["Vendor Lines"] = replace(tables["Vendor Lines"], rows=())
    reply = press(COMMAND, replace(reviewed, tables=tables), "Exceptions!A6")
    assert "Billed Lines!A6:R6" == place(reply)
    assert "Not in the workbook any more: Vendor Lines row 6, Vendor Lines row 8." in reply.message
    tables["Billed Lines"] = replace(tables["Billed Lines"], rows=())
    none = press(COMMAND, replace(reviewed, tables=tables), "Exceptions!A6")
    assert ("None!", True) == (place(none), none.is_warning)


def test_a_row_behind_two_findings(reviewed: Snapshot) -> None:
    """The narrower one, with fewer source rows, is gone through."""
    shared = with_links(reviewed, {8: "Vendor Lines row 6"})
    reply = press(COMMAND, shared, "Vendor Lines!A6")
    assert ("Exceptions!A8:X8", "Fabrikam") == (place(reply), reply.message.split(" · ")[1])
    assert "Back from its source row." == reply.message.splitlines()[-1]


def test_a_finding_before_its_consequence(month: Books) -> None:
    """A row that both name leads back to the finding that is settled first, wherever it was sorted to."""
    month.bill("Northwind", "Business Standard", "2", "12.50", "25.00")
    snapshot = after_run(month)
    both = [number for number, cells in snapshot.tables["Exceptions"].rows if cells[4] == "Northwind"]
    shared = with_links(snapshot, dict.fromkeys(both, "Vendor Lines row 9"))
    raw = shared.tables["Exceptions"]
    turned = [(number, cells) for (number, _), (_, cells) in zip(raw.rows, raw.rows[::-1], strict=True)]
    upside_down = replace(shared, tables={**shared.tables, "Exceptions": replace(raw, rows=tuple(turned))})
    [first] = [number for number, cells in turned if cells[4] == "Northwind" and cells[1] != "Consequence"]
    assert f"Exceptions!A{first}:X{first}" == place(press(COMMAND, upside_down, "Vendor Lines!A9"))


def with_links(snapshot: Snapshot, links: Mapping[int, str]) -> Snapshot:
    """Exceptions whose rows name other source rows."""
    raw = snapshot.tables["Exceptions"]
    rows = tuple((number, [*cells[:-1], links.get(number, str(cells[-1]))]) for number, cells in raw.rows)
    return replace(snapshot, tables={**snapshot.tables, "Exceptions": replace(raw, rows=rows)})


@pytest.mark.parametrize(
    "at", ["", "Start!A1", "Exceptions!A5", "Exceptions!A40", "Draft Contoso!A3", "Vendor Lines!A99"]
)
def test_where_there_is_nothing_to_show(reviewed: Snapshot, at: str) -> None:
    """It says on which rows the button works."""
    with pytest.raises(SelectionError, match="a row of Exceptions, Draft Lines") as refused:
        press(COMMAND, reviewed, at)
    assert "--at" not in refused.value.todo  # Excel has no command line
