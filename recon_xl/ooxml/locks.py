"""Who has a workbook open: Excel, LibreOffice, or another run of recon-xl."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from recon_xl.core.errors import WorkbookError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_UTF16_COPY = 54  # where Excel repeats the name as UTF-16 in the owner file


def check_writable(target: Path) -> None:
    """Raise `WorkbookError` when the file is marked read-only or its folder cannot take a new file."""
    read_only = target.exists() and (not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK))
    if read_only or not os.access(target.parent, os.W_OK):
        raise WorkbookError(
            where=target.name,
            found="a read-only file or folder" if target.parent.exists() else "a folder that does not exist",
            expected="a place where the workbook can be saved",
            todo="Take the read-only mark away (Properties), or write a copy with --out.",
        )


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


@contextmanager
def save_lock(target: Path) -> Iterator[None]:
    """Let one run at a time save a workbook; raises `WorkbookError` while another one does.

    The operating system frees the lock when a process ends, however it ends, so none is ever stale.
    """
    lock = target.with_name(f".{target.name}.recon.lock")
    with lock.open("ab") as file:
        # A file that was deleted between opening and locking is a lock that the next run does not see.
        if (
            not _try_lock(file.fileno())
            or not lock.exists()
            or not os.path.samestat(os.fstat(file.fileno()), lock.stat())
        ):
            raise WorkbookError(
                where=target.name,
                found="another run of recon-xl saving this workbook",
                expected="one run at a time",
                todo="Wait a moment and run again.",
            )
        try:
            yield
        finally:
            if sys.platform != "win32":
                lock.unlink(missing_ok=True)
    if sys.platform == "win32":
        with suppress(OSError):
            lock.unlink()  # possible only when no other run has it open


def _try_lock(descriptor: int) -> bool:
    """Return False when another process has the lock; where a disk knows no locks, the hash must do."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


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
