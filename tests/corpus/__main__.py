"""`python -m tests.corpus FOLDER`: write the untidy files, to try them by hand, with a list of what should come out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import all_cases


def main() -> int:
    """Write every file and `expected.txt`."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="the folder to write to; made where it is not there"
    )
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    cases = all_cases()
    for case in cases:
        (folder / case.name).write_bytes(case.content())
    lines = [f"{case.name}: {case.title} -> {case.outcome.title}" for case in cases]
    (folder / "expected.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(cases)} files in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
