"""The workbook that is open in Excel, through xlwings: one read a table, one write a block, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import xlwings as xw

from recon_xl.core.changeset import ChangeSet
from recon_xl.core.collector import without_collector
from recon_xl.core.errors import Cancelled, WorkbookError
from recon_xl.core.snapshot import Selection, Snapshot
from recon_xl.hosts.live.escape import escape_is_held
from recon_xl.hosts.live.look import LiveLook
from recon_xl.hosts.live.port import Port
from recon_xl.hosts.live.reading import Reading
from recon_xl.hosts.live.refusals import not_ours
from recon_xl.hosts.live.writing import Writing, go_to
from recon_xl.journal.look import Look

QUICK_ATTEMPTS = 20
"""How often xlwings itself asks a busy Excel, at once; its own default is for ever."""


class ExcelHost:
    """One open workbook. Make a new one for each command."""

    def __init__(self, book: xw.Book, wants_to_stop: Callable[[], bool] = escape_is_held) -> None:
        _limit_attempts()
        wants_to_stop()  # an Esc from before the button is forgotten
        self._wants_to_stop = wants_to_stop
        self._port = Port(book)
        self._reading: Reading | None = None

    @classmethod
    def active(cls, hwnd: int | None = None) -> ExcelHost:
        """The active workbook of Excel, or of the Excel window of that handle (Windows)."""
        _limit_attempts()
        app = next((one for one in xw.apps if one.hwnd == hwnd), None) if hwnd else xw.apps.active
        if app is None or not len(app.books):
            raise not_ours("Excel")
        return cls(app.books.active)

    def read(self, tables: Collection[str], writes: Collection[str] = ()) -> Snapshot:
        """The tables of a command, what it writes, and where the user stands."""
        with without_collector():
            self._reading = Reading(self._port)
            return self._reading.snapshot(tables, writes)

    def selection(self) -> Selection | None:
        """Where the user stands; None where a chart or shape is selected."""
        app = self._port.app
        chosen = self._port.patiently(lambda: app.selection)
        if chosen is None:
            return None
        place: Selection = self._port.patiently(lambda: Selection(chosen.sheet.name, chosen.row, chosen.column))
        return place

    def look(self) -> AbstractContextManager[Look]:
        """The open workbook as the journal looks at it."""
        if self._reading is None:
            self.read(())
        return nullcontext(LiveLook(self._reading))  # type: ignore[arg-type]

    def apply(self, changeset: ChangeSet, snapshot: Snapshot) -> None:
        """Write all of it, or nothing; then go where the command leads. The snapshot is the one that `read` gave."""
        if self._reading is None or snapshot.book != self._reading.book:
            raise WorkbookError(
                where=snapshot.book, found="a workbook that was not read first", expected="the workbook just read",
                todo="Press the button again.",
            )  # fmt: skip
        with without_collector():
            Writing(self._reading).apply(changeset)
        if changeset.active_sheet and changeset.select:
            go_to(self._port, changeset.active_sheet, changeset.select)

    def progress(self, words: str | None) -> None:
        """Words on the status bar; None gives it back to Excel. Raises `Cancelled` where the user holds Esc."""
        if words and self._wants_to_stop():
            raise Cancelled(words)
        app = self._port.app
        self._port.patiently(
            lambda: setattr(app, "status_bar", f"recon-xl: {words} ... (hold Esc to stop)" if words else False)
        )

    def tell(self, message: str, is_warning: bool = False) -> None:
        """A small dialog of Excel's own."""
        self._port.app.alert(message, "recon-xl", "ok", "critical" if is_warning else "info")

    def choose_files(self) -> tuple[Path, ...]:
        """Excel's own file dialog; empty where the user pressed Cancel."""
        if self._port.is_mac:
            return _chosen_on_mac()
        words = "recon-xl: the files to import"
        api: Any = self._port.app.api
        found = api.GetOpenFilename("Data files (*.csv;*.xlsx;*.xlsm),*.csv;*.xlsx;*.xlsm", 1, words, None, True)
        return tuple(Path(str(path)) for path in found) if isinstance(found, (list, tuple)) else ()


def _limit_attempts() -> None:
    """Xlwings asks a busy Excel for ever unless told otherwise."""
    windows = getattr(xw, "_xlwindows", None)
    if windows is not None:
        windows.N_COM_ATTEMPTS = QUICK_ATTEMPTS


_MAC_DIALOG = """\
set found to choose file with prompt "recon-xl: the files to import" with multiple selections allowed
set names to {}
repeat with one in found
set end of names to POSIX path of one
end repeat
set text item delimiters to linefeed
names as text
"""


def _chosen_on_mac() -> tuple[Path, ...]:
    """The Finder's dialog, through the system's own script runner and a fixed script."""
    import subprocess  # noqa: PLC0415 - on macOS only

    call = ["/usr/bin/osascript", "-e", _MAC_DIALOG]
    done = subprocess.run(call, capture_output=True, text=True, check=False)  # noqa: S603
    return tuple(Path(line) for line in done.stdout.splitlines() if line)
