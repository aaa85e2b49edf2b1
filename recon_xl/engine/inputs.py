"""What one run works on: the settings and every input table, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from recon_xl.contract import Settings
from recon_xl.intake.problems import BadCell
from recon_xl.intake.typed import TypedTable


@dataclass(frozen=True, slots=True)
class Inputs:
    """Typed input tables by contract name; a table that is present but empty has no rows."""

    settings: Settings
    tables: Mapping[str, TypedTable]
    _records: dict[str, list[dict[str, Any]]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return len(self.tables[table].row_numbers)

    def column(self, table: str, column: str) -> list[Any]:
        """All values of a column; None for every row where the workbook does not have the column."""
        typed = self.tables[table]
        return typed.columns.get(column) or [None] * len(typed.row_numbers)

    def records(self, table: str) -> list[dict[str, Any]]:
        """The rows of a (small) table as dictionaries by contract column: made once, for all to read."""
        if table not in self._records:
            columns = self.tables[table].columns
            rows = zip(*columns.values(), strict=True)
            self._records[table] = [dict(zip(columns, row, strict=True)) for row in rows]
        return self._records[table]

    def problems(self) -> list[BadCell]:
        """Every cell that could not be read, in all tables."""
        return [problem for typed in self.tables.values() for problem in typed.problems]

    def bad_rows(self, table: str) -> frozenset[int]:
        """Sheet rows of a table with a cell that could not be read."""
        return frozenset(problem.row for problem in self.tables[table].problems)
