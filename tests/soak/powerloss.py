"""Power lost after any call of a save, on a disk that has kept no more than it must: the workbook is old or new, and whole.

A killed process proves nothing about a computer without power: what was written is still in memory. So the calls of a save are
noted, and after each of them a disk is imagined that kept only what was synchronised, or any part of the rest: content cut
off or zeroed, names in an order of its own.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ._books import first_book, save_number
from ._disks import NoteTaking

TITLE = "Power lost after any call of a save leaves the old workbook or the new one whole"
ORDERS = 200


@dataclass
class _Content:
    """A file without its name: what was written, and what is sure to be on the disk."""

    written: bytes = b""
    kept: bytes = b""

    def write(self, at: int, data: bytes) -> None:
        self.written = self.written[:at].ljust(at, b"\0") + data + self.written[at + len(data) :]


@dataclass
class _Model:
    """Names as they are, the changes of names that are not sure yet, and names as they surely are."""

    names: dict[Path, _Content]
    sure: dict[Path, _Content] = field(default_factory=dict)
    waiting: list[tuple[Path, dict[Path, _Content | None]]] = field(default_factory=list)

    def change(self, folder: Path, names: dict[Path, _Content | None]) -> None:
        self.waiting.append((folder, names))
        _apply(self.names, names)

    def settle(self, folder: Path) -> None:
        """What was waiting in a folder is sure now."""
        for where, names in self.waiting:
            if where == folder:
                _apply(self.sure, names)
        self.waiting = [one for one in self.waiting if one[0] != folder]


def soak(seed: int, scale: float) -> Mapping[str, object]:
    """Every prefix of the calls, each with 200 orders in which a disk may have kept names."""
    orders = max(round(ORDERS * scale), 5)
    states = prefixes = 0
    for links in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            path = first_book(Path(folder).resolve())
            for number in range(1, 5):
                save_number(path, number)
            start = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
            disk = NoteTaking(links=links)
            save_number(path, 5, disk)
            old, new = start[path], path.read_bytes()
        prefixes += len(disk.calls)
        states += _replay(disk, start, path, (old, new), orders, random.Random(seed))  # noqa: S311 - orders, not secrets
    return {"calls": prefixes, "states of the disk": states, "corrupt": 0, "missing": 0}


def _replay(
    disk: NoteTaking,
    start: Mapping[Path, bytes],
    path: Path,
    whole: tuple[bytes, bytes],
    orders: int,
    draw: random.Random,
) -> int:
    files = {name: _Content(data, data) for name, data in start.items()}
    model = _Model(dict(files), dict(files))
    states = 0
    for number, (call, paths) in enumerate(disk.calls):
        _step(model, call, paths, disk.data.get(number, (0, b"")))
        for _ in range(orders):
            names = _kept(model, draw)
            state = draw.choice((_cut, _zeroed, _all))
            assert path in names, f"no workbook after {call}"
            assert state(names[path]) in whole, f"half a workbook after {call}"
            states += 1
    assert model.sure[path].kept == whole[1], "the end of a save is not sure to be on the disk"
    return states


def _step(model: _Model, call: str, paths: tuple[Path, ...], data: tuple[int, bytes]) -> None:
    names = model.names
    if call == "write":
        names[paths[0]].write(*data)
    elif call == "sync":
        names[paths[0]].kept = names[paths[0]].written
    elif call == "create":
        model.change(paths[0].parent, {paths[0]: _Content()})
    elif call == "link":
        model.change(paths[1].parent, {paths[1]: names[paths[0]]})
    elif call == "replace":
        model.change(paths[1].parent, {paths[0]: None, paths[1]: names[paths[0]]})
    elif call == "remove":
        model.change(paths[0].parent, {paths[0]: None})
    elif call == "sync_folder":
        model.settle(paths[0])


def _kept(model: _Model, draw: random.Random) -> dict[Path, _Content]:
    """Names as some disk may have kept them: what is sure, and any of the changes that wait, each wholly or not at all."""
    names = dict(model.sure)
    for _folder, change in model.waiting:
        if draw.random() < 0.5:
            _apply(names, change)
    return names


def _apply(names: dict[Path, _Content], change: Mapping[Path, _Content | None]) -> None:
    for name, content in change.items():
        if content is None:
            names.pop(name, None)
        else:
            names[name] = content


def _cut(content: _Content) -> bytes:
    return content.kept


def _zeroed(content: _Content) -> bytes:
    return content.kept.ljust(len(content.written), b"\0")


def _all(content: _Content) -> bytes:
    return content.written
