"""A cold function starts fast: nothing heavy is loaded for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from recon_xl.functions.registry import functions

HEAVY = ("duckdb", "pandas", "numpy", "openpyxl", "xlwings", "pydantic", "recon_xl.engine", "recon_xl.contract.model")
SCRIPT = """
import sys
from recon_xl.functions.grid import call
call({name!r}, [1.0, 2.0])
print(*(name for name in sys.modules if name in {heavy!r} or name in {others!r}))
"""


@pytest.mark.parametrize("one", functions(), ids=lambda one: one.name)
def test_a_cold_call_loads_its_own_file_alone(one: object) -> None:
    """No database, no data frames, no Excel, and no other function."""
    name = getattr(one, "excel_name", "")
    others = tuple(f"recon_xl.functions.{other.name.lower()}" for other in functions() if other is not one)
    script = SCRIPT.format(name=name, heavy=HEAVY, others=others)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert "" == done.stdout.strip()
