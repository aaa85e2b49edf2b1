"""Next exception: the accountant goes from one undecided finding to the next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scenarios.harness import Books, OpenBooks, applied

from commands.conftest import after_run
from commands.press import place, press
from recon_xl.commands import mapping_gaps
from recon_xl.commands.next_exception import COMMAND
from recon_xl.contract.layout import START
from recon_xl.core.changeset import SetCells
from recon_xl.core.errors import ContractError
from recon_xl.core.snapshot import Snapshot
from recon_xl.report.start import check_text
from recon_xl.report.words import summary


def decided(snapshot: Snapshot, **dispositions: str) -> Snapshot:
    """The Disposition of exceptions by their customer."""
    raw = snapshot.tables["Exceptions"]
    customer, disposition = raw.columns.index("Customer"), raw.columns.index("Disposition")
    rows = []
    for number, cells in raw.rows:
        words = dispositions.get(str(cells[customer]), cells[disposition])
        rows.append((number, [*cells[:disposition], words, *cells[disposition + 1 :]]))
    return replace(snapshot, tables={**snapshot.tables, "Exceptions": replace(raw, rows=tuple(rows))})


def test_from_the_top_down_and_round_again(reviewed: Snapshot) -> None:
    """Without a selected row the first, then each below, and after the last the first again."""
    first = press(COMMAND, reviewed)
    assert "Exceptions!A6:X6" == place(first)
    assert ["A7:X7", "A8:X8", "A6:X6"] == [
        press(COMMAND, reviewed, f"Exceptions!C{row}").changeset.select for row in (6, 7, 8)
    ]
    assert "Exceptions!A6:X6" == place(press(COMMAND, reviewed, "Customers!A8"))
    assert (
        "1 of 3 open · 57.50 USD at stake left\n"
        "Billed too little · Contoso · Business Standard · 25.00 USD at stake (we lose)"
    ) == first.message
    assert {"open": 3, "place": 1, "key": "U-fb7a3bc6cae2", "at_stake": {"USD": "57.50"}} == first.data


def test_what_has_a_disposition_is_passed_over(reviewed: Snapshot) -> None:
    """Northwind is accepted: Contoso, then Fabrikam; a disposition that was cleared is open again."""
    snapshot = decided(reviewed, Northwind="Accepted", Contoso=" ")
    reply = press(COMMAND, snapshot, "Exceptions!A6")
    assert ("Exceptions!A8:X8", "2 of 2 open · 37.50 USD at stake left") == (
        place(reply),
        reply.message.splitlines()[0],
    )


def test_all_decided(reviewed: Snapshot) -> None:
    """A friendly word, and the tab."""
    reply = press(COMMAND, decided(reviewed, Northwind="Timing", Contoso="Fixed", Fabrikam="Accepted"), "Exceptions!A6")
    assert ("Exceptions!A6", 0) == (place(reply), reply.data["open"])
    assert "every exception has your disposition" in reply.message


def test_a_clean_month(books: OpenBooks) -> None:
    """Nothing to go to is not the same as everything decided."""
    clean = books("2026-10").customer("Contoso").product("Business Standard")
    clean.agreement("Contoso", "Business Standard", "12.50").cycle("Contoso", "8", "10.00", "80.00")
    clean.bill("Contoso", "Business Standard", "8", "12.50", "100.00")
    assert "the last run found no exceptions" in press(COMMAND, after_run(clean)).message


def test_consequences_and_resolved_rows_are_not_counted(month: Books) -> None:
    """A bill that no client fits because its vendor customer is not mapped is settled with that finding."""
    month.bill("Northwind", "Business Standard", "2", "12.50", "25.00")
    snapshot = after_run(month)
    raw = snapshot.tables["Exceptions"]
    severities = [cells[1] for _, cells in raw.rows]
    assert "Consequence" in severities
    assert severities.count("Consequence") + press(COMMAND, snapshot).data["open"] == len(severities)


def test_money_of_different_currencies_is_not_added(month: Books) -> None:
    """Two sums, each with its code."""
    month.customer("Tailspin", currency="EUR").agreement("Tailspin", "Business Standard", "10.00", currency="EUR")
    month.bill("Tailspin", "Business Standard", "3", "10.00", "30.00", currency="EUR")
    assert "30.00 EUR and 57.50 USD at stake left" in press(COMMAND, after_run(month)).message


def test_columns_that_the_user_moved(reviewed: Snapshot) -> None:
    """The row is selected from Key to Note wherever they stand, also in a table that begins further right."""
    raw = reviewed.tables["Exceptions"]
    turned = replace(
        raw,
        columns=raw.columns[::-1],
        rows=tuple((number, cells[::-1]) for number, cells in raw.rows),
        first_column=3,
    )
    reply = press(COMMAND, replace(reviewed, tables={**reviewed.tables, "Exceptions": turned}))
    assert "Exceptions!G6:AD6" == place(reply)


def test_before_the_first_run(month: Books) -> None:
    """An empty table is not a clean month."""
    with pytest.raises(ContractError, match="no run yet"):
        press(COMMAND, month.snapshot())


def test_a_month_that_was_not_reconcilable_is_not_taken_for_a_clean_one(books: OpenBooks) -> None:
    """Nothing was compared: both commands say so with the reason, exit code 1, and Start says that there is nothing to check."""
    month = books("2026-10").customer("Contoso").product("Seats").agreement("Contoso", "Seats", "12.50")
    run = month.cycle("Contoso", "6", "10.00", "60.00", total="60.00").control_total("60.00").run()
    snapshot = applied(month.snapshot(), run.changeset)
    assert "NOT RECONCILABLE" == run.result.status
    words = (
        "The last run was NOT RECONCILABLE: no billed lines for the period. Import what is missing and run again.",
        True,
    )
    for command in (COMMAND, mapping_gaps.COMMAND):
        reply = press(command, snapshot)
        assert words == (reply.message, reply.is_warning)


def test_without_any_line_there_is_nothing_to_check(books: OpenBooks) -> None:
    """The master check of a run without controls is not that of a workbook without a run."""
    run = books("2026-10").run()
    cells = next(one.cells for one in run.changeset.changes if isinstance(one, SetCells) and one.sheet == "Start")
    assert ("NOTHING TO CHECK", "none to check") == (check_text(run.result), cells[START.controls])
    assert "Tie-out: nothing to check (0 controls)" in summary(run.result, None)
