"""One press of a ribbon button, from the control's id to the message.

`python -I -B -m recon_xl.addin.click CONTROL_ID WINDOW PROTOCOL` is the cold way in; the resident server calls `click`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from recon_xl.addin.lean import keep_lean
from recon_xl.addin.log import leave_message, log_fault
from recon_xl.addin.places import NoExcelError, Places, places
from recon_xl.addin.protocol import HostFactory, LiveHost
from recon_xl.addin.versions import handshake
from recon_xl.commands.journaling import JOURNAL, Book, step
from recon_xl.commands.model import Asks, Call, Command, Enabled
from recon_xl.commands.registry import command as registered
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.errors import Cancelled, ReconError, WorkbookError
from recon_xl.core.snapshot import Snapshot
from recon_xl.core.terminal import typed
from recon_xl.hosts.clock import clock
from recon_xl.journal.record import Journaled

NO_SUCH_BUTTON = "The program has no such button. Nothing was done."
_ISOLATED = (
    f"Started in a way that would let a folder decide what runs. Run {typed('addin install')}, then start Excel again."
)


def click(control_id: str, window: int, protocol: str, own: Places, host_factory: HostFactory | None = None) -> str:
    """Run a command on the active workbook; returns what could not be shown there and must be shown by the caller."""
    differs = handshake(protocol)
    if differs:
        return differs
    try:
        command = registered(control_id)
    except KeyError:
        return NO_SUCH_BUTTON
    host: LiveHost | None = None
    try:
        host = (host_factory or _excel)(window or None)
        _run(command, host)
    except Cancelled as wish:
        return _tell(host, wish.todo, own, is_warning=False)
    except ReconError as error:
        return _tell(host, f"{error.where}\n\nFound: {error.found}.\nExpected: {error.expected}.\n\n{error.todo}", own)
    except Exception as error:
        log_fault(own, control_id)
        return _tell(host, _fault(command, error, own), own)
    return ""


def _run(command: Command, host: LiveHost) -> None:
    """Files first, so that what is read is what is changed."""
    files: tuple[Path, ...] = ()
    if command.asks is Asks.FILES:
        files = host.choose_files()
        if not files:
            return
    try:
        snapshot = _seen(command, host)
        now = clock()
        reply = command.execute(Call(snapshot, now, host.progress, files, host.look))
        done = Journaled(reply.changeset)
        if not reply.changeset.is_empty:
            host.progress("Writing the workbook")
            done = step(Book(snapshot, host.look), reply.changeset, command.id, now, reply.deed)
        if reply.changeset != ChangeSet():
            host.apply(done.changeset, snapshot)
    finally:
        with suppress(Exception):  # a busy Excel must not replace what is to be said
            host.progress(None)
    if reply.message:
        host.tell("\n".join(filter(None, (reply.message, done.note))), reply.is_warning)


def _seen(command: Command, host: LiveHost) -> Snapshot:
    """What the command reads, and where the user stands; help is given over any workbook."""
    try:
        snapshot = host.read(
            tuple(dict.fromkeys((*command.reads, *(JOURNAL if command.writes else ())))), command.writes
        )
    except WorkbookError:
        if command.enabled is Enabled.ALWAYS:
            return Snapshot(book="", tables={}, sheets=())
        raise
    return replace(snapshot, selection=host.selection()) if command.follows_selection else snapshot


def _tell(host: LiveHost | None, message: str, own: Places, *, is_warning: bool = True) -> str:
    """Through Excel where that works; else the text goes back to who called."""
    if host is None:
        return message
    try:
        host.tell(message, is_warning=is_warning)
    except Exception:
        log_fault(own, "the message could not be shown")
        return message
    return ""


def _fault(command: Command, error: Exception, own: Places) -> str:
    return (
        f"{command.label} stopped at a fault of the program ({type(error).__name__}). "
        f"Look at the workbook before you save it. Details are in {own.log}."
    )


def _excel(window: int | None) -> LiveHost:
    """Load xlwings here, after the heavy libraries were kept out."""
    keep_lean()
    host: LiveHost = import_module("recon_xl.hosts.excel").ExcelHost.active(window)
    return host


def main(arguments: Sequence[str]) -> int:
    """0 where all was told; 1 where a message was left for VBA to show; 2 where there is no desktop Excel."""
    try:
        own = places()
    except NoExcelError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    text = _ISOLATED if not sys.flags.isolated else _clicked(arguments, own)
    if text:
        leave_message(own, text)
    return 1 if text else 0


def _clicked(arguments: Sequence[str], own: Places) -> str:
    if len(arguments) != 3 or not arguments[1].lstrip("-").isdecimal():
        return NO_SUCH_BUTTON
    os.chdir(sys.prefix)  # Excel's current folder may be a workbook's; our own of the profile goes with uninstall
    return click(arguments[0], int(arguments[1]), arguments[2], own)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
