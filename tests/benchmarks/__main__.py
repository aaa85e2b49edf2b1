"""`python -m tests.benchmarks [--lines 1000 10000] [--rounds 5]`: a markdown table for docs/performance.md."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from recon_xl import __version__

from .stations import COLD, IMPORT, STATIONS, WARM, WHOLE, YARDSTICK, Measured, measure


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=[1000, 10000], metavar="N", help="vendor lines a month")
    parser.add_argument("--rounds", type=int, default=5, help="the best of so many rounds counts")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        found = [measure(lines, Path(folder), options.rounds, _say) for lines in options.lines]
    sys.stdout.write("\n".join([*_about(options.rounds), "", *table(found)]) + "\n")
    return 0


def _say(text: str) -> None:
    sys.stderr.write(f"{text} ...\n")


def _about(rounds: int) -> list[str]:
    python = f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, pandas {pd.__version__}"
    return [
        f"recon-xl {__version__}, {python}, {platform.system()} {platform.machine()}.",
        f"Processor seconds, best of {rounds} rounds in one process; the run and the yardstick take turns.",
    ]


def table(found: Sequence[Measured]) -> Iterator[str]:
    """One row a station, one column a month."""
    yield "| station | " + " | ".join(f"{one.lines:,} lines" for one in found) + " |"
    yield "| --- |" + " ---: |" * len(found)
    for station in (*STATIONS, WHOLE, COLD, WARM, IMPORT, YARDSTICK):
        yield f"| {station} | " + " | ".join(f"{one.best(station):.2f} s" for one in found) + " |"
    ratios = " | ".join(f"{one.best(YARDSTICK) / one.best(WHOLE):.1f} x" for one in found)
    yield f"| yardstick / whole run | {ratios} |"
    for station in (WHOLE, YARDSTICK):
        yield f"| peak memory, {station} | " + " | ".join(_megabytes(one, station) for one in found) + " |"


def _megabytes(one: Measured, station: str) -> str:
    found = one.megabytes[station]
    return "not measured" if found is None else f"{found:,.0f} MB"


if __name__ == "__main__":
    raise SystemExit(main())
