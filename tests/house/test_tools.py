"""The tools of the house, run as a contributor would run them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run_tool(tool: str, *arguments: str) -> None:
    """Run a tool of this environment in the repository; its own words are the message of a failure."""
    program = Path(sys.executable).parent / tool
    if not program.exists():
        pytest.skip(f"NOT CHECKED: {tool} is not installed; pip install -e '.[test]'")
    done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert 0 == done.returncode, f"{tool} {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"


def test_ruff_finds_nothing() -> None:
    """Lint, docstrings of modules and public functions included."""
    run_tool("ruff", "check", ".")


def test_the_code_is_formatted() -> None:
    """As ruff format leaves it."""
    run_tool("ruff", "format", "--check", ".")


def test_types_hold() -> None:
    """mypy, strict."""
    run_tool("mypy", "--strict")


def test_dependencies_point_one_way() -> None:
    """The contracts of import-linter."""
    run_tool("lint-imports")
