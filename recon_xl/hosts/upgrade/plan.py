"""What a workbook lacks of the scaffolding, and what of the user's has a name that ours need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from recon_xl.contract import EVERY_TABLE, Table, setting_fields
from recon_xl.contract.mapping import SETTINGS
from recon_xl.core.cells import Cell
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.book import Book, TableInfo

TOP_ROWS = 15
"""Rows by which a tab without a table is known."""
SETTING = SETTINGS.key[0]
SETTING_TITLES = tuple(setting["setting"] for setting in setting_fields())

Tops = Mapping[str, Mapping[tuple[int, int], Cell]]
"""Tab -> (row, column) -> cell, of the first rows."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be added, by name; empty where the workbook has everything."""

    is_ours: bool
    """True where the workbook holds a table of recon-xl's already."""
    sheets: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settings: tuple[str, ...] = ()


def planned(theirs: Book, ours: Book, tops: Tops, our_tops: Tops, settings: frozenset[str], where: str) -> Plan:
    """Compare a workbook with the template (`ours`); `settings` are those it has. WorkbookError lists every clash."""
    tables = {name.casefold(): info for name, info in theirs.tables.items()}
    found = {table.name: info for table in EVERY_TABLE if (info := tables.get(table.excel_name.casefold()))}
    mine = {table.name for table in EVERY_TABLE if table.name in found and _is_ours(table, found[table.name])}
    there = {name for name, on_it in _tabs(ours).items() if (on_it & mine if on_it else _alike(name, tops, our_tops))}
    missing = tuple(sheet.name for sheet in ours.sheets if sheet.name not in there)
    names = _missing_names(theirs, ours)
    clashes = [
        *(f"a table {found[name].name} on the tab {found[name].sheet}" for name in found if name not in mine),
        *(f"a tab {name}" for name in theirs.sheet_names if name.casefold() in _folded(missing)),
        *_name_clashes(theirs, ours, is_ours=bool(mine)),
        *_table_name_clashes(theirs, missing, ours),
    ]
    _refuse(where, clashes)
    columns = {
        table.name: lacking for table in EVERY_TABLE if table.name in mine if (lacking := _lacking(table, found))
    }
    rows = tuple(name for name in SETTING_TITLES if name.casefold() not in settings) if SETTINGS.name in mine else ()
    plan = Plan(bool(mine), missing, names, columns, rows)
    _refuse_renamed(where, plan, {name: found[name].sheet for name in mine})
    return plan


def _is_ours(table: Table, info: TableInfo) -> bool:
    """A table of ours has its key columns and at least half of all its columns, by their very names."""
    there = _folded(info.columns)
    known = [name for name in table.column_names if name.casefold() in there]
    return all(name.casefold() in there for name in table.key) and 2 * len(known) >= len(table.columns)


def _tabs(ours: Book) -> dict[str, set[str]]:
    """Our tab -> the contract tables on it; none on Start and on the hidden tabs."""
    on_it: dict[str, set[str]] = {sheet.name: set() for sheet in ours.sheets}
    for table in EVERY_TABLE:
        on_it[ours.tables[table.excel_name].sheet].add(table.name)
    return on_it


def _alike(name: str, tops: Tops, our_tops: Tops) -> bool:
    """True where at least half of the words at the top of our tab stand at the same place of theirs."""
    words = {place: cell for place, cell in our_tops.get(name, {}).items() if isinstance(cell, str) and cell}
    same = [place for place, cell in words.items() if tops.get(name, {}).get(place) == cell]
    return name in tops and 2 * len(same) >= len(words)


def _missing_names(theirs: Book, ours: Book) -> tuple[str, ...]:
    there = {name.name.casefold() for name in theirs.defined_names if name.sheet_index is None}
    return tuple(n.name for n in ours.defined_names if n.sheet_index is None and n.name.casefold() not in there)


def _name_clashes(theirs: Book, ours: Book, *, is_ours: bool) -> Iterator[str]:
    """A name of the user's own that ours need; in a workbook of ours the name is ours, whatever it refers to now."""
    wanted = {name.name.casefold(): name.text for name in ours.defined_names if name.sheet_index is None}
    for name in theirs.defined_names:
        text = wanted.get(name.name.casefold())
        if not is_ours and text is not None and name.sheet_index is None and name.text != text:
            yield f"a name {name.name}, which means {name.text}"
    for table in theirs.tables:
        if table.casefold() in wanted:
            yield f"a table {table}"


def _table_name_clashes(theirs: Book, missing: tuple[str, ...], ours: Book) -> Iterator[str]:
    """A table cannot have the name of a defined name, whichever sheet that belongs to."""
    wanted = {info.name.casefold() for info in ours.tables.values() if info.sheet in missing}
    return (f"a name {n.name}, which means {n.text}" for n in theirs.defined_names if n.name.casefold() in wanted)


def _lacking(table: Table, found: Mapping[str, TableInfo]) -> tuple[str, ...]:
    matched = table.match_headers(list(found[table.name].columns))
    return tuple(name for name in table.column_names if name not in matched)


def _refuse(where: str, clashes: list[str]) -> None:
    if clashes:
        raise WorkbookError(
            where=where,
            found=f"names that recon-xl needs: {'; '.join(dict.fromkeys(clashes))}",
            expected="these names free, because nothing of yours is ever overwritten",
            todo="Rename them in Excel (tabs: double-click; tables: Table Design; names: Formulas > Name Manager), "
            "or begin a workbook of its own with recon-xl new.",
        )


def _refuse_renamed(where: str, plan: Plan, sheets: Mapping[str, str]) -> None:
    """What is added refers to tabs by the names they were made with."""
    moved = [f"{name} is called {sheet} now" for name, sheet in sheets.items() if name != sheet]
    if moved and (plan.sheets or plan.names):
        raise WorkbookError(
            where=where,
            found=f"renamed tabs: {'; '.join(moved)}",
            expected="the names they were made with, because what is added refers to them",
            todo="Rename these tabs back, upgrade, and rename them again.",
        )


def _folded(names: tuple[str, ...]) -> set[str]:
    return {name.casefold() for name in names}
