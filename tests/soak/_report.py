"""The page that a run of the soaks writes: when, of which commit, with which seed, on what machine, and what was seen."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parents[2]


class Outcome(Protocol):
    """What the page says of one soak."""

    name: str
    title: str
    seconds: float
    figures: Mapping[str, object]
    failure: str


def report(done: Sequence[Outcome], seed: int, scale: float, commit: str) -> str:
    """The page as Markdown; `commit` is what stood there when the run began."""
    rows = "".join(
        f"| `{one.name}` | {one.title} | {_held(one)} | {_figures(one)} | {one.seconds:,.0f} |\n" for one in done
    )
    return f"""# Soak

Trials that take longer than a test run has time for, as they were last run; the scale says how much of the whole that was.
Every test run does a small, seeded slice of each. To run them: `python -m tests.soak --write docs/soak.md`; the same seed does
the same again.

| | |
| --- | --- |
| Date | {datetime.now(UTC):%Y-%m-%d %H:%M} UTC |
| Commit | {commit} |
| Seed | {seed} |
| Scale | {scale:g} (1 = the whole) |
| Machine | {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()} |

| Soak | What must hold | | Seen | Seconds |
| --- | --- | --- | --- | ---: |
{rows}"""


def _held(one: Outcome) -> str:
    return "FAILED" if one.failure else "held"


def _figures(one: Outcome) -> str:
    told = one.failure or ", ".join(f"{_number(value)} {key}" for key, value in one.figures.items())
    return told.replace("|", "\\|").replace("\n", " ")


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def commit_now() -> str:
    """The commit that stands there, marked where files differ from it."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"
