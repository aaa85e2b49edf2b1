"""Snapshot -> typed inputs: which tables a run reads, and what is said where one is absent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from recon_xl.contract import ALL_TABLES, Group, Table, normalise_header, table
from recon_xl.core.cells import Cell
from recon_xl.core.errors import ContractError
from recon_xl.core.repeated import Repeated, distinct_of
from recon_xl.core.rows import column_of
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.core.terminal import quoted
from recon_xl.engine.inputs import Inputs
from recon_xl.intake.problems import BadCell
from recon_xl.intake.settings import read_settings
from recon_xl.intake.typed import TypedTable, typed_table

READS: tuple[str, ...] = (
    "Settings", "Customers", "Products", "Agreements", "Purchase Orders", "Profiles", "Price Rules", "Sell Prices",
    "Price List", "Tax", "FX Rates", "Sources", "Vendor Lines", "Billed Lines", "Counts", "Subscriptions",
    "Daily Usage", "Usage History",
)  # fmt: skip
"""The inputs."""
ONLY: dict[str, frozenset[str]] = {
    "Daily Usage": frozenset({
        "Line", "Source", "Source Row", "Period", "Customer Id", "Customer Name", "Invoice Number", "Product Id", "Sku Id",
        "Subscription Id", "Usage Date", "Meter Category", "Charge Type", "Unit Price", "Quantity", "Billing Pre Tax Total",
        "Billing Currency", "PC To BC Exchange Rate", "Entitlement Id", "Entitlement Description",
        "Partner Earned Credit Percentage", "Credit Percentage", "Credit Type", "Benefit Type",
    }),
}  # fmt: skip
"""Large tables of which a run needs some columns only: the others are neither typed nor part of the digest."""
WRITES: tuple[str, ...] = tuple(found.name for found in ALL_TABLES if found.group in (Group.RESULT, Group.DRAFT))
RUN_READS = (*READS, "Exceptions", "Run Log")
"""The inputs, and what a run carries over: your words on Exceptions, and earlier runs. Other results need their headers only."""


_SPELLED_OTHERWISE = re.compile(
    r"-?[0-9]++(?:\.(?:[0-9]*0|[0-9]{9,})|(?:\.[0-9]++)?[eE][-+]?[0-9]++)|-?0\.000[0-9]++"
).fullmatch
"""Numbers that a file may spell in another way than Excel, which opened it: `96.00` for 96, `1E-3` for 0.001, 17 digits for 15."""
_NAMED = 5
"""Tables that are named where the workbook has none of them."""
_BETWEEN, _NO_TEXT = "\x1f", "\x1e"
"""Characters that no text has, or hardly any."""


def require_tables(snapshot: Snapshot, names: tuple[str, ...]) -> None:
    """ContractError naming every table that is not in the workbook."""
    missing = [name for name in names if name not in snapshot.tables]
    if missing:
        some, more = missing[:_NAMED], f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        raise ContractError(
            where=snapshot.book,
            found="no table " + ", ".join(table(name).excel_name for name in some) + more,
            expected="the table on the tab " + ", ".join(f'"{name}"' for name in some) + more,
            todo=f"Undo the deletion, or add what is missing: recon-xl upgrade {quoted(snapshot.book)} "
            "(recon-xl new makes a workbook that has all tabs).",
        )


def read_inputs(snapshot: Snapshot) -> Inputs:
    """Settings and every input table of a run. ContractError where a table, column or setting is absent."""
    require_tables(snapshot, (*READS, *WRITES))
    settings = read_settings(snapshot)
    if not settings.period:
        raise ContractError(
            where=f"{snapshot.book} > Settings > Period",
            found="blank",
            expected="the month being closed, as YYYY-MM",
            todo="Type the month into the Value of Period on Settings.",
        )
    tables = {
        name: typed_table(
            snapshot.tables[name],
            _asked(name),
            locale=settings.file_locale,
            date1904=snapshot.date1904,
            book=snapshot.book,
        )
        for name in READS
    }
    _add_lost_amounts(tables["Billed Lines"])
    return Inputs(settings, tables)


def input_digest(snapshot: Snapshot) -> str:
    """SHA-256 of every cell that a run reads: the same inputs give the same digest, whatever was written since."""
    digest = hashlib.sha256()
    for name in READS:
        for text in _spelled(snapshot.tables[name]):
            digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _asked(name: str) -> Table:
    """The table as a run reads it."""
    declared = table(name)
    if name not in ONLY:
        return declared
    return declared.model_copy(update={"columns": tuple(one for one in declared.columns if one.name in ONLY[name])})


def _spelled(raw: RawTable) -> Iterator[str]:
    """Headers and cells that a run reads of a table, a column at a time; its own columns, where it reads some only."""
    places: Iterable[int] = range(len(raw.columns))
    if raw.name in ONLY:
        asked = {
            normalise_header(name) for column in _asked(raw.name).columns for name in (column.name, *column.aliases)
        }
        places = [place for place in places if normalise_header(raw.columns[place]) in asked]
    for place in places:
        yield repr((raw.name, raw.columns[place], len(raw.rows)))
        yield _column_text(column_of(raw.rows, place))


def _column_text(cells: Sequence[Cell]) -> str:
    """The cells of a column as one text, that of no other column; each distinct one is looked at once."""
    distinct = {*distinct_of(cells)}
    no_text = distinct & {None, True, False}
    texts = cast("set[str]", distinct - no_text)
    spelled: dict[Cell, str] = {cell: f"{_NO_TEXT}{cell}" for cell in no_text}
    for number in filter(_SPELLED_OTHERWISE, texts):
        spelled[number] = f"{float(number):.15g}"
    found = cast("Sequence[str]", _by_row(cells, spelled) if spelled or isinstance(cells, Repeated) else cells)
    all_texts = "".join(texts)
    is_clear = len(cells) > 0 and _BETWEEN not in all_texts and _NO_TEXT not in all_texts
    return _BETWEEN.join(found) if is_clear else repr(list(found))


def _by_row(cells: Sequence[Cell], spelled: dict[Cell, str]) -> list[Cell]:
    """The cells in order, some of them spelled otherwise."""
    if isinstance(cells, Repeated):
        return cells.spread([spelled.get(cell, cell) for cell in cells.distinct])
    return list(map(spelled.get, cells, cells))


def _add_lost_amounts(billed: TypedTable) -> None:
    """A billed line needs an amount or a unit price: without both it is unreadable, never 0."""
    known = {problem.row for problem in billed.problems}
    pairs = zip(billed.row_numbers, billed.columns["Amount"], billed.columns["Unit Price"], strict=True)
    for row, amount, unit in pairs:
        if amount is None and unit is None and row not in known:
            expected = "an amount, or a unit price to multiply the quantity with"
            billed.problems.append(BadCell("Billed Lines", "Billed Lines", row, "Amount", "blank", expected, True))
