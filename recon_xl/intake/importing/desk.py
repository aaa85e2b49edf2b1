"""What one call of the import works with: the workbook's tables as they change, and what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from recon_xl.contract import ALL_TABLES, Settings, Table
from recon_xl.contract import table as contract_table
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.errors import ContractError, InputError
from recon_xl.core.snapshot import Snapshot
from recon_xl.intake.dates import month_of
from recon_xl.intake.importing.worktable import WorkTable
from recon_xl.intake.locales import LOCALES
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.recognise import forced_table


@dataclass(frozen=True, slots=True)
class Request:
    """What the caller asked for, checked."""

    now: datetime
    as_table: str | None = None
    period: str | None = None
    replace: bool = False
    locale: str | None = None
    control_totals: Mapping[str, str] = field(default_factory=dict)
    every_sheet: bool = False


def checked(request: Request) -> Request:
    """The request with its month as `YYYY-MM`; `InputError` for a table, month or locale that does not exist."""
    if request.as_table is not None:
        forced_table(request.as_table)
    if request.locale is not None and request.locale not in LOCALES:
        raise InputError(
            where="--locale",
            found=repr(request.locale),
            expected=f"one of {', '.join(LOCALES)}",
            todo="Choose one of these.",
        )
    try:
        month = month_of(request.period.strip(), "iso") if request.period else None
    except CellProblem as problem:
        raise InputError(
            where="--period", found=problem.found, expected=problem.expected, todo="Give the month as YYYY-MM."
        ) from None
    return replace(request, period=month)


class Desk:
    """The workbook as the files read so far have changed it."""

    def __init__(self, snapshot: Snapshot, settings: Settings, request: Request) -> None:
        self.snapshot = snapshot
        self.settings = settings
        self.request = request
        self.messages: list[str] = []
        self.new_sources: set[str] = set()
        self._tables: dict[str, WorkTable] = {}

    def table(self, name: str) -> WorkTable:
        """A table to work on; `ContractError` where the workbook has none of that name."""
        if name not in self._tables:
            raw = self.snapshot.tables.get(name)
            if raw is None:
                raise ContractError(
                    where=self.snapshot.book,
                    found=f"no table {name}",
                    expected=f"the table {name} on the tab {name}",
                    todo="Start from the template, or run upgrade to put the missing tables in.",
                )
            self._tables[name] = WorkTable(
                raw,
                contract_table(name),
                locale=self.settings.file_locale,
                date1904=self.snapshot.date1904,
                book=self.snapshot.book,
            )
        return self._tables[name]

    def source_columns(self) -> list[WorkTable]:
        """The tables that may name a source, as far as the workbook has them."""
        names = [table.name for table in ALL_TABLES if "Source" in table.column_names and table.name in _LINES]
        return [self.table(name) for name in names if name in self.snapshot.tables]

    def locale_of(self, declared: str | None) -> str:
        """The locale asked for, else the format's own, else the setting File Locale."""
        return self.request.locale or declared or self.settings.file_locale

    def is_locale_declared(self, declared: str | None) -> bool:
        """True where somebody has said how the files are written; the default of File Locale is nobody."""
        return bool(self.request.locale or declared or "file_locale" in self.settings.model_fields_set)

    def change_set(self) -> ChangeSet:
        """All edits, in tab order."""
        edits = [self._tables[table.name].edit() for table in ALL_TABLES if table.name in self._tables]
        return ChangeSet(tuple(edit for edit in edits if edit is not None))


_LINES = frozenset({"Sources", "Vendor Lines", "Daily Usage", "Billed Lines", "Counts"})


def same_table(one: Table, name: object) -> bool:
    """True where a cell of Sources names this table."""
    return str(name).casefold() == one.name.casefold()
