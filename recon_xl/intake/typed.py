"""A table of the workbook, typed: every row kept, every unreadable cell listed with its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from recon_xl.contract import Column, Table
from recon_xl.core.cells import Cell
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
    numbers = [number for number, _ in raw.rows]
    cells = _by_column([cells for _, cells in raw.rows], len(raw.columns))
    columns: dict[str, list[Typed]] = {}
    problems: list[BadCell] = []
    for column in table.columns:
        values, bad = _column(column, cells, len(numbers), positions, locale, date1904)
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


def _by_column(rows: Sequence[Sequence[Cell]], width: int) -> list[Sequence[Cell]]:
    """The columns of these rows; a row that ends early is blank from there on."""
    if all(len(row) >= width for row in rows):
        return list(zip(*rows, strict=False))
    return list(zip_longest(*rows))


def _column(
    column: Column,
    cells: Sequence[Sequence[Cell]],
    rows: int,
    positions: Mapping[str, int],
    locale: str,
    date1904: bool,
) -> tuple[list[Typed], list[tuple[int, CellProblem]]]:
    position = positions.get(column.name)
    if position is None or position >= len(cells):
        return [None] * rows, []
    return parse_column(column, cells[position], locale, date1904=date1904)


def _blanks(
    table: Table, column: Column, values: Sequence[Typed], bad: Sequence[tuple[int, CellProblem]]
) -> list[tuple[int, CellProblem]]:
    if not column.required or (table.name, column.name) in _MAY_BE_BLANK:
        return []
    known = {index for index, _ in bad}
    problem = missing_value(column)
    return [(index, problem) for index, value in enumerate(values) if value is None and index not in known]
