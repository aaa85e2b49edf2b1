"""SIGKILL at random moments of a loop of saves: the workbook is always one whole version, and the next start tidies up."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

from recon_xl.ooxml.leftovers import sweep

from ._books import check_tidy, first_book, number_of, save_number
from ._workers import workers

TITLE = "A process killed at any moment of saving leaves the old workbook or the new one whole"
KILLS = 2000


def soak(seed: int, scale: float) -> Mapping[str, object]:
    """2,000 kills; the figures say how often the version changed and something had to be tidied up."""
    random_moments = random.Random(seed)  # noqa: S311 - moments, not secrets
    kills = max(round(KILLS * scale), 3)
    processes = workers()
    untidy = saves = 0
    with tempfile.TemporaryDirectory() as folder:
        path = first_book(Path(folder))
        for _ in range(kills):
            before = number_of(path)
            _kill_once(processes, path, random_moments)
            untidy += any(file.name.startswith(".") for file in path.parent.iterdir())
            saves += number_of(path) - before
            assert saves >= 0
            sweep(path)
            check_tidy(path)
    return {"kills": kills, "saves": saves, "starts that had to tidy up": untidy, "corrupt": 0, "mixed": 0}


def _kill_once(processes: ForkServerContext, path: Path, random_moments: random.Random) -> None:
    here, there = processes.Pipe(duplex=False)
    worker = processes.Process(target=save_for_ever, args=(path, there))
    worker.start()
    there.close()
    assert here.poll(30), "the saving process did not start"
    started = time.monotonic()
    here.recv()
    # Within one save of the second, which begins now: no moment is likelier than another.
    time.sleep(random_moments.random() * 0.04)
    worker.kill()
    worker.join()
    here.close()
    assert time.monotonic() - started < 30


def save_for_ever(path: Path, ready: Connection) -> None:
    """Save again and again; says when the first is done."""
    sweep(path)
    number = number_of(path)
    while True:
        number += 1
        save_number(path, number)
        ready.send(number)
