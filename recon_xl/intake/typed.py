"""A table of the workbook, typed: every row kept, every unreadable cell listed with its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recon_xl.contract import Column, Table
from recon_xl.core.rows import column_of, numbers_of
from recon_xl.core.snapshot import RawTable
from recon_xl.intake.headers import match_columns, require_columns
from recon_xl.intake.problems import BadCell, CellProblem
from recon_xl.intake.spans import backward_spans
from recon_xl.intake.values import Typed, parse_column

_MAY_BE_BLANK = frozenset({("Settings", "Value")})


@dataclass(frozen=True, slots=True)
class TypedTable:
    """Columns of values, one a contract column (all None where the workbook has no such column)."""

    name: str
    row_numbers: list[int]
    columns: dict[str, list[Typed]]
    problems: list[BadCell]

    def __len__(self) -> int:
        return len(self.row_numbers)


def typed_table(raw: RawTable, table: Table, *, locale: str, date1904: bool = False, book: str = "") -> TypedTable:
    """Read every contract column of a table; `ContractError` where a required column is absent.

    An unreadable cell, or a blank required one, is None in its column and listed in `problems`.
    """
    where = f"{book} > {raw.sheet}" if book else raw.sheet
    positions = match_columns(table.columns, raw.columns)
    require_columns(where, table, raw.columns, positions)
    numbers = list(numbers_of(raw.rows))
    columns: dict[str, list[Typed]] = {}
    problems: list[BadCell] = []
    for column in table.columns:
        position = positions.get(column.name)
        cells = [None] * len(numbers) if position is None else column_of(raw.rows, position)
        values, bad = parse_column(column, cells, locale, date1904=date1904)
        columns[column.name] = values
        bad += _blanks(table, column, values, bad)
        problems += [
            BadCell(
                table.name, raw.sheet, numbers[index], column.name, problem.found, problem.expected, column.required
            )
            for index, problem in bad
        ]
    for name, index, problem in backward_spans(columns):
        columns[name][index] = None
        problems.append(
            BadCell(
                table.name,
                raw.sheet,
                numbers[index],
                name,
                problem.found,
                problem.expected,
                table.column(name).required,
            )
        )
    problems.sort(key=lambda problem: problem.row)
    return TypedTable(table.name, numbers, columns, problems)


def missing_value(column: Column) -> CellProblem:
    """The problem of a blank cell in a required column."""
    return CellProblem("blank", f"{column.help[:1].lower()}{column.help[1:].rstrip('.')}")


def _blanks(
    table: Table, column: Column, values: Sequence[Typed], bad: Sequence[tuple[int, CellProblem]]
) -> list[tuple[int, CellProblem]]:
    if not column.required or (table.name, column.name) in _MAY_BE_BLANK:
        return []
    known = {index for index, _ in bad}
    problem = missing_value(column)
    return [(index, problem) for index, value in enumerate(values) if value is None and index not in known]
