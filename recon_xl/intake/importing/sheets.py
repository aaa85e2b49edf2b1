"""One sheet of a file: recognised, read, and put where it belongs."""

from __future__ import annotations

from recon_xl.contract import Kind
from recon_xl.contract.model import NUMERIC
from recon_xl.core.cells import Value
from recon_xl.core.errors import InputError
from recon_xl.intake.currencies import IN_CURRENCY, NEEDS_CURRENCY
from recon_xl.intake.evidence import settled_locale
from recon_xl.intake.filekind import empty_file
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.importing.desk import Desk
from recon_xl.intake.importing.lines import add_lines
from recon_xl.intake.importing.register import SOURCES, Outcome, find_sources, stated
from recon_xl.intake.importing.rows import FileRows, read_rows
from recon_xl.intake.importing.settings_rows import prepare_settings
from recon_xl.intake.importing.upsert import upsert
from recon_xl.intake.problems import FileProblem
from recon_xl.intake.recognise import Recognition, is_line_table, recognise
from recon_xl.intake.sumrows import without_totals
from recon_xl.intake.values import parse_column

_READ_BY_LOCALE = NUMERIC | {Kind.DATE, Kind.TIME, Kind.MONTH}
Recognised = tuple[FileSheet, Recognition, list[int]]


def recognised_sheets(desk: Desk, sheets: list[FileSheet]) -> list[Recognised]:
    """The sheets that belong somewhere, with the rows of Sources that hold this very file already."""
    found: list[Recognised] = []
    refusals: list[InputError] = []
    for sheet in sheets:
        desk.messages.extend(sheet.notes)
        try:
            recognition = recognise(sheet, desk.request.as_table)
        except InputError as refusal:
            refusals.append(refusal)
            continue
        found.append((sheet, recognition, _sources_of(desk, sheet, recognition)))
    if refusals and not found:
        raise _none_fits(sheets, refusals[0])
    if not desk.request.every_sheet:
        _refuse_twin_sheets(found)
    desk.messages.extend(f"{refusal.where}: not imported, {refusal.expected}." for refusal in refusals)
    return found


def _none_fits(sheets: list[FileSheet], first: InputError) -> InputError:
    """The refusal of the first sheet, with the sheets that were not read."""
    unread = [note for sheet in sheets for note in sheet.notes if "hidden sheets" in note]
    if unread:
        told = {**first.as_dict(), "found": f"{first.found}; {unread[0].partition(': ')[2].rstrip('.')}"}
        return InputError(**{**told, "todo": f"{first.todo} A hidden sheet is read where it is named: --sheet NAME."})
    return first


def _refuse_twin_sheets(found: list[Recognised]) -> None:
    """`InputError` where two sheets of a file go to one table: which one is the month's would be a guess."""
    by_table: dict[str, list[FileSheet]] = {}
    for sheet, recognition, _ in found:
        by_table.setdefault(recognition.table.name, []).append(sheet)
    for table, sheets in by_table.items():
        if len(sheets) > 1:
            names = ", ".join(str(sheet.sheet) for sheet in sheets)
            raise InputError(
                where=sheets[0].file,
                found=f"{len(sheets)} sheets that fit {table}: {names}",
                expected="one of them, or the word that all are meant",
                todo=f'Leave one of them in the file, or name it: --sheet "{sheets[0].sheet}"; all of them: --sheet "*".',
            )


def import_sheet(
    desk: Desk, sheet: FileSheet, recognition: Recognition, known: list[int]
) -> tuple[Outcome, list[FileProblem]]:
    """Put one sheet into its table; the very same file again changes nothing."""
    if known and not _must_load_again(desk, recognition, known):
        return _unchanged(desk, sheet, recognition, known), []
    if recognition.unknown_headers:
        desk.messages.append(f"{sheet.where}: columns not imported: {', '.join(recognition.unknown_headers)}.")
    sheet, rows, locale = read_sheet(desk, sheet, recognition)
    if recognition.table.name == "Settings":
        prepare_settings(sheet, recognition, rows, locale)
    desk.messages += rows.notes
    if is_line_table(recognition.table):
        outcome = add_lines(desk, sheet, recognition, rows, known)
    else:
        outcome = upsert(desk, sheet, recognition, rows)
    outcome.problems = [problem.as_dict() for problem in rows.problems]
    _say_absent_columns(desk, sheet, rows)
    return outcome, rows.problems


def read_sheet(desk: Desk, sheet: FileSheet, recognition: Recognition) -> tuple[FileSheet, FileRows, str]:
    """The rows of a sheet without its totals rows, and the locale they were read in; what was decided is a message.

    `InputError` where the sheet cannot be read without guessing.
    """
    declared = recognition.format.locale if recognition.format else None
    locale, note = settled_locale(
        sheet, recognition, desk.locale_of(declared), is_declared=desk.is_locale_declared(declared)
    )
    desk.messages += [note] if note else []
    base = desk.settings.base_currency
    rows = read_rows(sheet, recognition, locale, base)
    kept, notes = without_totals(sheet, rows)
    if notes:
        desk.messages += notes
        if not kept.rows:
            raise empty_file(sheet.where, "a header and totals only")
        sheet, rows = kept, read_rows(kept, recognition, locale, base)
    if is_line_table(recognition.table):
        _refuse_readable(desk, sheet, recognition, rows, locale)
    return sheet, rows, locale


def _refuse_readable(desk: Desk, sheet: FileSheet, recognition: Recognition, rows: FileRows, locale: str) -> None:
    """`InputError` for a cell that is refused here, but would be read once it stands in the workbook.

    The workbook is read in its File Locale: `12,50`, no amount in this file, would be one there.
    """
    places = {number: index for index, number in enumerate(rows.row_numbers)}
    by_position = {position: name for name, position in recognition.positions.items()}
    for problem in rows.problems:
        name = by_position[sheet.headers.index(problem.column)] if problem.column in sheet.headers else ""
        column = next((one for one in rows.table.columns if one.name == name), None)
        if column is None or column.kind not in _READ_BY_LOCALE:
            continue
        value = rows.columns[name][places[problem.row]]
        # A date that ends before its start stays a date; the run finds it as this import did.
        if isinstance(value, str) and not parse_column(column, [value], desk.settings.file_locale)[1]:
            raise InputError(
                where=problem.where,
                found=problem.found,
                expected=problem.expected,
                todo=_todo(problem, locale),
            )


def _todo(problem: FileProblem, locale: str) -> str:
    if problem.expected.startswith((IN_CURRENCY, NEEDS_CURRENCY)):
        return "Correct the cell: the amount, or the currency of its line."
    return f"Correct the cell; or say how the file writes amounts and dates: --locale (it was read as {locale})."


def _sources_of(desk: Desk, sheet: FileSheet, recognition: Recognition) -> list[int]:
    """The rows of Sources that hold this very sheet, whatever the file was called."""
    files = desk.table(SOURCES).column("File")
    same_content = find_sources(desk, recognition.table, {"Hash": sheet.digest})
    return [place for place in same_content if str(files[place] or "").partition(" > ")[2] == (sheet.sheet or "")]


def _must_load_again(desk: Desk, recognition: Recognition, known: list[int]) -> bool:
    """True where `--replace` was given: another month or locale may be asked for. Once a call is enough."""
    if not is_line_table(recognition.table):
        return desk.request.replace
    ids = desk.table(SOURCES).column("Source")
    return desk.request.replace and not all(ids[place] in desk.new_sources for place in known)


def _rows_there(desk: Desk, recognition: Recognition, known: list[int]) -> tuple[int, int]:
    """How many rows of some sources are in the table, and how many were imported."""
    sources = desk.table(SOURCES)
    ids, counts = sources.column("Source"), sources.column("Rows")
    lines = desk.table(recognition.table.name)
    of_line = lines.column("Source")
    wanted: set[Value] = {ids[place] for place in known}
    there = sum(1 for place in lines.places() if of_line[place] in wanted)
    return there, sum(count for place in known if isinstance(count := counts[place], int))


def _unchanged(desk: Desk, sheet: FileSheet, recognition: Recognition, known: list[int]) -> Outcome:
    outcome = Outcome(sheet, recognition, "unchanged", len(sheet.rows), unchanged=len(sheet.rows))
    outcome.invoices, outcome.sources = stated(desk, known)
    desk.messages.append(f"{sheet.where}: already imported as {', '.join(outcome.sources)}; nothing changed.")
    if is_line_table(recognition.table):
        there, once = _rows_there(desk, recognition, known)
        if once:
            outcome.rows_read = outcome.unchanged = once  # totals rows of the file are none
        if there != once:
            desk.messages.append(
                f"{sheet.where}: {there} of its {once} rows are in {recognition.table.name}; "
                "import it with --replace to load it again."
            )
    return outcome


def _say_absent_columns(desk: Desk, sheet: FileSheet, rows: FileRows) -> None:
    """Columns that the file brings and the workbook's table has lost."""
    there = desk.table(rows.table.name).columns
    absent = [name for name in rows.columns if name not in there]
    if absent:
        desk.messages.append(f"{sheet.where}: {rows.table.name} has no column {', '.join(absent)}; not imported.")
