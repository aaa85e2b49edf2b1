"""Run: the reconciliation behind the button."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from scenarios.harness import Books, OpenBooks

from commands.press import CLOCK, press
from recon_xl.commands.reconcile import run
from recon_xl.commands.run import COMMAND
from recon_xl.core.changeset import Change, ReplaceRows, SetCells
from recon_xl.core.errors import Cancelled, ContractError
from recon_xl.report.json_report import result_json


def test_a_month_with_gaps(month: Books) -> None:
    """Three lines on how the month stands, and where to go next."""
    reply = press(COMMAND, month.snapshot())
    assert [
        "2026-10: FINDINGS",
        "3 exceptions: 12.50 USD customer overcharged, 45.00 USD we lose.",
        "Tie-out: 1 not checked. Drafts:   2 in USD, 175.00 USD net.",
        "Press Next exception to go through them.",
    ] == reply.message.splitlines()
    assert (False, 1, "Start") == (reply.is_warning, reply.data["exit_code"], reply.changeset.active_sheet)


def test_a_clean_month(books: OpenBooks) -> None:
    """Nothing to warn of."""
    clean = books("2026-10").customer("Contoso").product("Business Standard")
    clean.agreement("Contoso", "Business Standard", "12.50").cycle("Contoso", "8", "10.00", "80.00")
    clean.bill("Contoso", "Business Standard", "8", "12.50", "100.00").control_total("80.00")
    reply = press(COMMAND, clean.snapshot())
    assert (False, "CLEAN") == (reply.is_warning, reply.data["status"])
    assert "No exceptions.\n" in reply.message


def test_a_month_that_does_not_tie_out(month: Books) -> None:
    """Exceptions are what a run is for; a total that differs from the vendor's, or no bill to compare with, is a warning."""
    assert press(COMMAND, month.control_total("999.00").snapshot()).is_warning
    month.tables["Billed Lines"].clear()
    reply = press(COMMAND, month.snapshot())
    assert (True, "NOT RECONCILABLE") == (reply.is_warning, reply.data["status"])
    assert "NOT RECONCILABLE" in reply.message.splitlines()[0]


def test_it_is_the_run_of_the_command_line(month: Books) -> None:
    """On the declared tables alone the same is written."""
    whole, reply = run(month.snapshot(), CLOCK), press(COMMAND, month.snapshot())
    mine, theirs = _by_place(reply.changeset.changes), _by_place(whole.changeset.changes)
    assert mine == {place: theirs[place] for place in mine}
    assert theirs.keys() == mine.keys()
    assert result_json(whole.result) == reply.data


def test_only_declared_tables_are_written(month: Books) -> None:
    """`writes` is the list, and it is exact."""
    changes = press(COMMAND, month.snapshot()).changeset.changes
    assert set(COMMAND.writes) == {change.table for change in changes if isinstance(change, ReplaceRows)}


@pytest.mark.parametrize("step", [1, 3, 5])
def test_it_can_be_cancelled_between_two_steps(month: Books, step: int) -> None:
    """Whoever shows the steps may stop there; there is no change set to write."""
    told: list[str] = []

    def cancel(words: str) -> None:
        told.append(words)
        if len(told) == step:
            raise Cancelled(words)

    with pytest.raises(Cancelled) as stopped:
        press(COMMAND, month.snapshot(), progress=cancel)
    assert (step, told[-1]) == (len(told), stopped.value.where)


def test_a_month_without_a_period(books: OpenBooks) -> None:
    """It cannot run, and says which cell to fill."""
    with pytest.raises(ContractError, match="Type the month into the Value of Period"):
        press(COMMAND, books("").snapshot())


def _by_place(changes: tuple[Change, ...]) -> Mapping[str, Change]:
    return {
        change.table if isinstance(change, ReplaceRows)
        else change.sheet if isinstance(change, SetCells)
        else getattr(change, "name", ""): change
        for change in changes
        if not isinstance(change, SetCells) or change.sheet != "Start"
    }  # fmt: skip
