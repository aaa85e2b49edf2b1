"""Import: puts vendor files, PSA exports, counts and mapping tables into the workbook.

A file is recognised by its header. All files of one call succeed, or nothing is written. The
same file again changes nothing, unless `--replace` asks to load its lines anew, in another month
or locale. Other content for what is there (the same charge of an invoice, customer and product of
a month, or count) is refused and listed, unless `--replace` was given; all else is a new part.
Nothing in the user's own columns is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from recon_xl.commands.import_words import import_lines
from recon_xl.commands.journaling import import_deed
from recon_xl.commands.model import Asks, Call, Command, Group, Reply
from recon_xl.contract import ALL_TABLES
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.errors import InputError, ReconError
from recon_xl.core.snapshot import Snapshot
from recon_xl.intake.files import read_file
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.importing.controls import apply_controls
from recon_xl.intake.importing.desk import Desk, Request, checked
from recon_xl.intake.importing.sheets import import_sheet, recognised_sheets
from recon_xl.intake.problems import FileProblem
from recon_xl.intake.settings import read_settings

TABLES = tuple(table.name for table in ALL_TABLES if table.importable)
"""Where a file may go: its header says which, so a press of the button reads them all."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import would change, and what it has to say about each file."""

    changeset: ChangeSet
    files: list[dict[str, object]]
    messages: list[str]
    problems: list[FileProblem]


def import_files(
    snapshot: Snapshot,
    files: Sequence[Path],
    *,
    now: datetime,
    as_table: str | None = None,
    period: str | None = None,
    replace: bool = False,
    locale: str | None = None,
    control_totals: Mapping[str, str] | None = None,
    sheet: str | None = None,
    progress: Callable[[str], None] = lambda step: None,
) -> ImportResult:
    """Read files into the tables they belong to; raises one error that lists every refusal.

    `sheet` names the sheet to take of a workbook, `*` means every one that fits.
    `control_totals` maps an invoice number (or `number currency`) to the vendor's total with tax.
    """
    request = checked(Request(_utc(now), as_table, period, replace, locale, control_totals or {}, sheet is not None))
    desk = Desk(snapshot, read_settings(snapshot), request)
    refusals: list[ReconError] = []
    entries: list[dict[str, object]] = []
    problems: list[FileProblem] = []
    for path in files:
        progress(f"Reading {path.name}")
        try:
            _import_file(desk, read_file(path, sheet=sheet), entries, problems)
        except ReconError as refusal:
            refusals.append(refusal)
    if refusals:
        raise _all_of(refusals)
    apply_controls(desk)
    return ImportResult(desk.change_set(), entries, desk.messages, problems)


def _utc(now: datetime) -> datetime:
    """The moment as the workbook holds it: UTC without saying so, whole seconds."""
    return (now.astimezone(UTC).replace(tzinfo=None) if now.tzinfo else now).replace(microsecond=0)


def _import_file(
    desk: Desk, sheets: list[FileSheet], entries: list[dict[str, object]], problems: list[FileProblem]
) -> None:
    """Every sheet of a file that is recognised; one that is not is named, and refused where it is the only one."""
    for sheet, recognition, known in recognised_sheets(desk, sheets):
        outcome, found = import_sheet(desk, sheet, recognition, known)
        entries.append(outcome.as_dict())
        problems += found


def _all_of(refusals: Sequence[ReconError]) -> ReconError:
    """One error for the first refusal, that lists the others."""
    first, *others = refusals
    if not others:
        return first
    also = "; ".join(f"{other.where}: {other.found} (expected {other.expected})" for other in others)
    return type(first)(
        where=first.where,
        found=f"{first.found}. Also refused: {also}",
        expected=first.expected,
        todo=f"{first.todo} Nothing was written.",
    )


def execute(call: Call) -> Reply:
    """Import the files chosen, as `recon-xl import` does without options; a warning where cells cannot be read."""
    if not call.files:
        raise InputError(
            where="Import files", found="no file", expected="one or more files", todo="Choose the files and try again."
        )
    result = import_files(call.snapshot, call.files, now=call.clock.now, progress=call.progress)
    lines = import_lines(result.files, result.messages, result.problems, most=5)
    data = {
        "files": result.files,
        "messages": result.messages,
        "problems": [asdict(problem) for problem in result.problems],
    }
    deed = import_deed(result.files, call.files)
    return Reply(result.changeset, "\n".join(lines), bool(result.problems), data, deed)


COMMAND = Command(
    id="import_files",
    label="Import files",
    group=Group.IMPORT,
    key_tip="I",
    screentip="Bring in vendor invoices, planned bills and counts",
    supertip="Choose one or more CSV or Excel files. Each is recognised by its header and goes to its own tab; "
    "the same file twice changes nothing, and other values for what is there are refused and listed.",
    icon="GetExternalDataFromText",
    execute=execute,
    reads=TABLES,
    writes=TABLES,
    asks=Asks.FILES,
    is_large=True,
    position=1,
)
