"""New: a blank workbook for a month."""

from __future__ import annotations

from recon_xl.contract import Settings
from recon_xl.core.changeset import ChangeSet, EditRows
from recon_xl.core.snapshot import Snapshot


def set_period(snapshot: Snapshot, period: str) -> ChangeSet:
    """Put the month into the Settings tab. ContractError where it is no month."""
    Settings.from_values({"Period": period})
    raw = snapshot.tables["Settings"]
    place = raw.columns.index("Setting")
    rows = [row for row, cells in raw.rows if cells[place] == "Period"]
    return ChangeSet((EditRows("Settings", update={row: {"Value": period} for row in rows}),), "Start")
