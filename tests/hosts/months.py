"""A month in a workbook, run through the file and by the button."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from hosts.worlds import LIVE, LiveWorld
from recon_xl.cli.books import fill_with_month, new_book
from recon_xl.commands.model import Clock
from recon_xl.commands.reading import RUN_READS, WRITES
from recon_xl.commands.reconcile import RunOutcome, run
from recon_xl.hosts.file import FileHost
from recon_xl.sample import generate_month

CLOCK = Clock(datetime(2026, 11, 3, 9, 1), "tester", lambda: 0.0)  # noqa: DTZ001 - UTC without saying so
EACH_WAY = pytest.mark.parametrize("way", LIVE)


@cache
def generated(lines: int, *faults: str) -> Path:
    """A workbook with a generated month imported; made once."""
    folder = Path(tempfile.mkdtemp(prefix="recon-xl-live-"))
    month = generate_month(7, lines, faults=faults)
    new_book(folder / "month.xlsx", month.period)
    fill_with_month(folder / "month.xlsx", month, folder / "files", CLOCK)
    return folder / "month.xlsx"


def through_the_file(book: Path, target: Path) -> Path:
    """The run by the command line's host."""
    host = FileHost(Path(shutil.copyfile(book, target)))
    snapshot = host.read()
    host.apply(run(snapshot, CLOCK).changeset, snapshot)
    return target


def pressed(world: LiveWorld) -> RunOutcome:
    """The run by the button."""
    host = world.host()
    snapshot = host.read(RUN_READS, WRITES)
    outcome = run(snapshot, CLOCK)
    host.apply(outcome.changeset, snapshot)
    return outcome
