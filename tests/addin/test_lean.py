"""A click loads what it needs: no frames library, no paid part of xlwings, no database before a command wants it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = {"pandas", "numpy", "polars", "matplotlib", "PIL", "duckdb", "openpyxl", "xlwings", "xlwings.pro"}
_LOADED = "print(json.dumps(sorted(name for name, found in sys.modules.items() if found is not None)))"
_RUN = """
from pathlib import Path
from recon_xl.addin.lean import keep_lean
keep_lean()
import xlwings
from recon_xl.commands.reconcile import run
from recon_xl.hosts.clock import clock
from recon_xl.hosts.file import FileHost
outcome = run(FileHost(Path({book!r})).read(), clock())
assert outcome.result.findings
"""


def loaded(code: str) -> set[str]:
    """What an isolated Python has loaded after some code."""
    script = f"import json, sys\n{code}\n{_LOADED}"
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", script], check=True, capture_output=True, text=True, timeout=120
    )
    return set(json.loads(done.stdout))


def test_the_shim_loads_none_of_the_heavy_libraries() -> None:
    """Nor does the resident program before it serves."""
    assert set() == HEAVY & loaded("import recon_xl.addin.click, recon_xl.addin.server")


def test_xlwings_comes_without_its_heavy_friends() -> None:
    """It takes them for not installed."""
    found = loaded("from recon_xl.addin.lean import keep_lean\nkeep_lean()\nimport xlwings")
    assert {"xlwings"} == HEAVY & found
    assert not [name for name in found if name.startswith("xlwings.pro")]


def test_a_month_runs_without_them() -> None:
    """The whole line from workbook to findings; openpyxl is the file host's, not the click's."""
    book = ROOT / "workbook_templates" / "month_end_sample.xlsx"
    found = loaded(_RUN.format(book=str(book)))
    assert {"xlwings", "duckdb"} <= HEAVY & found
    assert set() == found & {"pandas", "numpy", "polars", "matplotlib", "PIL"}


def test_without_it_they_are_loaded() -> None:
    """So the measure is needed; where xlwings stops doing so, it can go."""
    assert "pandas" in loaded("import xlwings")


def test_xlwings_is_imported_in_the_live_host_and_the_add_in_alone() -> None:
    """Static, in every form of import."""
    package = ROOT / "recon_xl"
    allowed = {package / "hosts" / "excel.py", package / "addin" / "server.py"}
    found = {
        path
        for path in package.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith(("import xlwings", "from xlwings")) or 'import_module("xlwings' in line
    }
    assert found <= allowed
