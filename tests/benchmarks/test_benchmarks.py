"""The benchmark runs, and its figures are those of a whole run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def test_the_benchmark_runs_on_a_small_month() -> None:
    """A month of 300 lines, one round: every station has a figure, and the table is markdown."""
    program = [sys.executable, "-m", "tests.benchmarks", "--lines", "300", "--rounds", "1"]
    run = subprocess.run(program, check=False, capture_output=True, text=True, cwd=REPOSITORY, timeout=120)
    assert 0 == run.returncode, run.stderr
    rows = [line.strip("| ").split(" | ") for line in run.stdout.splitlines() if line.startswith("|")]
    figures = {row[0]: row[1] for row in rows[2:]}
    assert 16 == len(figures)
    assert [] == [name for name, figure in figures.items() if not re.fullmatch(r"[0-9.,]+ (s|x|MB)", figure)]
    assert float(figures["whole run on a saved workbook"].split()[0]) > 0
