"""The ribbon's buttons as sub-commands: one generic way to call each that has no file of its own here."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from recon_xl.cli.outcome import Outcome, Progress, clock, with_backup, with_journal
from recon_xl.commands.journaling import Book, step
from recon_xl.commands.model import Call, Command, Enabled, Reply
from recon_xl.commands.places import address
from recon_xl.commands.registry import commands
from recon_xl.core.errors import InputError, SelectionError
from recon_xl.core.snapshot import Selection, Snapshot
from recon_xl.hosts.file import FileHost
from recon_xl.ooxml.address import parse_range

_NAME_IT = "Name such a row with --at, as in --at Exceptions!A6."
_QUOTED = re.compile(r"'((?:[^']|'')+)'")


class Twin:
    """The sub-command of one button; has the attributes that a command's file here has."""

    def __init__(self, command: Command) -> None:
        self.__doc__ = command.supertip
        self.command = command
        self.TWIN_OF = command.id
        self.NAME = command.id.replace("_", "-")
        self.HELP = command.screentip[:1].lower() + command.screentip[1:]
        at = " --at 'Exceptions!A6'" if command.follows_selection else ""
        self.EXAMPLE = f"recon-xl {self.NAME}{' october.xlsx' if command.reads else ''}{at}"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """BOOK, and --at where the command works on the selected row."""
        nargs = "?" if self.command.enabled is Enabled.ALWAYS else None
        parser.add_argument("book", type=Path, metavar="BOOK", nargs=nargs, help="the month-end workbook")
        if self.command.follows_selection:
            parser.add_argument(
                "--at",
                metavar="CELL",
                help="the cell to stand on, such as Exceptions!A6 or 'Draft Lines'!A9; to go on, the place printed before",
            )

    def execute(self, options: argparse.Namespace) -> Outcome:
        """Exit code as the command gives it, else 1 where it warns. Going somewhere writes nothing: the place is printed."""
        progress = Progress()
        progress("Opening the workbook")
        host = None if options.book is None else FileHost(options.book)
        whole = Snapshot("", {}, ()) if host is None else host.read()
        wanted = {*self.command.reads, *self.command.writes}
        seen = replace(whole, tables={name: raw for name, raw in whole.tables.items() if name in wanted})
        at = getattr(options, "at", None)
        if at is not None:
            seen = replace(seen, selection=_selection(at, whole.sheets))
        now = clock()
        try:
            reply = self.command.execute(Call(seen, now, progress, look=None if host is None else host.look))
        except SelectionError as error:  # nothing is selected in a file: the row is named
            found = {**error.as_dict(), "todo": _NAME_IT}
            raise SelectionError(**found) from error
        if host is not None and not reply.changeset.is_empty:
            progress("Writing the workbook")
            done = step(Book(whole, host.look), reply.changeset, self.NAME, now, reply.deed)
            host.apply(done.changeset, whole)
            return with_backup(with_journal(_outcome(reply, options.book), done), host.backup)
        return _outcome(reply, options.book)


def twins(taken: Iterable[str]) -> Iterator[Twin]:
    """A sub-command for every button but those with an id that is `taken` by a file of its own."""
    own = set(taken)
    yield from (Twin(command) for command in commands() if command.id not in own)


def _outcome(reply: Reply, book: Path | None) -> Outcome:
    place = _place(reply)
    data: dict[str, Any] = {
        "book": None if book is None else str(book),
        "message": reply.message,
        **reply.data,
        "go_to": place,
    }
    lines = reply.message.splitlines() + ([f"Go to: {place}"] if place else [])
    return Outcome(int(data.get("exit_code", reply.is_warning)), data, lines)


def _place(reply: Reply) -> str | None:
    """Where the command leads; None where it stays."""
    sheet = reply.changeset.active_sheet
    return None if sheet is None else address(sheet, reply.changeset.select or "A1")


def _selection(at: str, sheets: Iterable[str]) -> Selection:
    """The cell that `--at` names; InputError where the workbook has no such tab, or it is no cell."""
    # cmd.exe hands single quotes on, as other shells do not.
    tab, _, cell = (at[1:-1] if at[:1] == at[-1:] == "'" else at).rpartition("!")
    quoted = _QUOTED.fullmatch(tab)
    wanted = (quoted[1].replace("''", "'") if quoted else tab).casefold()
    sheet = next((name for name in sheets if name.casefold() == wanted), None)
    area = parse_range(cell.upper())
    if sheet is None or area is None:
        raise InputError(
            where="--at",
            found=at,
            expected="a tab of the workbook and a cell, as in Exceptions!A6",
            todo="Name the tab as it stands in the workbook; quote the argument, because ! and blanks mean something to a shell.",
        )
    return Selection(sheet, area.first_row, area.first_col)
