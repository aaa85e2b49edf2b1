"""Mapping gaps: to the first customer or product that no mapping row covers."""

from __future__ import annotations

from recon_xl.commands.model import Call, Command, Enabled, Group, Reply
from recon_xl.commands.rows import Row, not_reconciled, require_run, rows_of, sums_json, sums_of, sums_text, top_of
from recon_xl.core.changeset import ChangeSet
from recon_xl.report.json_report import amount_text
from recon_xl.report.keeping import KEPT

NAME = "Mapping Gaps"


def execute(call: Call) -> Reply:
    """Select the first gap, and say how many there are and what money they keep from being compared."""
    require_run(call.snapshot)
    gaps = [row for row in rows_of(call.snapshot, NAME) if row.text("Kind") and row.text("Fix") != KEPT]
    raw, doubt = call.snapshot.tables[NAME], not_reconciled(call.snapshot)
    if not gaps:
        message = doubt or "No mapping gaps: every customer and product of the last run has its mapping row."
        top = ChangeSet(active_sheet=raw.sheet, select=top_of(raw))
        return Reply(top, message, bool(doubt), {"exit_code": int(bool(doubt)), "gaps": [], "amounts": {}})
    first, sums = gaps[0], sums_of(gaps, "Amount")
    count = "1 mapping gap" if len(gaps) == 1 else f"{len(gaps)} mapping gaps"
    about = " · ".join(part for part in (first.text("Kind"), first.text("Name"), first.money("Amount")) if part)
    nearest = f" Nearest existing row: {first.text('Suggestion')}." if first.text("Suggestion") else ""
    fix = f"{first.text('Fix')}{nearest}"
    lines = (f"{count}, {sums_text(sums)} that cannot be compared.", about, fix, *filter(None, (doubt,)))
    data = {
        "exit_code": 1,
        "gaps": [_gap(row) for row in gaps],
        "amounts": sums_json(sums),
    }
    return Reply(
        ChangeSet(active_sheet=raw.sheet, select=first.span("Kind", "Fix")), "\n".join(lines), bool(doubt), data
    )


def _gap(row: Row) -> dict[str, object]:
    return {
        "kind": row.text("Kind"),
        "vendor_id": row.text("Vendor Id") or None,
        "name": row.text("Name") or None,
        "customer": row.text("Customer") or None,
        "amount": amount_text(row.amount("Amount"), row.text("Currency")),
        "currency": row.text("Currency") or None,
        "suggestion": row.text("Suggestion") or None,
        "fix": row.text("Fix"),
    }


COMMAND = Command(
    id="mapping_gaps",
    label="Mapping gaps",
    group=Group.MAP,
    key_tip="M",
    screentip="Customers and products without a mapping row",
    supertip="Goes to the first row of Mapping Gaps and says how many there are, how much money they keep from being "
    "compared, and which cell to fill.",
    icon="DataValidationCircleInvalid",
    execute=execute,
    reads=("Mapping Gaps", "Run Log"),
    enabled=Enabled.RESULTS,
    position=2,
)
