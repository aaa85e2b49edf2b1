"""The sample workbook: the fictional month imported and reconciled at a fixed time, so that every build is the same."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from recon_xl.cli.books import fill_with_month, new_book
from recon_xl.commands.model import Clock
from recon_xl.commands.reconcile import run
from recon_xl.hosts.file import FileHost
from recon_xl.sample import sample_month

_CLOSING_TIME = Clock(datetime(2026, 11, 9, 9, 0, tzinfo=UTC), "sample", lambda: 0.0)


def build_sample(path: Path) -> None:
    """Make the sample workbook; `path` must not exist."""
    month = sample_month()
    new_book(path, month.period)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = fill_with_month(path, month, Path(folder), _CLOSING_TIME)
    outcome = run(snapshot, _CLOSING_TIME)
    FileHost(path, is_new=True).apply(outcome.changeset, snapshot)
