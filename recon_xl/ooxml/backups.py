"""Earlier versions of a workbook, kept in a folder beside it: `october backups/october 2026-11-03 08.30.00Z.xlsx`.

A backup is the old file itself under a second name, so that it costs no copying and there is no moment without a workbook;
where a disk knows no second names it is a copy, complete on the disk before it has its name. Only files that have such a name
are ever removed.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from recon_xl.ooxml.disk import DISK, Disk

_TIME = "%Y-%m-%d %H.%M.%SZ"


class Backups:
    """The earlier versions of one workbook: `keep` of them, named by the time (UTC) at which each was replaced."""

    def __init__(self, book: Path, keep: int, now: datetime) -> None:
        self.folder = backup_folder(book)
        self.made: Path | None = None
        """The backup of this save, once it is made."""
        self._book, self._keep, self._now = book, keep, now

    def make(self, disk: Disk = DISK) -> None:
        """Keep the workbook as it is now; raises `OSError`, and leaves nothing, where the disk refuses."""
        if self._keep <= 0 or not self._book.exists():
            return
        disk.make_folder(self.folder)
        name = self._free_name()
        try:
            disk.link(self._book, name)
        except FileExistsError:
            raise
        except OSError:
            self._copy(name, disk)
        self.made = name
        disk.sync_folder(self.folder)

    def take_back(self, disk: Disk = DISK) -> None:
        """Forget the backup of a save that did not happen."""
        with suppress(OSError):
            if self.made is not None:
                disk.remove(self.made)
        with suppress(OSError):
            self.folder.rmdir()  # only where it is empty
        self.made = None

    def prune(self, disk: Disk = DISK) -> None:
        """Remove the oldest beyond the number to keep; the one just made stays, whatever the clock said before."""
        older = sorted((one for one in backups_of(self._book) if one != self.made), reverse=True)
        for one in older[max(self._keep - 1, 0) :] if self.made else []:
            with suppress(OSError):  # the next save tries again
                disk.remove(one)

    def _free_name(self) -> Path:
        stamp = f"{self._book.stem} {self._now.strftime(_TIME)}"
        names = (self.folder / f"{stamp}{f'-{n:03}' if n else ''}{self._book.suffix}" for n in count())
        return next(name for name in names if not name.exists())

    def _copy(self, name: Path, disk: Disk) -> None:
        temporary = self.folder / f"{temporary_prefix(self._book)}{os.getpid()}-{secrets.token_hex(4)}.tmp"
        try:
            with self._book.open("rb") as source, disk.create(temporary) as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
                disk.sync(copy)
            disk.replace(temporary, name)
        except BaseException:
            with suppress(OSError):
                disk.remove(temporary)
            raise


def backup_folder(book: Path) -> Path:
    """Where the earlier versions of a workbook are."""
    return book.with_name(f"{book.stem} backups")


def backups_of(book: Path) -> Iterator[Path]:
    """The earlier versions that are there, in no order; only files with a name that we give."""
    ours = re.compile(
        rf"{re.escape(book.stem)} \d{{4}}-\d\d-\d\d \d\d\.\d\d\.\d\dZ(-\d{{3,}})?{re.escape(book.suffix)}"
    )
    with suppress(OSError):
        yield from (file for file in backup_folder(book).iterdir() if ours.fullmatch(file.name))


def temporary_prefix(book: Path) -> str:
    """How the names of our temporary files of a workbook begin."""
    return f".{book.name}.recon-"
