"""The laws of tests/laws on many more months."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

TITLE = "Every law of reconciling on months of any content"
MONTHS = 5000
LEAST = 50
ROOT = Path(__file__).parents[2]


def soak(seed: int, scale: float) -> Mapping[str, object]:
    """5,000 months, drawn from the seed."""
    months = max(round(MONTHS * scale), LEAST)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/laws"],
        cwd=ROOT, env={**os.environ, "RECON_XL_EXAMPLES": str(months), "RECON_XL_SEED": str(seed), "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    return {"months": months}
