"""What a command hands back, and how progress is shown."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from recon_xl.commands.journaling import journal_json
from recon_xl.hosts.clock import clock
from recon_xl.hosts.earlier import backup_line
from recon_xl.journal.record import Journaled

__all__ = ["Outcome", "Progress", "clock", "with_backup", "with_journal"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Exit code (0 clean, 1 findings or problems), the JSON object, and the lines for a reader."""

    exit_code: int
    data: dict[str, Any]
    lines: list[str] = field(default_factory=list)


def with_backup(told: Outcome, backup: Path | None) -> Outcome:
    """The same outcome, saying also where the workbook is as it was before; None = nothing was replaced."""
    if backup is None:
        return told
    return replace(told, data={**told.data, "backup": str(backup)}, lines=[*told.lines, *backup_line(backup)])


def with_journal(told: Outcome, done: Journaled) -> Outcome:
    """What a step has to say, and how it stands in the journal."""
    lines = [*told.lines, done.note] if done.note else told.lines
    return Outcome(told.exit_code, {**told.data, "journal": journal_json(done)}, lines)


class Progress:
    """Steps on stderr, once a command has taken longer than a second."""

    def __init__(self, patience: float = 1.0) -> None:
        self._started = time.monotonic()
        self._patience = patience

    def __call__(self, step: str) -> None:
        """Say which step begins."""
        elapsed = time.monotonic() - self._started
        if elapsed > self._patience:
            sys.stderr.write(f"[{elapsed:4.1f} s] {step} ...\n")
            sys.stderr.flush()
