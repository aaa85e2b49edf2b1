"""The figures as markdown, and their place in docs/performance.md: between two markers, so that nobody types them."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd

from recon_xl import __version__

from . import floor, product, yardstick
from .contest import CONTESTANTS, REPOSITORY, Contest, Figure
from .stations import COLD, IMPORT, STATIONS, WARM, WHOLE, Measured

BEGIN, END = "<!-- benchmark: begin -->", "<!-- benchmark: end -->"


def section(contests: Sequence[Contest], measured: Sequence[Measured], rounds: Sequence[int], at: str) -> str:
    """Everything between the markers. `at`: the commit when measuring began."""
    parts = [about(rounds, at)]
    if contests:
        parts += ["### Processor time, and the ratios", *processor_table(contests)]
        parts += ["### Wall time and peak memory", *memory_table(contests)]
    if measured:
        parts += ["### Station by station", *station_table(measured)]
    return "\n\n".join(parts).replace("|\n\n|", "|\n|")


def about(rounds: Sequence[int], at: str) -> str:
    """When, with what, and how often."""
    versions = f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, pandas {pd.__version__}"
    system = f"openpyxl {openpyxl.__version__}, {platform.system()} {platform.machine()}"
    each = ", ".join(map(str, rounds)) + (" round" if list(rounds) == [1] else " rounds")
    return (
        f"Measured on {datetime.now(UTC):%d %B %Y} at commit {at}, recon-xl {__version__}, {versions}, {system}. "
        f"The best of {each} for the months from left to right or top to bottom."
    )


def commit() -> str:
    """Short hash of what was measured; says so where the product has changes that are not in it."""
    git = shutil.which("git")
    if git is None:
        return "unknown"

    def ask(*words: str) -> str:
        return subprocess.run([git, *words], check=False, capture_output=True, text=True, cwd=REPOSITORY).stdout.strip()

    changed = ask("status", "--porcelain", "--", "recon_xl", "workbook_templates", ":!recon_xl/sample")
    return (ask("rev-parse", "--short", "HEAD") or "unknown") + (" with changes" if changed else "")


def processor_table(contests: Sequence[Contest]) -> Iterator[str]:
    """One row a month and station: seconds of each contestant, and two ratios."""
    yield "| vendor lines | station | recon-xl | yardstick | floor | yardstick / recon-xl | recon-xl / floor |"
    yield "| ---: | --- |" + " ---: |" * 5
    for contest, station, (ours, plain, least) in _rows(contests):
        cells = [f"{one.processor:.2f} s" for one in (ours, plain, least)]
        cells += [f"{_ratio(plain.processor, ours.processor)} x", f"{_ratio(ours.processor, least.processor)} x"]
        yield f"| {contest.lines:,} | {station} | " + " | ".join(cells) + " |"


def memory_table(contests: Sequence[Contest]) -> Iterator[str]:
    """One row a month and station: wall seconds and megabytes of each contestant."""
    names = ("recon-xl", "yardstick", "floor")
    heads = [f"{what}, {name}" for what in ("wall", "memory") for name in names]
    yield "| vendor lines | station | " + " | ".join(heads) + " |"
    yield "| ---: | --- |" + " ---: |" * 6
    for contest, station, figures in _rows(contests):
        cells = [f"{one.wall:.2f} s" for one in figures] + [_megabytes(one.megabytes) for one in figures]
        yield f"| {contest.lines:,} | {station} | " + " | ".join(cells) + " |"


def station_table(measured: Sequence[Measured]) -> Iterator[str]:
    """One row a station of the line, one column a month: processor seconds."""
    yield "| station | " + " | ".join(f"{one.lines:,} lines" for one in measured) + " |"
    yield "| --- |" + " ---: |" * len(measured)
    for station in (*STATIONS, WHOLE, COLD, WARM, IMPORT):
        yield f"| {station} | " + " | ".join(f"{one.best(station):.2f} s" for one in measured) + " |"


def write_into(page: Path, text: str) -> None:
    """Replace what stands between the markers of a page; ValueError where it does not have each of them once."""
    before = page.read_text(encoding="utf-8")
    if (before.count(BEGIN), before.count(END)) != (1, 1):
        raise ValueError(f"{page}: expected one line {BEGIN} and one line {END} after it")
    head, rest = before.split(BEGIN)
    tail = rest.split(END)[1]
    page.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}", encoding="utf-8")


def _rows(contests: Sequence[Contest]) -> Iterator[tuple[Contest, str, list[Figure]]]:
    assert CONTESTANTS == (product, yardstick, floor)
    for contest in contests:
        for station in product.stations():
            yield contest, station, [contest.best(one.NAME, station) for one in CONTESTANTS]


def _ratio(above: float, below: float) -> str:
    ratio = above / below if below else 0.0
    return f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}"


def _megabytes(figure: float | None) -> str:
    return "not told" if figure is None else f"{figure:,.0f} MB"
