"""A disk that fails at the n-th call of a save, for every n: full, broken, refusing, or with the process at its end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.leftovers import sweep

from ._books import check_tidy, first_book, number_of, save_number
from ._disks import FAULTS, KILL, Failing
from ._workers import told, workers

TITLE = "A disk that fails at any call of a save leaves the old workbook or the new one whole, and says what is wrong"
EARLIER = 4
"""Saves before the one that fails, so that backups are pruned too."""


def soak(_seed: int, scale: float) -> Mapping[str, object]:
    """Every call, each fault, with and without second names on the disk; with a small scale only every so many-th call."""
    step = max(1, round(0.2 / scale)) if scale < 1 else 1
    figures = {"points": 0, "errors named": 0, "old whole": 0, "new whole": 0, "corrupt": 0}
    processes = workers()
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder, "start")
        start.mkdir()
        book = first_book(start)
        for number in range(1, EARLIER + 1):
            save_number(book, number)
        for fault, links, stays in _ways():
            for at in count(1, step):
                place = Path(folder, "trial")
                shutil.rmtree(place, ignore_errors=True)
                shutil.copytree(book.parent, place)
                if not _point(processes, place / book.name, at, fault, links, stays, figures):
                    break
    return figures


def _ways() -> Iterator[tuple[str, bool, bool]]:
    for links in (True, False):
        yield from ((fault, links, stays) for fault in FAULTS for stays in (False, True))
        yield KILL, links, False


def _point(
    processes: ForkServerContext, path: Path, at: int, fault: str, links: bool, stays: bool, figures: dict[str, int]
) -> bool:
    """One save with one fault; False where the save has fewer calls than that."""
    here, there = processes.Pipe(duplex=False)
    worker = processes.Process(target=fail_once, args=(path, at, fault, links, stays, there))
    worker.start()
    there.close()
    worker.join()
    said = told(here)
    if said == "not reached":
        return False
    place = f"call {at}, {fault}{'' if links else ', no links'}{', from then on' if stays else ''}"
    assert (worker.exitcode == -9) == (fault == KILL), f"{place}: exit code {worker.exitcode}"
    assert said in {"", "saved"} or str(FAULTS[fault].strerror) in said, f"{place}: {said}"
    sweep(path)
    number = number_of(path)
    assert number in {EARLIER, EARLIER + 1}, place
    assert said != "saved" or number == EARLIER + 1, place
    check_tidy(path)
    figures["points"] += 1
    figures["errors named"] += said not in {"", "saved"}
    figures["old whole" if number == EARLIER else "new whole"] += 1
    return True


def fail_once(path: Path, at: int, fault: str, links: bool, stays: bool, answer: Connection) -> None:
    """Save with a failing disk and say what came of it."""
    disk = Failing(at, fault, links=links, stays=stays)
    try:
        save_number(path, EARLIER + 1, disk)
        answer.send("saved" if disk.is_reached else "not reached")
    except WorkbookError as error:
        answer.send(str(error))
