"""The rows of a file, ready to be written: native values, and raw text where a cell could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from recon_xl.contract import Column, Kind, Table
from recon_xl.core.cells import Cell, DateText, Value
from recon_xl.core.rows import column_of, numbers_of
from recon_xl.intake.currencies import currency_columns, foreign_amounts
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.importing.ids import mend_ids
from recon_xl.intake.problems import CellProblem, FileProblem
from recon_xl.intake.recognise import Recognition
from recon_xl.intake.spans import backward_spans
from recon_xl.intake.texts import raw_text
from recon_xl.intake.typed import missing_value
from recon_xl.intake.values import date_as_text, parse_column


@dataclass(slots=True)
class FileRows:
    """Columns of written values by contract name, with the rows' numbers in the file."""

    table: Table
    row_numbers: list[int]
    columns: dict[str, list[Value]]
    problems: list[FileProblem]
    bad_cells: set[tuple[int, str]]
    notes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.row_numbers)

    def value(self, index: int, column: str) -> Value:
        """One value; None where the file has no such column."""
        values = self.columns.get(column)
        return values[index] if values is not None else None

    def contents(self, places: Sequence[int], names: Sequence[str]) -> list[tuple[Value, ...]]:
        """One tuple for each of some rows: what two rows are compared by."""
        blank: list[Value] = [None] * len(self)
        columns = [self.column_at(name, places) if name in self.columns else blank[: len(places)] for name in names]
        return list(zip(*columns, strict=True))

    def column_at(self, name: str, places: Sequence[int]) -> list[Value]:
        """A column that the file has, at some places in ascending order."""
        values = self.columns[name]
        return values if len(places) == len(values) else [values[place] for place in places]


def written_column(
    column: Column, cells: Sequence[Cell], locale: str, *, date1904: bool = False
) -> tuple[list[Value], list[tuple[int, CellProblem]]]:
    """Values as they are written into a sheet: Yes and No for flags, and the raw text of unreadable cells."""
    typed, bad = parse_column(column, cells, locale, date1904=date1904)
    values: list[Value] = list(typed)
    if column.kind is Kind.FLAG:
        values = [("Yes" if value else "No") if isinstance(value, bool) else value for value in typed]
    for index, _ in bad:
        values[index] = _kept(cells[index], date1904=date1904)
    return values, bad


def _kept(cell: Cell, *, date1904: bool) -> str:
    """The text of a cell that cannot be read: of a date the date, because its number would be an amount."""
    return date_as_text(cell, date1904=date1904) if isinstance(cell, DateText) else raw_text(cell)


def read_rows(sheet: FileSheet, recognition: Recognition, locale: str, base: str = "USD") -> FileRows:
    """Every row of a sheet in the columns of its table, and every cell that cannot be read.

    `base` is the currency that an amount with a shared sign (`$`) must be able to mean in a line without a currency.
    """
    rows = FileRows(recognition.table, list(numbers_of(sheet.rows)), {}, [], set())
    for column in recognition.table.columns:
        if column.name not in recognition.positions:
            continue
        position = recognition.positions[column.name]
        cells = column_of(sheet.rows, position)
        values, bad = written_column(column, cells, locale, date1904=sheet.date1904)
        note, damaged = mend_ids(sheet, recognition, column, cells, values)
        rows.notes += [note] if note else []
        known = {index for index, _ in bad}
        bad += [one for one in damaged if one[0] not in known]
        rows.columns[column.name] = values
        if column.required:
            blank = missing_value(column)
            bad += [(index, blank) for index, value in enumerate(values) if value is None]
        _add_problems(sheet, rows, column.name, position, bad)
    _check_currencies(sheet, recognition, rows, base)
    for name, index, problem in backward_spans(rows.columns):
        rows.bad_cells.add((index, name))
        rows.problems.append(_problem(sheet, recognition.positions[name], index, problem))
    rows.problems.sort(key=lambda problem: problem.row)
    return rows


def _check_currencies(sheet: FileSheet, recognition: Recognition, rows: FileRows, base: str) -> None:
    """Amounts of another currency than their line's are problems; a line without one takes its amount's."""
    for column in recognition.table.columns:
        names = [name for name in currency_columns(column) if name in recognition.table.column_names]
        if not names or column.name not in recognition.positions:
            continue
        position = recognition.positions[column.name]
        cells = column_of(sheet.rows, position)
        name = next((name for name in names if name in rows.columns), names[-1])
        currencies = rows.columns.get(name, [None] * len(rows))
        bad, told = foreign_amounts(cells, currencies, base)
        known = {index for index, other in rows.bad_cells if other == column.name}
        _add_problems(sheet, rows, column.name, position, [one for one in bad if one[0] not in known])
        told = {index: currency for index, currency in told.items() if index not in known}
        if told:
            rows.columns[name] = [told.get(index, currency) for index, currency in enumerate(currencies)]
            rows.notes.append(f"{sheet.where}: {len(told)} lines take their {name} from the sign beside {column.name}.")


def _add_problems(
    sheet: FileSheet, rows: FileRows, name: str, position: int, bad: Sequence[tuple[int, CellProblem]]
) -> None:
    for index, problem in bad:
        rows.bad_cells.add((index, name))
        rows.problems.append(_problem(sheet, position, index, problem))
        if not isinstance(rows.columns[name][index], str):
            rows.columns[name][index] = _kept(sheet.rows[index][1][position], date1904=sheet.date1904) or None


def _problem(sheet: FileSheet, position: int, index: int, problem: CellProblem) -> FileProblem:
    row = sheet.rows[index][0]
    return FileProblem(
        file=sheet.file,
        sheet=sheet.sheet,
        row=row,
        column=sheet.headers[position],
        address=sheet.address(row, position),
        found=problem.found,
        expected=problem.expected,
    )
