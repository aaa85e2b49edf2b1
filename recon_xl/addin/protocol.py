"""What the add-in asks of the workbook that is open in Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from recon_xl.core.changeset import ChangeSet
from recon_xl.core.snapshot import Snapshot


class LiveHost(Protocol):
    """The active workbook of one Excel window. Every method may raise ReconError."""

    def read(self, tables: Sequence[str]) -> Snapshot:
        """The named contract tables, in one block each."""

    def apply(self, changeset: ChangeSet, snapshot: Snapshot) -> object:
        """Write the changes; refused where the workbook is no longer as it was read."""

    def progress(self, text: str) -> None:
        """One short text in the status bar; empty gives the bar back to Excel."""

    def tell(self, message: str, is_warning: bool = False) -> None:
        """Show the message and wait until it is read."""

    def choose_files(self) -> tuple[Path, ...]:
        """The files that the user picks; none where the dialog was cancelled."""


HostFactory = Callable[[int | None], LiveHost]
"""Window handle of Excel (None where the system has none) -> the workbook that is active in it."""
