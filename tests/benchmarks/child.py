"""One job in a process of its own: `python -m tests.benchmarks.child CONTESTANT JOB FOLDER`; its figures go to a file.

The figures are processor seconds (all threads), wall seconds and the peak of resident memory. A job that times
itself gives the first two; else they are those of the whole process, interpreter and imports included.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path

from .stage import Stage


def main() -> int:
    """Do the job, and say what it took."""
    contestant, job, folder = sys.argv[1:4]
    stage = Stage(Path(folder))
    getattr(import_module(f"tests.benchmarks.{contestant}"), job)(stage)
    own = [sum(figures) for figures in zip(*stage.spent, strict=True)]
    processor, wall = own or (time.process_time(), None)
    (stage.folder / "figures.json").write_text(json.dumps([processor, wall, peak()]), encoding="utf-8")
    return 0


def peak() -> float | None:
    """The most memory that this process ever held, in MB; None where the system does not tell.

    Linux tells it by the process itself: what `getrusage` tells there begins with the size of the parent.
    """
    status = Path("/proc/self/status")
    if status.exists():
        words = next(
            line.split() for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM")
        )
        return int(words[1]) / 1024
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415 - not on Windows

    bytes_each = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * bytes_each / 1024**2


if __name__ == "__main__":
    raise SystemExit(main())
