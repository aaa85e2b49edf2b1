"""Next exception: to the next finding that nobody has decided on, from the selected row down and round again."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.commands.model import Call, Command, Enabled, Group, Reply
from recon_xl.commands.rows import Row, not_reconciled, require_run, rows_of, sums_json, sums_of, sums_text, top_of
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.snapshot import Selection
from recon_xl.report.exceptions import CONSEQUENCE, NAME
from recon_xl.report.keeping import RESOLVED


def execute(call: Call) -> Reply:
    """Select the next open row of Exceptions; a consequence is settled with the finding above it."""
    require_run(call.snapshot)
    rows = list(rows_of(call.snapshot, NAME))
    open_rows = [row for row in rows if is_open(row)]
    doubt = not_reconciled(call.snapshot)
    if not open_rows:
        raw = call.snapshot.tables[NAME]
        top = ChangeSet(active_sheet=raw.sheet, select=top_of(raw))
        return Reply(top, doubt or _nothing_open(rows), bool(doubt), {"open": 0, "at_stake": {}})
    place = _next(open_rows, call.snapshot.selection)
    row, left = open_rows[place], sums_of(open_rows, "At Stake")
    left_words = f"{place + 1} of {len(open_rows)} open · {sums_text(left)} at stake left"
    message = "\n".join((left_words, headline(row), *filter(None, (doubt,))))
    data = {
        "open": len(open_rows),
        "place": place + 1,
        "key": row.text("Key"),
        "at_stake": sums_json(left),
    }
    return Reply(ChangeSet(active_sheet=row.raw.sheet, select=row.span("Key", "Note")), message, bool(doubt), data)


def _nothing_open(rows: Sequence[Row]) -> str:
    why = "every exception has your disposition" if rows else "the last run found no exceptions"
    return f"Nothing is open: {why}. Check Tie-out next."


def is_open(row: Row) -> bool:
    """True for a finding of its own, not a consequence, whose Disposition is Open or blank."""
    primary = row.text("Severity") not in {CONSEQUENCE, RESOLVED}
    return bool(row.text("Key")) and primary and row.text("Disposition").casefold() in {"", "open"}


def headline(row: Row) -> str:
    """A row of Exceptions in a line: what, who, and the money."""
    about = [row.text(column) for column in ("Title", "Customer", "Product")]
    direction = row.text("Direction")
    stake = f"{row.money('At Stake')} at stake{f' ({direction})' if direction else ''}"
    return " · ".join(part for part in (*about, stake) if part)


def _next(rows: Sequence[Row], selection: Selection | None) -> int:
    """The place of the first row below the selected one; the first of all where there is none."""
    if selection is None or selection.sheet != rows[0].raw.sheet:
        return 0
    return next((place for place, row in enumerate(rows) if row.number > selection.row), 0)


COMMAND = Command(
    id="next_exception",
    label="Next exception",
    group=Group.REVIEW,
    key_tip="N",
    screentip="Go to the next open exception",
    supertip="Goes from the selected row of Exceptions to the next finding whose Disposition is Open or blank, and round "
    "again from the top. Says how many are open and how much money is still at stake.",
    icon="ReviewNextComment",
    execute=execute,
    reads=("Exceptions", "Run Log"),
    enabled=Enabled.RESULTS,
    follows_selection=True,
    is_large=True,
    position=1,
)
