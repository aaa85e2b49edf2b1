"""Who has a workbook open: Excel, LibreOffice, or another run of recon-xl."""

from __future__ import annotations

import getpass
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from recon_xl.core.errors import WorkbookError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 1.0
"""Seconds that a run waits for another one that saves the same workbook."""
_PAUSE = 0.05
_STALE = 600
"""Seconds; a save takes a few."""
_LOCKED_BYTE = 1 << 30
_UTF16_COPY = 54  # where Excel repeats the name as UTF-16 in the owner file


def check_writable(target: Path) -> None:
    """Raise `WorkbookError` when the file is marked read-only or its folder cannot take a new file."""
    read_only = target.exists() and (not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK))
    if read_only:
        refused = "a read-only file", "Take the read-only mark away (Properties), or write a copy with --out."
    elif not target.parent.is_dir():
        refused = f"a folder that does not exist: {target.parent}", "Check its name, or make the folder first."
    elif not os.access(target.parent, os.W_OK):
        refused = (
            "a read-only folder",
            "Check the permissions of the folder, or write a copy to another one with --out.",
        )
    else:
        return
    found, todo = refused
    raise WorkbookError(where=target.name, found=found, expected="a place where the workbook can be saved", todo=todo)


def check_not_open(target: Path) -> None:
    """Raise `WorkbookError` naming the person when Excel or LibreOffice has the file open."""
    for program, lock, name in (
        ("Excel", target.with_name(f"~${target.name}"), _excel_owner),
        ("LibreOffice", target.with_name(f".~lock.{target.name}#"), _libreoffice_owner),
    ):
        if lock.exists():
            raise WorkbookError(
                where=target.name,
                found=f"the workbook open in {program}{_by(name(_content(lock)))}",
                expected="a closed workbook",
                todo=f"Close it there and run again, or write a copy with --out. If nobody has it open, "
                f"{program} crashed: delete the hidden file {lock.name}.",
            )


def lock_files(target: Path) -> list[Path]:
    """The locks that stand beside a workbook: of a run at work, or left behind by one that was killed."""
    return [lock for lock in (_lock_name(target), _claim_name(target)) if lock.exists()]


@contextmanager
def save_lock(target: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Let one run at a time save a workbook; raises `WorkbookError` where another one still does after `patience` seconds.

    The operating system frees the lock when a process ends, however it ends, so none is ever stale. Where a disk knows no
    locks, a file that only one run can make takes its place; one older than any save takes is stale.
    """
    lock, end = _lock_name(target), time.monotonic() + patience
    while (held := _hold(lock, target)) is None:
        if time.monotonic() >= end:
            raise WorkbookError(
                where=target.name,
                found=f"another run of recon-xl saving this workbook{_holder(lock)}",
                expected="one run at a time",
                todo="Wait a moment and run again.",
            )
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        _let_go(held, lock, target)


def _lock_name(target: Path) -> Path:
    return target.with_name(f".{target.name}.recon.lock")


def _claim_name(target: Path) -> Path:
    return target.with_name(f".{target.name}.recon.claim")


def _hold(lock: Path, target: Path) -> IO[bytes] | None:
    """The lock's file, held; None while another run holds it."""
    import platform  # noqa: PLC0415 - slow to load, and only saving needs it

    file = lock.open("ab")
    try:
        locked = _try_lock(file.fileno())
        # A file that was deleted between opening and locking is a lock that the next run does not see.
        if locked is False or not _is_same(file, lock) or (locked is None and not _claim(_claim_name(target))):
            file.close()
            return None
        with suppress(OSError):  # who holds it is told to others only where there is room for it
            file.truncate(0)
            file.write(f"{_user()} on {platform.node()} since {datetime.now(UTC):%H:%M:%S} UTC".encode())
            file.flush()
    except BaseException:
        file.close()
        raise
    return file


def _let_go(held: IO[bytes], lock: Path, target: Path) -> None:
    """Remove the lock before others can have it; Windows removes no open file, and no other run's."""
    with suppress(OSError):
        _claim_name(target).unlink(missing_ok=True)
    with suppress(OSError):
        if sys.platform != "win32":
            lock.unlink(missing_ok=True)
        held.close()
        if sys.platform == "win32":
            lock.unlink(missing_ok=True)


def _is_same(file: IO[bytes], lock: Path) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(file.fileno()), lock.stat())
    return False


def _try_lock(descriptor: int) -> bool | None:
    """Return False when another process has the lock, None where the disk knows no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)  # far away, so that others can read who holds it
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True


def _claim(claim: Path) -> bool:
    """Make the file that stands for a lock; False while another run's stands there and is not stale."""
    with suppress(OSError):
        if time.time() - claim.stat().st_mtime > _STALE:
            claim.unlink(missing_ok=True)
    try:
        claim.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _holder(lock: Path) -> str:
    told = _content(lock).decode("utf-8", "replace").strip()
    return f" ({told})" if told else ""


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


def _content(lock: Path) -> bytes:
    try:
        return lock.read_bytes()
    except OSError:
        return b""


def _by(name: str) -> str:
    return f" by {name}" if name else ""


def _excel_owner(data: bytes) -> str:
    """Return the name in Excel's owner file: a length byte and Latin-1 text, later the same again as UTF-16."""
    length = data[0] if data else 0
    wide = data[_UTF16_COPY + 1 :]
    if len(data) > _UTF16_COPY and data[_UTF16_COPY] and len(wide) >= 1 + 2 * data[_UTF16_COPY]:
        start = 1 if wide[:1] == b"\x00" else 0
        return wide[start : start + 2 * data[_UTF16_COPY]].decode("utf-16-le", "replace").strip(" \x00")
    return data[1 : 1 + length].decode("latin-1").strip(" \x00")


def _libreoffice_owner(data: bytes) -> str:
    """Return the first filled field of LibreOffice's lock: the user's full name, else the login name."""
    fields = data.decode("utf-8", "replace").split(",")
    return next((field.strip() for field in fields[:2] if field.strip()), "")
