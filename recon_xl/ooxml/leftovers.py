"""What killed runs left beside a workbook is removed when the next one starts; what belongs to a run at work stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.backups import backup_folder, backups_of, temporary_prefix
from recon_xl.ooxml.disk import DISK, Disk
from recon_xl.ooxml.locks import lock_files, save_lock
from recon_xl.ooxml.winreplace import SPARE


def sweep(book: Path, disk: Disk = DISK) -> None:
    """Remove what killed runs left, unless a run is saving this workbook; a folder that refuses stays as it is."""
    book = book.resolve()
    with suppress(OSError, WorkbookError):
        if lock_files(book) or any(_temporaries(book)):
            with save_lock(book, patience=0):
                clear(book, disk)


def clear(book: Path, disk: Disk = DISK) -> None:
    """The same under the lock, when no temporary file of this workbook is in use."""
    for file in _temporaries(book):
        # Windows was ended between two steps of a replacement: the old file has no other name.
        if file.suffix == SPARE and file.parent == book.parent and not book.exists():
            disk.replace(file, book)
        else:
            disk.remove(file)
    # A run was ended between the backup and the replacement: both names lead to the workbook as it is.
    if book.exists() and book.stat().st_nlink > 1:
        for backup in backups_of(book):
            if backup.samefile(book):
                disk.remove(backup)
    with suppress(OSError):
        backup_folder(book).rmdir()  # only where it is empty


def _temporaries(book: Path) -> Iterator[Path]:
    begin = temporary_prefix(book)
    for folder in (book.parent, backup_folder(book)):
        with suppress(OSError):
            with os.scandir(folder) as entries:
                names = [entry.name for entry in entries if entry.name.startswith(begin)]
            yield from (folder / name for name in sorted(names) if name.endswith((".tmp", SPARE)))
