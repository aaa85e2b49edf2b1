"""The Run Log: one row a run, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recon_xl.core.cells import Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.snapshot import Snapshot
from recon_xl.report.keeping import old_rows, own_record, text_of
from recon_xl.report.result import Result
from recon_xl.report.values import rows_change

NAME = "Run Log"
_MOST = 25
"""Messages that a row lists: a cell of Excel's is at most 409 points high."""


def run_log(result: Result, snapshot: Snapshot) -> ReplaceRows:
    """This run above all earlier ones."""
    stamp = result.stamp
    record: dict[str, Value] = {
        "Run": stamp.run_id,
        "Started": stamp.started.replace(tzinfo=None),
        "User": stamp.user,
        "Version": stamp.version,
        "Period": result.period,
        "Status": result.status,
        "Vendor Lines": result.rows_read["Vendor Lines"],
        "Billed Lines": result.rows_read["Billed Lines"],
        "Counts": result.rows_read["Counts"],
        "Exceptions": sum(1 for finding in result.exceptions if finding.is_primary),
        "Drafts": len(result.drafts),
        "Controls": result.controls_text,
        "Inputs": stamp.inputs[:16],
        "Messages": _messages(_said(result)) or None,
    }
    raw = snapshot.tables[NAME]
    earlier = [row for row in old_rows(raw) if text_of(row.cells.get("Run")) != stamp.run_id]
    change = rows_change(NAME, [record, *(own_record(row) for row in earlier)])
    return replace(change, kept={place: row.number for place, row in enumerate(earlier, 1)})


def _said(result: Result) -> list[str]:
    """The warnings, below the reason for which nothing could be compared."""
    reason = [] if result.reconcilable else [result.coverage_sentence.removesuffix(".")]
    return [*reason, *result.warnings]


def _messages(warnings: Sequence[str]) -> str:
    """One sentence a line."""
    more = len(warnings) - _MOST
    rest = [f"and {more:,} more, told when it ran."] if more > 0 else []
    return "\n".join([*(f"{warning}." for warning in warnings[:_MOST]), *rest])
