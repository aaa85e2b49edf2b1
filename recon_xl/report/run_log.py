"""The Run Log: one row a run, newest first."""

from __future__ import annotations

from recon_xl.contract import table
from recon_xl.core.cells import Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.snapshot import Snapshot
from recon_xl.report.exceptions import kept
from recon_xl.report.result import Result
from recon_xl.report.values import rows_change

NAME = "Run Log"


def run_log(result: Result, snapshot: Snapshot) -> ReplaceRows:
    """This run above all earlier ones."""
    stamp = result.stamp
    hold = sum(1 for control in result.controls if control.ok)
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
        "Controls": f"{hold} of {len(result.controls)} hold",
        "Inputs": stamp.inputs[:16],
    }
    raw = snapshot.tables[NAME]
    names = set(table(NAME).column_names)
    earlier = [
        {column: kept(cell) for column, cell in zip(raw.columns, cells, strict=False) if column in names}
        for _, cells in raw.rows
    ]
    return rows_change(NAME, [record, *(row for row in earlier if row.get("Run") != stamp.run_id)], key="Run")
