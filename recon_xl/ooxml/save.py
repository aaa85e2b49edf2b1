"""The one way a workbook gets onto disk: beside the old file, proved, then swapped in one step."""

from __future__ import annotations

import glob
import hashlib
import os
import secrets
import shutil
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.editor import WorkbookEditor
from recon_xl.ooxml.lint import new_faults
from recon_xl.ooxml.locks import check_not_open, check_writable, save_lock
from recon_xl.ooxml.package import Package


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def save(
    edited: WorkbookEditor | Package,
    target: Path,
    *,
    expected_hash: str | None,
    source: Path,
    may_change: Collection[str] | None = None,
) -> str:
    """Write the edited workbook to `target` and return the SHA-256 of the new file.

    `may_change` are the parts of the file, as it was read, that are ours to change (None: all). The old file stays
    whole until the new one is complete, on disk and proved: every part that was not edited is
    equal to the original's, and nothing is wrong that was not wrong before. Raises `WorkbookError`, with the
    target untouched, when it is open in Excel or LibreOffice, read-only, changed since it was read
    (`expected_hash`), or cannot be written.
    """
    package = edited.package() if isinstance(edited, WorkbookEditor) else edited
    target = target.resolve()
    check_writable(target)
    check_not_open(target)
    temporary = target.with_name(f".{target.name}.recon-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        with save_lock(target):
            _sweep(target)
            check_unchanged(source, expected_hash)
            _write(package, temporary)
            _prove(package, temporary, may_change)
            # Once more, so that what another program saved meanwhile is not lost.
            check_unchanged(source, expected_hash)
            return _swap(temporary, target)
    except OSError as error:
        raise WorkbookError(
            where=target.name,
            found=f"a disk that refuses the file ({error.strerror or type(error).__name__})",
            expected="room and permission to save; the old file is untouched",
            todo="Free space, check permissions, close the file elsewhere; or write a copy with --out.",
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def check_unchanged(source: Path, expected_hash: str | None) -> None:
    """Raise `WorkbookError` when the file is not the one that was read."""
    if expected_hash is not None and (not source.exists() or file_hash(source) != expected_hash):
        raise WorkbookError(
            where=source.name,
            found="a workbook that was saved by someone else since it was read",
            expected="the workbook as it was read",
            todo="Run the command again on the new version, or write a copy with --out.",
        )


def _write(package: Package, temporary: Path) -> None:
    with temporary.open("xb") as file:
        package.write_to(file)
        file.flush()
        os.fsync(file.fileno())


def _prove(package: Package, temporary: Path, may_change: Collection[str] | None) -> None:
    """Read back what was written; raises `WorkbookError` when it is not what it should be."""
    foreign = [] if may_change is None else sorted(set(package.differing) - set(may_change))
    wrong = package.unlike(temporary) + foreign
    # Part for part the new file is this package, so the linter need not unpack it once more.
    faults = [f"part {part} is not as it should be" for part in wrong] or new_faults(package)
    if faults:
        raise WorkbookError(
            where=package.where,
            found=f"a fault of recon-xl's own in the new file: {'; '.join(faults[:3])}",
            expected="a file that Excel opens; the old file is untouched",
            todo="Please report this with the text of this message.",
        )


def _swap(temporary: Path, target: Path) -> str:
    """Put the new file in the old one's place and return its hash."""
    digest = file_hash(temporary)
    if target.exists():
        shutil.copymode(target, temporary)
    check_not_open(target)
    os.replace(temporary, target)  # noqa: PTH105 - the call that tests make fail
    _sync_folder(target.parent)
    return digest


def _sweep(target: Path) -> None:
    """Remove what killed runs left behind; under the lock, no temporary file of this workbook is in use."""
    for stale in target.parent.glob(f"{glob.escape(f'.{target.name}.recon-')}*.tmp"):
        stale.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the swap itself durable; Windows does this by itself and has no such call."""
    if sys.platform == "win32":
        return
    # The new file is complete and in place: a folder that cannot be synchronised is no reason to report a failure.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
