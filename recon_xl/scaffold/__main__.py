"""`python -m recon_xl.scaffold OUT` writes the blank month-end workbook to OUT."""

from __future__ import annotations

import sys
from pathlib import Path

from recon_xl.scaffold.workbook import build


def main(arguments: list[str]) -> int:
    """Build the workbook; exit code 2 without a target."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m recon_xl.scaffold OUT.xlsx\n")
        return 2
    build(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
