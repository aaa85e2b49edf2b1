"""The house rules hold: lint, format, types, and who may import whom."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs.pages import PAGES, ROOT, name

TOOLS = {
    "lint": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-logo"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_finds_nothing(tool: str) -> None:
    """`ruff check`, `ruff format --check`, `mypy` and `lint-imports` pass, as pyproject.toml sets them up."""
    run = subprocess.run(
        [sys.executable, *TOOLS[tool]], cwd=ROOT, check=False, capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_nothing_needs_a_licence_of_xlwings() -> None:
    """Only the BSD part of xlwings is used: its `pro` and `server` packages are never imported."""
    asks = re.compile(r"^\s*(?:from|import)\s+xlwings\.(?:pro|server|reports|reader)\b", re.MULTILINE)
    asking = [path for path in (ROOT / "recon_xl").rglob("*.py") if asks.search(path.read_text(encoding="utf-8"))]
    assert asking == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_pages_hold_no_private_paths_and_no_tabs(page: Path) -> None:
    """A page names no folder of the machine it was written on."""
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"/(?:tmp|root|home|work)/|[A-Z]:\\\\|\t", text)
