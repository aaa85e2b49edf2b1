"""Sources: which files are in the workbook, how each one stands, and what a run would miss."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.commands.model import Call, Command, Group, Reply
from recon_xl.commands.reading import require_tables
from recon_xl.commands.rows import Row, rows_of, top_of
from recon_xl.contract import Group as Tabs
from recon_xl.contract import tables_of
from recon_xl.core.changeset import ChangeSet
from recon_xl.intake.settings import read_settings

READS = ("Settings", "Sources")
SYNCED = "Synced"
_LINES = ("Vendor Lines", "Billed Lines", "Counts")
_MOST = 15


def execute(call: Call) -> Reply:
    """Show the tab, and say it in a message; a warning where a run could not compare or a file has failed."""
    require_tables(call.snapshot, READS)
    period = read_settings(call.snapshot).period
    rows = [row for row in rows_of(call.snapshot, "Sources") if row.text("File")]
    mapping = {table.name for table in tables_of(Tabs.MAPPING)}
    listed = [row for row in rows if row.text("Table") not in mapping]
    missing = _missing(listed, period)
    failed = [row for row in rows if row.text("Status") != SYNCED]
    lines = [f"{len(rows)} {'file' if len(rows) == 1 else 'files'}" + (f", closing {period}." if period else ".")]
    lines += [f"  {_line(row)}" for row in listed[:_MOST]]
    if len(listed) > _MOST:
        lines.append(f"  and {len(listed) - _MOST} more, on the tab")
    if len(rows) > len(listed):
        others = len(rows) - len(listed)
        lines.append(f"  and {others} {'file' if others == 1 else 'files'} of mapping tabs")
    lines += [f"Missing: {words}." for words in missing]
    unproved = [row for row in listed if row.text("Invoice") and row.amount("Control Total") is None]
    if unproved:
        lines.append(f"Type the vendor's total into Control Total for {_names(unproved, 'Invoice')}.")
    if not period:
        lines.append("Type the month into Period on Settings.")
    is_short = bool(missing or failed or not period)
    found = {"period": period or None, "sources": [_source(row) for row in rows], "missing": missing}
    raw = call.snapshot.tables["Sources"]
    changes = ChangeSet(active_sheet=raw.sheet, select=top_of(raw))
    return Reply(changes, "\n".join(lines), is_short, {"exit_code": int(is_short), **found})


def _missing(rows: Sequence[Row], period: str) -> list[str]:
    """What a run would have nothing of, in words. A file without a month may belong to any."""
    there = {row.text("Table") for row in rows if row.text("Period") in ("", period) or not period}
    words = []
    if "Vendor Lines" not in there:
        words.append("a vendor invoice of the month")
    if "Billed Lines" not in there:
        words.append("the bill that your PSA plans for the month")
    if "Counts" not in there:
        words.append("counts (needed for products whose Quantity Source is count)")
    return words


def _line(row: Row) -> str:
    rows = row.amount("Rows")
    about = [
        row.text("Status") or "no status",
        "1 row" if rows == 1 else f"{rows} rows" if rows is not None else "",
        row.text("Invoice") and f"invoice {row.text('Invoice')}",
        row.text("Period"),
    ]
    return f"{row.text('File')} -> {row.text('Table')}: {', '.join(part for part in about if part)}"


def _names(rows: Sequence[Row], column: str) -> str:
    names = list(dict.fromkeys(row.text(column) for row in rows))
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _source(row: Row) -> dict[str, object]:
    rows = row.amount("Rows")
    return {
        "id": row.text("Source") or None,
        "file": row.text("File"),
        "table": row.text("Table") or None,
        "status": row.text("Status") or None,
        "invoice": row.text("Invoice") or None,
        "period": row.text("Period") or None,
        "rows": None if rows is None else int(rows),
    }


COMMAND = Command(
    id="sources",
    label="Sources",
    group=Group.IMPORT,
    key_tip="SO",
    screentip="Which files are in, and what is missing",
    supertip="Shows the Sources tab and says which vendor invoices, planned bills and counts are there, how many rows each "
    "has, and what the month still lacks.",
    icon="Connections",
    execute=execute,
    reads=READS,
    position=2,
)
