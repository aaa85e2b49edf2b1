"""Steps in a LibreOffice of their own, through the Python that has its `uno` module."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_SCRIPT = Path(__file__).parent / "uno_script.py"


def run(folder: Path, *steps: tuple[object, ...], environment: Mapping[str, str] | None = None) -> list[Any]:
    """The answers to the steps of uno_script.py, in order. Skips where LibreOffice or its Python module is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [_python(), str(_SCRIPT), str(folder)],
        input=json.dumps(steps),
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env={**os.environ, **(environment or {})},
    )
    assert 0 == done.returncode, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers


@cache
def _python() -> str:
    candidates = [sys.executable, "/usr/bin/python3", shutil.which("python3") or ""]
    for candidate in candidates:
        if candidate and shutil.which("soffice") and _has_uno(candidate):
            return candidate
    pytest.skip("NOT CHECKED: LibreOffice with its Python module (Debian: python3-uno) is not installed")


def _has_uno(python: str) -> bool:
    return 0 == subprocess.run([python, "-c", "import uno"], check=False, capture_output=True).returncode
