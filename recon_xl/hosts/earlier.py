"""Earlier versions of a workbook: how many its Settings keep, and the words that say where the last one is."""

from __future__ import annotations

from pathlib import Path

from recon_xl.contract import Settings
from recon_xl.core.errors import ReconError
from recon_xl.core.snapshot import Snapshot
from recon_xl.intake.settings import read_settings


def backups_to_keep(snapshot: Snapshot) -> int:
    """The setting Backups; its default where the Settings cannot be used, which is told elsewhere."""
    try:
        return read_settings(snapshot).backups
    except ReconError:
        return Settings.from_values({}).backups


def backup_line(backup: Path | None) -> list[str]:
    """Where the workbook is as it was before; nothing where none was kept."""
    return [] if backup is None else [f"As it was before: {backup.parent.name}/{backup.name}"]
