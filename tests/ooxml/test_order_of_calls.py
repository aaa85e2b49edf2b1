"""A save is safe only in one order: content on the disk, then the name, then the folder. Seen from inside and from outside."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from soak._disks import NoteTaking

from ooxml.books import TABLE, month_end
from recon_xl.ooxml import WorkbookEditor, save
from recon_xl.ooxml.backups import Backups

NOW = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(("links", "middle"), [(True, ["link"]), (False, ["create", "write", "sync", "replace"])])
def test_the_order_of_calls(tmp_path: Path, links: bool, middle: list[str]) -> None:
    """The earlier version is kept before the new file takes its name, and is on the disk before it has its own."""
    path = month_end(tmp_path / "b.xlsx")
    disk = NoteTaking(links=links)
    editor = WorkbookEditor(path)
    editor.replace_rows(TABLE, ("Key",), [["k1"]])
    save(editor, path, expected_hash=editor.source_hash, source=path, backups=Backups(path, 5, NOW), disk=disk)
    calls = [
        call for number, (call, _) in enumerate(disk.calls) if call != "write" or disk.calls[number - 1][0] != "write"
    ]
    start = ["create", "write", "sync", "copy_mode", "make_folder"]
    assert [*start, *middle, "sync_folder", "replace", "sync_folder"] == calls
    places = [paths for call, paths in disk.calls if call in {"sync", "sync_folder"}]
    assert [path.parent / "b backups", path.parent] == [paths[0] for paths in places if paths[0].is_dir()]


SAVE = """
import sys
from pathlib import Path
from recon_xl.ooxml import WorkbookEditor, save
path = Path(sys.argv[1])
editor = WorkbookEditor(path)
editor.set_cells("My sheet", {"A9": "x"})
save(editor, path, expected_hash=editor.source_hash, source=path)
"""


def test_the_order_of_system_calls(tmp_path: Path) -> None:
    """What the operating system is asked for, by its own account."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("LOUD: strace is missing; the order is proved from inside only")
    path, trace = month_end(tmp_path / "b.xlsx"), tmp_path / "trace"
    command = [strace, "-f", "-y", "-e", "trace=fsync,fdatasync,rename,renameat,renameat2", "-o", str(trace)]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [*command, sys.executable, "-c", SAVE, str(path)], env={**os.environ, "PYTHONPATH": str(root)}, check=False, capture_output=True
    )  # fmt: skip
    if "ptrace" in done.stderr.decode() and done.returncode:
        pytest.skip("LOUD: strace may not look here; the order is proved from inside only")
    assert 0 == done.returncode, done.stderr
    calls = re.findall(r"(fsync|rename\w*)\((.*?)\) += 0", trace.read_text())
    told = [(name, ".tmp" in rest, str(tmp_path) in rest) for name, rest in calls if str(tmp_path) in rest]
    assert [("fsync", True, True), ("fsync", False, True)] == [told[0], told[-1]]
    assert ["fsync", "rename", "fsync"] == [re.sub("at2?$", "", name) for name, *_ in told]
