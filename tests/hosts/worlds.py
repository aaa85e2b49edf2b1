"""One workbook behind each of the four hosts: in memory, as a file, and open in Excel by two ways."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from excel.live import OPENED, model_of, wire_of
from excel.saving import save
from excel.wire import Wire
from openpyxl import load_workbook
from workbook.books import records

from hosts.memory import MemoryHost
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.snapshot import Snapshot
from recon_xl.hosts.excel import ExcelHost
from recon_xl.hosts.file import FileHost

WAYS = ("memory", "file", "engine", "com")
LIVE = ("engine", "com")


class Host(Protocol):
    """What every host does."""

    def read(self, tables: Collection[str], writes: Collection[str] = ()) -> Snapshot:
        """What a command sees."""

    def apply(self, changeset: ChangeSet, snapshot: Snapshot) -> None:
        """All of it or nothing."""


class World(Protocol):
    """A host with its workbook, and a way to look into it that is not the host's own."""

    def host(self) -> Host:
        """A host as each button press makes one."""

    def records(self, name: str) -> list[dict[str, Any]]:
        """The constants of a table's rows, as text."""

    def tabs(self) -> list[str]:
        """The names of all tabs."""


@dataclass
class MemoryWorld:
    """The workbook that only is in memory."""

    memory: MemoryHost

    def host(self) -> Host:
        """A host as each button press makes one."""
        return self.memory

    def records(self, name: str) -> list[dict[str, Any]]:
        """The constants of a table's rows, as text."""
        return [
            {key: str(value) for key, value in row.items() if value is not None} for row in self.memory.records(name)
        ]

    def tabs(self) -> list[str]:
        """The names of all tabs."""
        return list(self.memory.read((), ()).sheets)


class _Closed:
    """The file host, which reads every table whatever is asked."""

    def __init__(self, path: Path) -> None:
        self._host = FileHost(path)

    def read(self, _tables: Collection[str], _writes: Collection[str] = ()) -> Snapshot:
        """Everything."""
        return self._host.read()

    def apply(self, changeset: ChangeSet, snapshot: Snapshot) -> None:
        """Into the file."""
        self._host.apply(changeset, snapshot)


@dataclass
class FileWorld:
    """A saved workbook."""

    path: Path

    def host(self) -> Host:
        """A host as each button press makes one."""
        return _Closed(self.path)

    def records(self, name: str) -> list[dict[str, Any]]:
        """The constants of a table's rows, as text."""
        return spelled(self.path, name)

    def tabs(self) -> list[str]:
        """The names of all tabs."""
        return load_workbook(self.path, read_only=True).sheetnames


@dataclass
class LiveWorld:
    """A workbook that is open in (a stand-in for) Excel."""

    book: Any
    path: Path

    def host(self) -> Host:
        """A host as each button press makes one."""
        return ExcelHost(self.book)

    @property
    def wire(self) -> Wire:
        """The line between the host and Excel."""
        return wire_of(self.book)

    def save(self) -> Path:
        """Save a copy, as the user would."""
        return save(model_of(self.book), self.path.with_name("saved.xlsx"))

    def records(self, name: str) -> list[dict[str, Any]]:
        """The constants of a table's rows, as text."""
        return spelled(self.save(), name)

    def tabs(self) -> list[str]:
        """The names of all tabs."""
        return [sheet.name for sheet in model_of(self.book).sheets]


@contextmanager
def opened(way: str, path: Path) -> Iterator[Any]:
    """The workbook behind a host of that kind."""
    if way == "memory":
        yield MemoryWorld(MemoryHost(FileHost(path).read()))
    elif way == "file":
        yield FileWorld(path)
    else:
        with OPENED[way](path) as book:
            yield LiveWorld(book, path)


def spelled(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table with every constant as text; cells with a formula and empty ones are left out."""
    found = []
    with_formulas = records(load_workbook(path), name)
    for row in with_formulas:
        constants = {key: value for key, value in row.items() if value is not None and not str(value).startswith("=")}
        found.append({key: _text(value) for key, value in constants.items()})
    return found


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
