"""Log: to the newest run, and the last steps with what can be undone."""

from __future__ import annotations

from recon_xl.commands.model import Call, Command, Enabled, Group, Reply
from recon_xl.commands.rows import Row, require_run, rows_of
from recon_xl.commands.steps import steps_json, told
from recon_xl.core.changeset import ChangeSet
from recon_xl.journal.entries import NAME as NAME_OF_JOURNAL
from recon_xl.journal.entries import Journal

NAME = "Run Log"


def execute(call: Call) -> Reply:
    """Select the newest run, wherever the table is sorted to, and say it in a line."""
    raw = call.snapshot.tables.get(NAME_OF_JOURNAL)
    steps = Journal() if raw is None else Journal.of(raw)
    if steps.entries and not any(row.text("Run") for row in rows_of(call.snapshot, NAME)):
        return Reply(ChangeSet(), "\n".join(told(steps)), data={"runs": 0, "run": None, **steps_json(steps)})
    require_run(call.snapshot)
    runs = [row for row in rows_of(call.snapshot, NAME) if row.text("Run")]
    newest = max(runs, key=lambda row: row.text("Run"))
    message = (
        f"{len(runs)} {'run' if len(runs) == 1 else 'runs'}; the last: {newest.text('Run')} by {newest.text('User')}, "
        f"{newest.text('Period')}, {newest.text('Status')}, {_count(newest, 'Exceptions')}, {_count(newest, 'Drafts')}, "
        f"controls {newest.text('Controls')}."
    )
    data: dict[str, object] = {
        "runs": len(runs),
        "run": {
            "id": newest.text("Run"),
            "user": newest.text("User"),
            "version": newest.text("Version"),
            "period": newest.text("Period"),
            "status": newest.text("Status"),
            "controls": newest.text("Controls"),
            "inputs": newest.text("Inputs"),
        },
    }
    select = newest.span("Run", "Inputs")
    if steps.entries:
        message, data = "\n".join((message, *told(steps))), {**data, **steps_json(steps)}
    return Reply(ChangeSet(active_sheet=newest.raw.sheet, select=select), message, data=data)


def _count(row: Row, column: str) -> str:
    amount = row.amount(column) or 0
    return f"{amount} {column.casefold().removesuffix('s') if amount == 1 else column.casefold()}"


COMMAND = Command(
    id="log",
    label="Log",
    group=Group.CLOSE,
    key_tip="L",
    screentip="Every run, newest first",
    supertip="Goes to the newest row of Run Log: when the month was run, by whom, on which inputs, and what came out. "
    "Lists the last steps of the journal, and what can be undone.",
    icon="ReviewTrackChangesMenu",
    execute=execute,
    reads=("Run Log", "Journal"),
    enabled=Enabled.RESULTS,
    position=1,
)
