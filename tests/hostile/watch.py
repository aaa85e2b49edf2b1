"""Reads one file in a process of its own, as import and as the month's workbook, and says what came of it, how long and how large."""

from __future__ import annotations

import hashlib
import os
import resource
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

from recon_xl.core.collector import without_collector
from recon_xl.core.errors import ReconError
from recon_xl.hosts.file import FileHost
from recon_xl.intake.files import read_file

HANGS = 30.0
_SLOW = 1.0
"""What takes longer is not read a second time, as the month's workbook: that is the same reader."""


@dataclass(frozen=True, slots=True)
class Seen:
    """`said`: the refusal, or nothing; `rows`: the cells below the header; `fault`: any error but a refusal."""

    said: str
    rows: list[list[str]]
    fault: str
    seconds: float
    mib: float
    is_unchanged: bool


def watched(processes: ForkServerContext, path: Path) -> Seen:
    """What a process sees in a file; a hang is a fault."""
    here, there = processes.Pipe(duplex=False)
    worker = processes.Process(target=look, args=(path, there))
    worker.start()
    there.close()
    try:
        if here.poll(HANGS):
            seen = here.recv()
            assert isinstance(seen, Seen)
            return seen
        return Seen("", [], "it hangs", HANGS, 0, is_unchanged=True)
    except EOFError:
        return Seen("", [], "the process ended", 0, 0, is_unchanged=True)
    finally:
        worker.kill()
        worker.join()
        here.close()


def look(path: Path, told: Connection) -> None:
    """In the process: read the file in both ways."""
    with without_collector():  # as the command line does
        told.send(_seen(path))


def _seen(path: Path) -> Seen:
    before, started = hashlib.sha256(path.read_bytes()).digest(), _worked()
    said, fault = "", ""
    rows: list[list[str]] = []
    try:
        rows = [[str(cell) for cell in cells] for sheet in read_file(path) for _number, cells in sheet.rows]
    except ReconError as error:
        said = str(error)
    except Exception as error:  # noqa: BLE001,RUF100 - whatever comes is what the test is about
        fault = f"import: {type(error).__name__}: {error}"
    seconds = _worked() - started
    try:
        if seconds < _SLOW:
            FileHost(path).read()
    except ReconError:
        pass
    except Exception as error:  # noqa: BLE001,RUF100 - likewise
        fault = f"workbook: {type(error).__name__}: {error}"
    seconds = max(seconds, _worked() - started - seconds)
    kib = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unchanged = hashlib.sha256(path.read_bytes()).digest() == before
    return Seen(said, [row[:4] for row in rows[:3]], fault[:500], seconds, kib / 1024, unchanged)


def _worked() -> float:
    """Processor seconds of the process and those that it started: how busy the machine is does not count. HANGS is by the clock."""
    return sum(os.times()[:4])
