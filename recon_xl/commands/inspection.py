"""Looks into files without writing anything: what each is, how it is written, what it adds up to, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from recon_xl.contract import ALL_TABLES
from recon_xl.core.errors import ConflictError, ReconError
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.evidence import proofs
from recon_xl.intake.files import read_file
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.importing.desk import Desk, Request, checked
from recon_xl.intake.importing.lines import invoices_of
from recon_xl.intake.importing.register import Invoice, sum_up
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.importing.settings_rows import prepare_settings
from recon_xl.intake.importing.sheets import Recognised, import_sheet, read_sheet, recognised_sheets
from recon_xl.intake.problems import FileProblem
from recon_xl.intake.recognise import SET_BY_IMPORT, Recognition, is_line_table
from recon_xl.intake.settings import read_settings

READABLE, PROBLEMS, REFUSED = "readable", "problems", "refused"


@dataclass(frozen=True, slots=True)
class SheetReport:
    """One table of a file: what it is, and why it is taken for that."""

    sheet: FileSheet
    recognition: Recognition
    recognised_by: str
    locale: str
    locale_told_by: str
    evidence: list[str]
    rows: FileRows
    invoices: list[tuple[Invoice, str]]
    in_book: str | None
    messages: list[str]

    @property
    def matched(self) -> list[tuple[str, str]]:
        """Header of the file and column of the table, in the file's order."""
        by_place = sorted(self.recognition.positions.items(), key=lambda pair: pair[1])
        return [(self.sheet.headers[place], name) for name, place in by_place]

    @property
    def missing(self) -> list[str]:
        """Columns of the table that a file may bring and this one does not."""
        own = SET_BY_IMPORT | {"Line", "Period"} if is_line_table(self.recognition.table) else frozenset[str]()
        return [
            name
            for name in self.recognition.table.column_names
            if name not in self.recognition.positions and name not in own
        ]

    @property
    def problems(self) -> list[FileProblem]:
        """Cells that cannot be read."""
        return self.rows.problems


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: its tables, or why it cannot be read."""

    file: str
    sheets: list[SheetReport] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    error: ReconError | None = None

    @property
    def status(self) -> str:
        """`readable`, `problems` or `refused`."""
        if self.error is not None:
            return REFUSED
        return PROBLEMS if any(sheet.problems for sheet in self.sheets) else READABLE


def inspect_files(
    paths: Sequence[Path],
    *,
    now: datetime,
    book: Snapshot | None = None,
    as_table: str | None = None,
    locale: str | None = None,
    sheet: str | None = None,
    period: str | None = None,
) -> list[FileReport]:
    """A report on each file, in order; a file that cannot be read is a report too, and the others go on.

    `book` gives its File Locale and period, and what is in it already is said.
    """
    request = checked(Request(now, as_table, period, locale=locale, every_sheet=sheet is not None))
    return [_inspect(path, book, request, sheet) for path in paths]


def _inspect(path: Path, book: Snapshot | None, request: Request, wanted: str | None) -> FileReport:
    snapshot = book or _blank_book()
    desk = Desk(snapshot, read_settings(snapshot), request)
    try:
        found = recognised_sheets(desk, read_file(path, sheet=wanted))
        messages, desk.messages = desk.messages, []
        return FileReport(path.name, [_report(desk, one, has_book=book is not None) for one in found], messages)
    except ReconError as error:
        return FileReport(path.name, error=error)


def _report(desk: Desk, found: Recognised, *, has_book: bool) -> SheetReport:
    sheet, recognition, _ = found
    kept, rows, locale = read_sheet(desk, sheet, recognition)
    if recognition.table.name == "Settings":
        prepare_settings(kept, recognition, rows, locale)
    messages, desk.messages = [*desk.messages, *rows.notes], []
    if is_line_table(recognition.table):
        invoices = invoices_of(desk, rows)
    else:
        invoices = [(sum_up(rows, range(len(rows)), invoice=None, period=None), "")]
    told_by = _told_by(desk, recognition, locale)
    evidence = proofs(kept, recognition, locale)
    in_book = _in_book(desk, found) if has_book else None
    by = "--as" if desk.request.as_table and recognition.format is None else "header"
    return SheetReport(kept, recognition, by, locale, told_by, evidence, rows, invoices, in_book, messages)


def _told_by(desk: Desk, recognition: Recognition, locale: str) -> str:
    """Who says how the file writes amounts and dates."""
    declared = recognition.format.locale if recognition.format else None
    if desk.request.locale:
        return "--locale"
    if declared:
        return "the vendor's format"
    if "file_locale" in desk.settings.model_fields_set:
        return "File Locale of the workbook"
    return "its own cells" if locale != desk.settings.file_locale else "the default of File Locale"


def _in_book(desk: Desk, found: Recognised) -> str:
    """What an import would make of a sheet; tried in memory, nothing is written."""
    sheet, recognition, known = found
    try:
        outcome, _ = import_sheet(desk, sheet, recognition, known)
    except ConflictError as conflict:
        return f"{conflict.found}. {conflict.todo}"
    if outcome.status == "unchanged":
        return f"there already, as {', '.join(outcome.sources)}"
    counts = f"{outcome.inserted} rows new, {outcome.updated} changed, {outcome.unchanged} as they are"
    return f"not there yet: {counts}" if outcome.status == "added" else f"{outcome.status}: {counts}"


def _blank_book() -> Snapshot:
    """A workbook with every table and no row, for files that are looked at alone."""
    tables = {one.name: RawTable(one.name, one.sheet, one.column_names, ()) for one in ALL_TABLES}
    return Snapshot("no workbook", tables, tuple(tables))
