"""`python -m tests.soak [--examples 5000] [--seed N]`: the laws of tests/laws on many more months.

Prints the seed first: the same seed draws the same months again.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code of pytest: 0 where every law held."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--examples", type=int, default=5000, help="months that the laws are tried on")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="to draw the same months again")
    options = parser.parse_args(argv)
    sys.stdout.write(f"{options.examples:,} months, seed {options.seed}\n")
    sys.stdout.flush()
    environment = {
        **os.environ, "RECON_XL_EXAMPLES": str(options.examples), "RECON_XL_SEED": str(options.seed),
    }  # fmt: skip
    command = [sys.executable, "-m", "pytest", "-q", "tests/laws"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
