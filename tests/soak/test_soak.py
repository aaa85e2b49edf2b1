"""A small, seeded slice of each soak in every test run; the whole is `python -m tests.soak`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from soak import faults, kills, mutations, powerloss, writers
from soak.__main__ import names

ROOT = Path(__file__).parents[2]
SEED = 20261122


@pytest.mark.parametrize(
    ("soak", "scale"),
    [(kills.soak, 0.006), (faults.soak, 0.005), (writers.soak, 0.03), (powerloss.soak, 0.05), (mutations.soak, 0.01)],
)
def test_a_slice_of_it_holds(soak: Callable[[int, float], Mapping[str, object]], scale: float) -> None:
    """What holds is asserted inside; the figures show that something was done."""
    assert any(isinstance(figure, int) and figure > 0 for figure in soak(SEED, scale).values())


@pytest.mark.parametrize("name", names())
def test_every_soak_has_the_one_shape(name: str) -> None:
    """So that it is found, run and reported."""
    module = import_module(f"soak.{name}")
    assert module.TITLE
    assert callable(module.soak)


def test_the_report(tmp_path: Path) -> None:
    """`--write` makes a page with date, commit, seed and figures; the same seed gives the same figures."""
    pages = [tmp_path / "one.md", tmp_path / "two.md"]
    for page in pages:
        done = subprocess.run(
            [sys.executable, "-m", "tests.soak", "--seed", "7", "--scale", "0.03", "--only", "powerloss", "--write", str(page)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert 0 == done.returncode, done.stderr
        assert "seed 7, scale 0.03\nheld   powerloss" in done.stdout
    one, two = ([line for line in page.read_text().splitlines() if "powerloss" in line] for page in pages)
    assert one[0].rpartition("|")[0].rpartition("|")[0] == two[0].rpartition("|")[0].rpartition("|")[0]
    text = pages[0].read_text()
    assert all(word in text for word in ("| Seed | 7 |", "| Commit | ", "| Date | 20", "| Machine | ", "held"))
