"""Disks that fail, and one that takes notes: stand-ins for the product's file layer."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path
from typing import IO, Any

from recon_xl.ooxml.disk import Disk

FAULTS = {
    "ENOSPC": OSError(errno.ENOSPC, "No space left on device"),
    "EIO": OSError(errno.EIO, "Input/output error"),
    "EACCES": PermissionError(errno.EACCES, "Permission denied"),
}
KILL = "kill"


class _File:
    """A file that tells its disk of each write before it happens."""

    def __init__(self, file: IO[bytes], disk: Watched, path: Path) -> None:
        self._file, self._disk, self._path = file, disk, path

    def write(self, data: bytes) -> int:
        self._disk.written(self._file, self._path, data)
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()


class Watched(Disk):
    """The real disk, with `before` called ahead of each call that changes something."""

    def before(self, call: str, *paths: Path) -> None:
        """What a kind of disk does with the knowledge."""

    def written(self, _file: IO[bytes], path: Path, _data: bytes) -> None:
        self.before("write", path)

    def create(self, path: Path) -> Any:
        self.before("create", path)
        return _File(super().create(path), self, path)

    def sync(self, file: Any) -> None:
        self.before("sync", Path(file.name))
        super().sync(file)

    def replace(self, new: Path, old: Path) -> None:
        self.before("replace", new, old)
        super().replace(new, old)

    def link(self, file: Path, name: Path) -> None:
        self.before("link", file, name)
        super().link(file, name)

    def copy_mode(self, of: Path, to: Path) -> None:
        self.before("copy_mode", of, to)
        super().copy_mode(of, to)

    def make_folder(self, path: Path) -> None:
        self.before("make_folder", path)
        super().make_folder(path)

    def remove(self, path: Path) -> None:
        if path.exists():
            self.before("remove", path)
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self.before("sync_folder", folder)
        super().sync_folder(folder)


class Failing(Watched):
    """The `at`-th call fails in the given way, and every one after it where the disk `stays` broken."""

    def __init__(self, at: int, fault: str, *, links: bool = True, stays: bool = False) -> None:
        self.calls, self._at, self._fault, self._links, self._stays = 0, at, fault, links, stays

    @property
    def is_reached(self) -> bool:
        """True once the call that fails was made."""
        return self.calls >= self._at

    def before(self, call: str, *_paths: Path) -> None:
        if call == "link" and not self._links:
            raise OSError(errno.EPERM, "Operation not permitted")
        self.calls += 1
        if self.calls != self._at and not (self._stays and self.is_reached):
            return
        if self._fault == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        elif call != "sync_folder":  # which Windows does not have: the product goes on without it
            raise FAULTS[self._fault]

    def written(self, file: IO[bytes], path: Path, data: bytes) -> None:
        """A write that fails, or is cut by the end of the process, has written half."""
        if self.calls + 1 == self._at:
            file.write(data[: len(data) // 2])
            file.flush()
        self.before("write", path)


class NoteTaking(Watched):
    """Keeps every call, with the bytes of each write and where they went."""

    def __init__(self, *, links: bool = True) -> None:
        self.calls: list[tuple[str, tuple[Path, ...]]] = []
        self.data: dict[int, tuple[int, bytes]] = {}
        self._links = links

    def before(self, call: str, *paths: Path) -> None:
        if call == "link" and not self._links:
            raise OSError(errno.EPERM, "Operation not permitted")
        self.calls.append((call, paths))

    def written(self, file: IO[bytes], path: Path, data: bytes) -> None:
        self.data[len(self.calls)] = (file.tell(), bytes(data))
        self.before("write", path)
