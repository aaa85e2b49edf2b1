"""Preview: what a run would find and change; writes nothing."""

from __future__ import annotations

from dataclasses import asdict, replace

from recon_xl.commands.differences import differences
from recon_xl.commands.model import Call, Command, Group, Reply
from recon_xl.commands.reading import READS, WRITES
from recon_xl.commands.reconcile import run
from recon_xl.commands.rows import rows_of
from recon_xl.core.snapshot import Snapshot
from recon_xl.report.json_report import result_json
from recon_xl.report.words import is_doubtful, summary


def execute(call: Call) -> Reply:
    """The run without its change set; a warning where the month does not tie out. ReconError where it cannot run."""
    snapshot = replace(call.snapshot, draft_tabs=call.snapshot.draft_tabs or _draft_tabs(call.snapshot))
    outcome = run(snapshot, call.clock, call.progress)
    call.progress("Comparing with the workbook")
    changes = differences(snapshot, outcome.changeset)
    lines = [*summary(outcome.result, None), "", *changes.lines(), "Nothing was written."]
    data = {**result_json(outcome.result), "changes": asdict(changes)}
    return Reply(message="\n".join(lines), is_warning=is_doubtful(outcome.result), data=data)


def _draft_tabs(snapshot: Snapshot) -> tuple[str, ...]:
    """The tabs that Drafts lists, where a host looks for them only before they are written."""
    there = set(snapshot.sheets)
    listed = (row.text("Tab") for row in rows_of(snapshot, "Drafts"))
    return tuple(tab for tab in listed if tab in there)


COMMAND = Command(
    id="preview",
    label="Preview",
    group=Group.RECONCILE,
    key_tip="P",
    screentip="See what a run would find, without writing",
    supertip="Reconciles the month and says what it would find and which tabs would change. Nothing is written.",
    icon="FilePrintPreview",
    execute=execute,
    reads=(*READS, *WRITES),
    position=1,
)
