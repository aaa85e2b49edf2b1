"""What the add-in asks of the workbook that is open in Excel."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from recon_xl.core.changeset import ChangeSet
from recon_xl.core.snapshot import Selection, Snapshot
from recon_xl.journal.look import Look


class LiveHost(Protocol):
    """The active workbook of one Excel window. Every method may raise ReconError."""

    def read(self, tables: Collection[str], writes: Collection[str] = ()) -> Snapshot:
        """The tables that a command reads, one block each, and what must be known of those that it writes."""

    def selection(self) -> Selection | None:
        """The cell that the user stands on."""

    def look(self) -> AbstractContextManager[Look]:
        """The workbook as the journal looks at it: cells with their formulas."""

    def apply(self, changeset: ChangeSet, snapshot: Snapshot) -> object:
        """Write all of it, or nothing."""

    def progress(self, words: str | None) -> None:
        """Words on the status bar; None gives it back to Excel."""

    def tell(self, message: str, is_warning: bool = False) -> None:
        """Show the message and wait until it is read."""

    def choose_files(self) -> tuple[Path, ...]:
        """The files that the user picks; none where the dialog was cancelled."""


HostFactory = Callable[[int | None], LiveHost]
"""Window handle of Excel (None where the system has none) -> the workbook that is active in it."""
