"""A month closed in a user's own workbook: upgraded, files imported, run, and run again."""

from __future__ import annotations

import contextlib
import io
import shutil
from pathlib import Path

from workbook import small

from recon_xl.cli import main
from recon_xl.commands.new_book import set_period
from recon_xl.hosts.file import FileHost


def closed(source: Path, folder: Path) -> Path:
    """A copy of the workbook in which the small month was closed twice."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / source.name
    call("upgrade", source, "--out", target, "--yes-signed-macros")
    host = FileHost(target)
    snapshot = host.read()
    host.apply(set_period(snapshot, small.PERIOD), snapshot)
    files = small.write_files(folder / "files")
    call("import", target, *files)
    call("run", target, expected=1)
    call("run", target, expected=1)
    shutil.rmtree(folder / "files")
    return target


def call(*arguments: object, expected: int = 0) -> str:
    """One command, as typed; AssertionError with what it said where it ended otherwise than expected."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    assert code == expected, f"{arguments}: {code}\n{out.getvalue()}\n{err.getvalue()}"
    return out.getvalue()
