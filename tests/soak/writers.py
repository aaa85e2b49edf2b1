"""Several processes that read, change and save one workbook at the same time."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ooxml.books import TABLE, month_end, table_values

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import WorkbookEditor, lint, save
from recon_xl.ooxml.locks import PATIENCE

from ._workers import workers

TITLE = "No update is lost where four processes save one workbook, and who comes too late is told within two seconds"
WRITERS, RUNS = 4, 100
TOLD_WITHIN = 2.0
"""Seconds: of waiting, by the clock that tests/ooxml/test_locks.py holds, and of work, by the processor, busy as it may be."""


def soak(_seed: int, scale: float) -> Mapping[str, object]:
    """Four processes with 100 updates each, tried again until each is in."""
    runs = max(round(RUNS * scale), 3)
    with tempfile.TemporaryDirectory() as folder:
        path = month_end(Path(folder) / "october.xlsx")
        processes = workers()
        told = processes.Queue()
        writing = [processes.Process(target=write, args=(path, writer, runs, told)) for writer in range(WRITERS)]
        for worker in writing:
            worker.start()
        refusals = [told.get(timeout=600) for _ in writing]
        for worker in writing:
            worker.join()
        keys = [row[0] for row in table_values(path)]
        expected = {f"{writer}-{run}" for writer in range(WRITERS) for run in range(runs)}
        assert sorted(keys) == sorted(expected), f"{len(expected - set(keys))} updates lost"
        assert not lint(path)
        assert [path] == list(path.parent.iterdir())
    slowest = max(seconds for one in refusals for seconds, _ in one or [(0.0, 0.0)])
    dearest = max(work for one in refusals for _, work in one or [(0.0, 0.0)])
    assert dearest + PATIENCE < TOLD_WITHIN, f"told after {dearest:.1f} s of work"
    return {
        "updates": len(keys), "lost": 0, "refusals": sum(len(one) for one in refusals),
        "ms to the slowest refusal": round(slowest * 1000),
    }  # fmt: skip


def write(path: Path, writer: int, runs: int, told: Any) -> None:
    """Add a row at each run; hands over how long each refusal took, by the clock and by the processor."""
    refusals: list[tuple[float, float]] = []
    done = 0
    while done < runs:
        editor = WorkbookEditor(path)
        editor.edit_rows(TABLE, columns=["Key"], append=[[f"{writer}-{done}"]])
        started, worked = time.monotonic(), time.process_time()
        try:
            save(editor, path, expected_hash=editor.source_hash, source=path)
            done += 1
        except WorkbookError:
            refusals.append((time.monotonic() - started, time.process_time() - worked))
    told.put(refusals)
