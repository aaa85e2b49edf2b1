"""Verify and diff: what was altered is named, what is yours is not, and what a step changed is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from soak import tamper
from workbook.books import add_column, at, edit_part, sheet_parts, type_cells
from workbook.calls import CLEAN, COULD_NOT_RUN, FINDINGS, call, refused
from workbook.office import recalculated

from journal.whole import cells
from recon_xl.core.changeset import ChangeSet, ReplaceRows
from recon_xl.hosts.file import FileHost
from recon_xl.journal.takeback import value_of


def test_random_cells() -> None:
    """A slice of the soak."""
    assert 0 == tamper.soak(7, 0.02)["missed"]


def test_what_is_yours_is_not_reported(month: Path) -> None:
    """Notes, own columns, inputs and other tabs."""
    call("run", month)
    type_cells(month, "Exceptions", {at("Exceptions", "Note"): "mine", at("Exceptions", "Due"): 46000})
    add_column(month, "Client Summary", "Ticket", ["T-17"])
    type_cells(month, "Billed Lines", {at("Billed Lines", "Amount"): 1})
    told = call("verify", month)
    assert (CLEAN, "Intact: ") == (told.code, told.out[:8])


@pytest.mark.parametrize(
    ("tab", "cell", "kind", "named"),
    [
        ("Tie-out", at("Tie-out", "Check", 7), "cell", "Tie-out > row 7 > Check"),
        ("Draft Lines", at("Draft Lines", "Net"), "draft", "Draft Lines > row 6 > Net"),
        ("Drafts", at("Drafts", "Status"), "draft", "Drafts > row 6 > Status"),
        ("Draft Contoso", "E15", "draft", "Draft Contoso > E15"),
        ("Run Log", at("Run Log", "Inputs"), "cell", "Run Log > row 6 > Inputs"),
    ],
)
def test_an_altered_cell_is_named(month: Path, tab: str, cell: str, kind: str, named: str) -> None:
    """By tab, row and column."""
    call("run", month)
    type_cells(month, tab, {cell: "1"})
    told = call("verify", month, "--json")
    assert (FINDINGS, {"kind": kind, "place": named}) == (told.code, told.json["first"])
    assert f"  {kind}: {named}" in call("verify", month).out


def test_what_was_altered_stays_altered_when_it_is_put_back(month: Path) -> None:
    """A run writes over it; undo brings it back as it stood, and verify names it again, as often as one likes."""
    call("run", month)
    type_cells(month, "Exceptions", {at("Exceptions", "At Stake"): 1})
    type_cells(month, "Draft Contoso", {"E15": "1"})
    places = [alteration["place"] for alteration in call("verify", month, "--json").json["altered"]]
    assert ["Exceptions > row 6 > At Stake", "Draft Contoso > E15"] == places
    for word, altered in (("run", []), ("undo", places), ("redo", []), ("undo", places), ("run", [])):
        assert call(word, month).code < COULD_NOT_RUN
        assert altered == [alteration["place"] for alteration in call("verify", month, "--json").json["altered"]]


def test_one_character_breaks_the_chain(month: Path) -> None:
    """The entry is named, and the log says so too; so does an entry that was taken out."""
    call("run", month)
    edit_part(month, sheet_parts(month)["Journal"], lambda text: text.replace("1 drafts", "2 drafts"))
    told = call("verify", month, "--json")
    assert ("log entry", "J00002") == (
        told.json["first"]["kind"],
        told.json["first"]["place"].split(": ")[1].split()[0],
    )
    assert "altered at Journal > row" in call("log", month).out
    edit_part(month, sheet_parts(month)["Journal"], lambda text: text.replace(">J00001<", ">J00009<"))
    assert "J00001 is missing" in call("verify", month, "--json").json["first"]["place"]


def test_a_step_in_words(month: Path) -> None:
    """What the last step changed, and a named one."""
    call("run", month)
    type_cells(month, "Billed Lines", {at("Billed Lines", "Quantity"): 9, at("Billed Lines", "Amount"): 108})
    call("run", month)
    told = call("diff", month)
    assert "J00003 (run R" in told.out.splitlines()[0]
    assert "  Contoso · USD > Billed: 96 -> 108" in told.out.splitlines()
    first = call("diff", month, "--step", "j00001", "--json").json
    assert ("J00001", "import") == (first["step"], first["command"])
    assert {"row": "Contoso", "column": "", "before": "", "after": "new"} in first["tables"][0]["lines"]
    assert "no step J00099" == refused(month, "diff", month, "--step", "J00099").error["found"]


def test_sorting_is_no_change(month: Path) -> None:
    """Controls in another order: nothing was altered, and the run can be taken back."""
    before = cells(month)
    call("run", month)
    host = FileHost(month)
    snapshot = host.read()
    with host.look() as look:
        state = look.table("Tie-out")
    assert state is not None
    rows = [[value_of(cell) for cell in row] for _, row in reversed(state.rows)]
    host.apply(ChangeSet((ReplaceRows("Tie-out", state.columns, rows),)), snapshot)
    assert CLEAN == call("verify", month).code
    type_cells(month, "Tie-out", {at("Tie-out", "Note", 8): "changed"})
    assert "Tie-out > row 8 > Note" == call("verify", month, "--json").json["first"]["place"]
    type_cells(month, "Tie-out", {at("Tie-out", "Note", 8): rows[2][-1]})
    assert CLEAN == call("undo", month).code
    assert before == cells(month)


def test_the_log(month: Path) -> None:
    """Every step with who and when, and how far Undo and Redo reach; before the first run the imports."""
    assert "Journal: 1 step, each as it was written." == call("log", month).out.splitlines()[0]
    call("run", month)
    call("run", month)
    call("undo", month)
    told = call("log", month)
    assert "1 run; the last: R" == told.out[:18]
    reach = {step["id"]: (step["undoable"], step["redoable"]) for step in call("log", month, "--json").json["steps"]}
    assert {
        "J00001": (True, False),
        "J00002": (True, False),
        "J00003": (False, False),
        "J00004": (False, True),
    } == reach
    assert ["[can be done again]", "[can be undone]"] == re.findall(r"\[can be [a-z ]+\]", told.out)[:2]


def test_before_any_step(tmp_path: Path) -> None:
    """There is nothing to verify."""
    book = tmp_path / "new.xlsx"
    call("new", book)
    assert COULD_NOT_RUN == call("verify", book).code


@pytest.mark.office
def test_after_a_save_by_another_program(month: Path, tmp_path: Path) -> None:
    """LibreOffice opens, recalculates and saves the month: nothing counts as altered, and Undo takes the run back."""
    call("run", month)
    recalculated(month, tmp_path)
    saved = tmp_path / "out" / month.name
    assert [] == call("verify", saved, "--json").json["altered"]
    assert call("undo", saved).out.startswith("Undone: J00002 (run R")
