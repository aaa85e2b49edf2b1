"""recon-xl, the yardstick and the floor on one month, in turn: each job in a process of its own, the best of some rounds."""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from . import floor, product, yardstick
from .stage import Stage

CONTESTANTS: tuple[ModuleType, ...] = (product, yardstick, floor)
REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Figure:
    """Processor seconds, wall seconds, and the peak of memory in MB (None where the system does not tell)."""

    processor: float
    wall: float
    megabytes: float | None


@dataclass
class Contest:
    """Every figure of a month, by contestant and station."""

    lines: int
    cells: int
    found: dict[tuple[str, str], list[Figure]] = field(default_factory=dict)

    def best(self, contestant: str, station: str) -> Figure:
        """The least of each; a station that is one of several ways has the plain one's figures among the others."""
        figures = self.found.get((contestant, station)) or self.found[contestant, station.partition(",")[0]]
        memory = [figure.megabytes for figure in figures if figure.megabytes is not None]
        processor, wall = min(one.processor for one in figures), min(one.wall for one in figures)
        return Figure(processor, wall, min(memory) if memory else None)


def hold(stage: Stage, rounds: int, say: Callable[[str], None] = lambda text: None) -> Contest:
    """So many rounds, in each of which the contestants take turns at every station."""
    contest = Contest(stage.facts["lines"], stage.facts["cells"])
    compile_all()
    for number in range(rounds):
        done: dict[tuple[str, str], Figure] = {}
        for station in product.stations():
            for contestant in CONTESTANTS:
                if station in contestant.STATIONS:
                    say(f"{contest.lines:,} lines, round {number + 1}: {contestant.NAME}, {station}")
                    jobs = [job.__name__ for job in contestant.STATIONS[station]]
                    for job in jobs:
                        if (contestant.NAME, job) not in done:
                            done[contestant.NAME, job] = perform(stage, contestant.NAME, job)
                    figure = together(done[contestant.NAME, job] for job in jobs)
                    contest.found.setdefault((contestant.NAME, station), []).append(figure)
    return contest


def compile_all() -> None:
    """Byte code lies ready, as the installation of a package leaves it: that of pandas and openpyxl does too."""
    for package in ("recon_xl", "tests/benchmarks"):
        compileall.compile_dir(REPOSITORY / package, quiet=1)


def together(figures: Iterable[Figure]) -> Figure:
    """Jobs one after the other: seconds add up, memory does not."""
    each = list(figures)
    memory = [figure.megabytes for figure in each if figure.megabytes is not None]
    return Figure(sum(one.processor for one in each), sum(one.wall for one in each), max(memory) if memory else None)


def perform(stage: Stage, contestant: str, job: str) -> Figure:
    """One job in a process of its own."""
    program = [sys.executable, "-m", "tests.benchmarks.child", contestant, job, str(stage.folder)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    began = time.perf_counter()
    end = subprocess.run(program, check=False, capture_output=True, text=True, cwd=REPOSITORY, env=environment)
    took = time.perf_counter() - began
    if end.returncode:
        raise RuntimeError(f"{contestant}, {job}: {end.stderr[-2000:]}")
    processor, wall, megabytes = json.loads((stage.folder / "figures.json").read_text(encoding="utf-8"))
    return Figure(processor, took if wall is None else wall, megabytes)
