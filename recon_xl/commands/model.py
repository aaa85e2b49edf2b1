"""What a ribbon command is: one declaration from which the ribbon, its VBA stubs, the command line and the docs are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from time import monotonic

from recon_xl.core.changeset import ChangeSet
from recon_xl.core.snapshot import Snapshot
from recon_xl.journal.look import Look
from recon_xl.journal.record import Deed


class Group(StrEnum):
    """The groups of the ribbon tab, in the order of the month's work."""

    IMPORT = "Import"
    MAP = "Map"
    RECONCILE = "Reconcile"
    REVIEW = "Review"
    DRAFTS = "Drafts"
    EXPORT = "Export"
    CLOSE = "Close"


class Enabled(StrEnum):
    """When a button can be pressed."""

    ALWAYS = "always"
    BOOK = "a month-end workbook is active"
    RESULTS = "a month-end workbook is active and has been run"


class Asks(StrEnum):
    """What a command needs from the user beside the workbook."""

    NOTHING = "nothing"
    FILES = "one or more files, in the file dialog"


@dataclass(frozen=True, slots=True)
class Clock:
    """What the outside world contributes: the time (UTC), who runs it, and a stop-watch in seconds. Nothing below asks."""

    now: datetime
    user: str
    seconds: Callable[[], float] = monotonic


@dataclass(frozen=True, slots=True)
class Call:
    """One press of a button: the workbook as read, and what else the command may look at.

    `progress` is told each step before it begins. Whoever shows it may raise `Cancelled` there; a command only reads until
    it is done, so the workbook is then as it was. On the command line Ctrl-C does the same.
    """

    snapshot: Snapshot
    clock: Clock
    progress: Callable[[str], None] = lambda step: None
    files: tuple[Path, ...] = ()
    look: Callable[[], AbstractContextManager[Look]] | None = None
    """The workbook's cells with their formulas, for a command that takes a step back."""


class Lazily(Mapping[str, object]):
    """An object of `--json` that is made only where somebody asks for it: a button does not."""

    def __init__(self, make: Callable[[], Mapping[str, object]]) -> None:
        self._make = cache(make)

    def __getitem__(self, key: str) -> object:
        return self._make()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._make())

    def __len__(self) -> int:
        return len(self._make())


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command wants changed and shown. `message` is in the accountant's words; `data` is the object of `--json`."""

    changeset: ChangeSet = field(default_factory=ChangeSet)
    message: str = ""
    is_warning: bool = False
    data: Mapping[str, object] = field(default_factory=dict)
    deed: Deed = field(default_factory=Deed)
    """What the journal says of it, where it changes the workbook."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the ribbon. `id` is its file's name here, never renamed; `icon` is one of Office's own pictures.

    `reads` and `writes` name contract tables: the host reads just these, in one block each.
    `position` orders the buttons of a group. A command that `follows_selection` works on the row that the user stands on.
    """

    id: str
    label: str
    group: Group
    key_tip: str
    screentip: str
    supertip: str
    icon: str
    execute: Callable[[Call], Reply]
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    enabled: Enabled = Enabled.BOOK
    asks: Asks = Asks.NOTHING
    follows_selection: bool = False
    is_large: bool = False
    position: int = 0

    @property
    def control_id(self) -> str:
        """The id of the ribbon control, the only thing that a click hands to Python."""
        return f"recon_{self.id}"
