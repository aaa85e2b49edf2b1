"""Preview: what a run would find and change, with nothing written."""

from __future__ import annotations

from dataclasses import replace

from scenarios.harness import Books

from commands.conftest import after_run
from commands.press import press
from recon_xl.commands.preview import COMMAND
from recon_xl.core.cells import NumberText
from recon_xl.core.snapshot import Snapshot


def test_before_the_first_run(month: Books) -> None:
    """All rows are new, and so are the draft tabs; the summary is the command line's."""
    reply = press(COMMAND, month.snapshot())
    lines = reply.message.splitlines()
    assert reply.changeset.is_empty
    assert reply.changeset.active_sheet is None
    assert lines[0].startswith("2026-10: FINDINGS. ")
    assert "Exceptions: 3" in lines
    after = lines[lines.index("A run would change:") + 1 :]
    assert "  Exceptions: 3 new" in after
    assert "  Draft tabs new: Draft Contoso, Draft Fabrikam" in after
    assert "Nothing was written." == after[-1]
    assert "Run Log" not in reply.message


def test_after_a_run_nothing_would_change(reviewed: Snapshot) -> None:
    """The same month again: the results are up to date."""
    snapshot = replace(reviewed, draft_tabs=("Draft Contoso", "Draft Fabrikam"))
    reply = press(COMMAND, snapshot)
    assert "A run would change nothing apart from a row on Run Log: the results are up to date." in reply.message
    assert {"tables": [], "new_tabs": [], "changed_tabs": [], "void_tabs": []} == reply.data["changes"]


def test_what_excel_computed_itself_is_no_difference(reviewed: Snapshot) -> None:
    """A variance of -25 that binary numbers make -25.0000000001 is the same; one of -24.99 is not."""
    raw = reviewed.tables["Exceptions"]
    place = raw.columns.index("Variance")

    def with_variance(text: str) -> Snapshot:
        (number, cells), *others = raw.rows
        changed = (number, [*cells[:place], NumberText(text), *cells[place + 1 :]])
        tables = {**reviewed.tables, "Exceptions": replace(raw, rows=(changed, *others))}
        return replace(reviewed, tables=tables, draft_tabs=("Draft Contoso", "Draft Fabrikam"))

    assert [] == press(COMMAND, with_variance("-25.0000000001")).data["changes"]["tables"]
    assert 1 == len(press(COMMAND, with_variance("-24.99")).data["changes"]["tables"])


def test_draft_tabs_are_known_from_the_index(reviewed: Snapshot) -> None:
    """The open workbook lists its draft tabs only before they are written: the index names them, the sheets confirm it."""
    sheets = (*reviewed.sheets, "Draft Contoso", "Draft Fabrikam")
    changes = press(COMMAND, replace(reviewed, sheets=sheets)).data["changes"]
    assert ([], [], []) == (changes["new_tabs"], changes["changed_tabs"], changes["void_tabs"])


def test_after_the_bill_was_corrected(month: Books) -> None:
    """Contoso's ten seats are billed now, Northwind is mapped, and Fabrikam's tab stays as it is."""
    before = after_run(month)
    month.tables["Billed Lines"][0] |= {"Quantity": "10", "Amount": "125.00"}
    month.customer("Northwind").agreement("Northwind", "Business Standard", "12.50")
    month.bill("Northwind", "Business Standard", "2", "12.50", "25.00")
    inputs = month.snapshot().tables
    results = {name: before.tables[name] for name in COMMAND.reads if name in {"Exceptions", *_RESULTS}}
    tabs = ("Draft Contoso", "Draft Fabrikam", "Draft Tailspin")
    reply = press(COMMAND, replace(before, tables={**inputs, **results}, draft_tabs=tabs))
    changes = reply.data["changes"]
    exceptions = next(one for one in changes["tables"] if one["table"] == "Exceptions")
    assert {"table": "Exceptions", "new": 0, "changed": 0, "gone": 2} == exceptions
    assert (["Draft Northwind"], ["Draft Tailspin"]) == (changes["new_tabs"], changes["void_tabs"])
    assert [] == changes["changed_tabs"]
    assert "  Draft tabs void: Draft Tailspin" in reply.message


def test_a_draft_that_differs(month: Books) -> None:
    """A new price changes Fabrikam's draft line, its row on Drafts, and its tab."""
    before = after_run(month)
    month.tables["Agreements"][1]["Price"] = "13.00"
    tables = {**before.tables, "Agreements": month.snapshot().tables["Agreements"]}
    reply = press(COMMAND, replace(before, tables=tables, draft_tabs=("Draft Contoso", "Draft Fabrikam")))
    assert ["Draft Fabrikam"] == reply.data["changes"]["changed_tabs"]
    assert "  Draft Lines: 1 changed" in reply.message


_RESULTS = ("Tie-out", "Coverage", "Mapping Gaps", "Client Summary", "Margin", "Run Log", "Drafts", "Draft Lines")
