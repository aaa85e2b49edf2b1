"""Every call that changes something on the disk, in one object: a test can make each of them fail, or keep count."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from recon_xl.ooxml.winreplace import replace_file


class Disk:
    """The file system as saving uses it. Every call raises `OSError` when it cannot be done, and then did nothing."""

    def create(self, path: Path) -> IO[bytes]:
        """Open a new file for writing; it must not exist."""
        return path.open("xb")

    def sync(self, file: IO[bytes]) -> None:
        """Return when the content of a file has reached the disk."""
        file.flush()
        os.fsync(file.fileno())

    def replace(self, new: Path, old: Path) -> None:
        """Give a complete file the name of another in one step; that one is gone, or stays whole where this fails."""
        if sys.platform == "win32":
            replace_file(new, old)
        else:
            os.replace(new, old)  # noqa: PTH105 - the call that tests make fail

    def link(self, file: Path, name: Path) -> None:
        """Give a file a second name, which must not exist."""
        os.link(file, name)

    def copy_mode(self, of: Path, to: Path) -> None:
        """Give a file the permissions of another."""
        shutil.copymode(of, to)

    def make_folder(self, path: Path) -> None:
        """Make a folder where there is none."""
        path.mkdir(exist_ok=True)

    def remove(self, path: Path) -> None:
        """Remove a file; one that is gone already is no failure."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Make names in a folder durable; Windows does this by itself and has no such call."""
        if sys.platform == "win32":
            return
        # The file is complete and in place: a folder that cannot be synchronised is no reason to report a failure.
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


DISK = Disk()
"""The disk that every command uses."""
