"""`python -m tests.benchmarks [--lines 1000 10000 50000] [--rounds 5] [--write docs/performance.md]`: measured tables."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .contest import Contest, hold
from .page import commit, section, write_into
from .prepare import prepare
from .stations import measure


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print, or write into a page."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    whole = {"type": int, "nargs": "*", "metavar": "N"}
    parser.add_argument("--lines", **whole, default=[1000, 10000, 50000], help="vendor lines of each month compared")  # type: ignore[arg-type]
    parser.add_argument("--stations", **whole, default=[1000, 10000], help="months to take station by station")  # type: ignore[arg-type]
    parser.add_argument("--rounds", **whole, default=[5], help="best of so many; one figure, or one for each month")  # type: ignore[arg-type]
    parser.add_argument("--write", type=Path, metavar="PAGE", help="write the tables between the markers of this page")
    options = parser.parse_args(argv)
    at = commit()
    with tempfile.TemporaryDirectory() as folder:
        contests = compared(options.lines, options.rounds, Path(folder))
        stations = [measure(lines, Path(folder), options.rounds[0], _say) for lines in options.stations]
    show(section(contests, stations, options.rounds, at), options.write)
    return 0


def compared(months: Sequence[int], rounds: Sequence[int], folder: Path) -> list[Contest]:
    """The contest of each month; the last figure of `rounds` holds for all months that have none of their own."""
    each = [*rounds, *[rounds[-1]] * len(months)]
    return [hold(prepare(lines, folder / f"month{lines}", _say), count, _say) for lines, count in zip(months, each)]  # noqa: B905


def show(text: str, page: Path | None) -> None:
    """The section on the page, or on the screen."""
    if page:
        write_into(page, text)
    else:
        sys.stdout.write(text + "\n")


def _say(text: str) -> None:
    sys.stderr.write(f"{text} ...\n")


if __name__ == "__main__":
    raise SystemExit(main())
