"""What a file is: a vendor's format by its header, else the one contract table that its headers name."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from recon_xl.contract import ALL_TABLES, Table, normalise_header
from recon_xl.contract import table as contract_table
from recon_xl.core.errors import InputError
from recon_xl.core.repeated import distinct_of
from recon_xl.core.rows import column_of
from recon_xl.intake.billed_amount import billed_positions
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.formats import Format, all_formats
from recon_xl.intake.headers import match_columns, refuse_twins
from recon_xl.intake.lookalikes import refuse_lookalikes

SET_BY_IMPORT = frozenset({"Source", "Source Row"})
"""Columns of a table of lines that only the import fills, whatever a file says."""

_IMPORTABLE = tuple(table for table in ALL_TABLES if table.importable)
_KNOWN = frozenset(name for table in _IMPORTABLE for column in table.columns for name in column.answers_to())


@dataclass(frozen=True, slots=True)
class Recognition:
    """The table that a sheet goes to, its vendor format if it has one, and where each column stands."""

    table: Table
    format: Format | None
    positions: dict[str, int]
    unknown_headers: tuple[str, ...]

    @property
    def format_name(self) -> str:
        """As on Sources: the vendor format, or the contract table."""
        return self.format.name if self.format else self.table.name


@dataclass(frozen=True, slots=True)
class _Candidate:
    table: Table
    positions: dict[str, int]
    exact: int
    missing: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int, float]:
        """Most headers, then most of them by the contract's own name, then the larger share of the table."""
        return len(self.positions), self.exact, len(self.positions) / len(self.table.columns)


def recognise(sheet: FileSheet, forced: str | None = None) -> Recognition:
    """Where a sheet belongs; `InputError` naming the nearest table, or the two that fit alike."""
    refuse_lookalikes(sheet.where, sheet.headers, _KNOWN)
    vendor = next((found for found in all_formats() if found.recognises(sheet.headers)), None)
    if vendor is not None and (forced is None or forced_table(forced).name == vendor.table):
        return _recognition(sheet, contract_table(vendor.table), vendor.columns(sheet.headers), vendor)
    if forced is not None:
        candidate = _candidate(forced_table(forced), sheet.headers)
        if candidate.missing:
            raise _missing(sheet, candidate)
        return _recognition(sheet, candidate.table, candidate.positions, None)
    best = _best(sheet)
    return _recognition(sheet, best.table, best.positions, None)


def forced_table(name: str) -> Table:
    """The importable table of a name as typed; `InputError` with the nearest one."""
    by_name = {normalise_header(table.name): table for table in _IMPORTABLE}
    if normalise_header(name) in by_name:
        return by_name[normalise_header(name)]
    near = get_close_matches(normalise_header(name), by_name, n=1, cutoff=0.5)
    names = ", ".join(table.name for table in _IMPORTABLE)
    raise InputError(
        where="--as",
        found=repr(name),
        expected=f"a table that takes imports: {names}",
        todo=f"Did you mean {by_name[near[0]].name}?" if near else "Choose one of these tables.",
    )


def is_line_table(table: Table) -> bool:
    """True for tables of lines, which keep every row of a source; the others are upserts by key."""
    return set(table.column_names) >= SET_BY_IMPORT and "Line" in table.key


def _best(sheet: FileSheet) -> _Candidate:
    _refuse_results(sheet)
    candidates = sorted((_candidate(table, sheet.headers) for table in _IMPORTABLE), key=lambda one: one.rank)
    nearest = candidates[-1]
    complete = [one for one in candidates if not one.missing and one.positions]
    if not complete:
        raise _missing(sheet, nearest)
    best = complete[-1]
    named = sum(1 for header in sheet.headers if header)
    if nearest.missing and len(nearest.positions) > len(best.positions) and 2 * len(best.positions) < named:
        raise _missing(sheet, nearest)  # a table that needs little must not swallow another one's damaged file
    if len(complete) > 1 and complete[-2].rank == best.rank:
        raise _tied(sheet, complete[-2].table, best.table)
    return best


def _refuse_results(sheet: FileSheet) -> None:
    """What a run writes is never read back as a source, though drafts look like billed lines."""
    names = {normalise_header(header) for header in sheet.headers}
    for table in ALL_TABLES:
        if not table.importable and {normalise_header(name) for name in table.column_names} <= names:
            raise InputError(
                where=sheet.where,
                found=f"the result table {table.name}",
                expected="a vendor's file, billed lines, counts or a mapping table",
                todo="Import the source itself.",
            )


def _candidate(table: Table, headers: list[str]) -> _Candidate:
    taken = {"Period", "Line"} if table.name in {"Vendor Lines", "Daily Usage", "Counts"} else set()
    free = SET_BY_IMPORT | taken if is_line_table(table) else frozenset[str]()
    columns = [column for column in table.columns if column.name not in free]
    positions = match_columns(columns, headers)
    names = {normalise_header(header) for header in headers}
    exact = sum(1 for name in positions if normalise_header(name) in names)
    missing = tuple(column.name for column in columns if column.required and column.name not in positions)
    return _Candidate(table, positions, exact, missing)


def _recognition(sheet: FileSheet, table: Table, positions: dict[str, int], vendor: Format | None) -> Recognition:
    refuse_twins(sheet.where, sheet.headers, positions)
    if table.name == "Billed Lines":
        positions = billed_positions(sheet, positions)
    used = set(positions.values())
    unknown = tuple(
        header or f"column {position + 1} (no header)"
        for position, header in enumerate(sheet.headers)
        if position not in used and (header or _has_content(sheet, position))
    )
    return Recognition(table, vendor, positions, unknown)


def _has_content(sheet: FileSheet, position: int) -> bool:
    return not {None, ""}.issuperset(distinct_of(column_of(sheet.rows, position)))


def _missing(sheet: FileSheet, nearest: _Candidate) -> InputError:
    shown = ", ".join(header for header in sheet.headers[:12] if header)
    return InputError(
        where=sheet.where,
        found=f"the headers {shown or 'none'}{', ...' if len(sheet.headers) > 12 else ''}",
        expected="the headers of one table: " + _nearest_words(nearest),
        todo="Rename the headers to the table's own names, or name the table with --as.",
    )


def _nearest_words(nearest: _Candidate) -> str:
    if not nearest.positions:
        return "none of these is known"
    return f"nearest is {nearest.table.name}, which also needs {', '.join(nearest.missing)}"


def _tied(sheet: FileSheet, one: Table, other: Table) -> InputError:
    return InputError(
        where=sheet.where,
        found=f"headers that fit {one.name} and {other.name} alike",
        expected="headers of one table",
        todo=f'Say which one is meant: --as "{one.name}" or --as "{other.name}".',
    )
