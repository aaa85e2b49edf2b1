"""The one way a workbook gets onto disk: beside the old file, proved, then swapped in one step."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.backups import Backups, temporary_prefix
from recon_xl.ooxml.disk import DISK, Disk
from recon_xl.ooxml.editor import WorkbookEditor
from recon_xl.ooxml.leftovers import clear
from recon_xl.ooxml.lint import new_faults
from recon_xl.ooxml.locks import check_not_open, check_writable, save_lock
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.winreplace import is_busy


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
    backups: Backups | None = None,
    may_change: Collection[str] | None = None,
    disk: Disk = DISK,
) -> str:
    """Write the edited workbook to `target` and return the SHA-256 of the new file.

    The old file stays whole until the new one is complete, on disk and proved: every part that was not edited is
    equal to the original's, nothing is changed but `may_change` (the parts of the file, as it was read, that are ours to
    change; None: all), and nothing is wrong that was not wrong before. With `backups` the old file is kept among them.
    Raises `WorkbookError`, with the target untouched, when it is open in Excel or LibreOffice, read-only, changed
    since it was read (`expected_hash`), or cannot be written.
    """
    package = edited.package() if isinstance(edited, WorkbookEditor) else edited
    target = target.resolve()
    check_writable(target)
    check_not_open(target)
    temporary = target.with_name(f"{temporary_prefix(target)}{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        with save_lock(target):
            clear(target, disk)
            check_unchanged(source, expected_hash)
            _write(package, temporary, disk)
            _prove(package, temporary, may_change)
            # Once more, so that what another program saved meanwhile is not lost.
            check_unchanged(source, expected_hash)
            return _swap(temporary, target, backups, disk)
    except OSError as error:
        raise _refused(target, error) from error
    finally:
        with suppress(OSError):  # the next start removes it
            disk.remove(temporary)


def _refused(target: Path, error: OSError) -> WorkbookError:
    if is_busy(error):
        return WorkbookError(
            where=target.name,
            found="the workbook open in another program, most likely Excel",
            expected="a closed workbook; the old file is untouched",
            todo="Close it there and run again, or write a copy with --out.",
        )
    return WorkbookError(
        where=target.name,
        found=f"a disk that refuses the file ({error.strerror or type(error).__name__})",
        expected="room and permission to save; the old file is untouched",
        todo="Free space, check permissions, close the file elsewhere; or write a copy with --out.",
    )


def check_unchanged(source: Path, expected_hash: str | None) -> None:
    """Raise `WorkbookError` when the file is not the one that was read."""
    if expected_hash is not None and (not source.exists() or file_hash(source) != expected_hash):
        raise WorkbookError(
            where=source.name,
            found="a workbook that was saved by someone else since it was read",
            expected="the workbook as it was read",
            todo="Run the command again on the new version, or write a copy with --out.",
        )


def _write(package: Package, temporary: Path, disk: Disk) -> None:
    with disk.create(temporary) as file:
        package.write_to(file)
        disk.sync(file)


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


def _swap(temporary: Path, target: Path, backups: Backups | None, disk: Disk) -> str:
    """Put the new file in the old one's place and return its hash."""
    digest = file_hash(temporary)
    if target.exists():
        disk.copy_mode(target, temporary)
    check_not_open(target)
    try:
        if backups is not None:
            backups.make(disk)
        disk.replace(temporary, target)
    except OSError:
        if backups is not None:
            backups.take_back(disk)
        raise
    disk.sync_folder(target.parent)
    if backups is not None:
        backups.prune(disk)
    return digest
