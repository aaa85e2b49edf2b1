"""Snapshot -> typed inputs: which tables a run reads, and what is said where one is absent."""

from __future__ import annotations

import hashlib
import re

from recon_xl.contract import ALL_TABLES, Group, table
from recon_xl.core.errors import ContractError
from recon_xl.core.snapshot import Snapshot
from recon_xl.engine.inputs import Inputs
from recon_xl.intake.problems import BadCell
from recon_xl.intake.settings import read_settings
from recon_xl.intake.typed import TypedTable, typed_table

READS: tuple[str, ...] = (
    "Settings", "Customers", "Products", "Agreements", "Purchase Orders", "Profiles", "Price Rules", "Sell Prices",
    "Price List", "Tax", "FX Rates", "Sources", "Vendor Lines", "Billed Lines", "Counts", "Subscriptions",
)  # fmt: skip
"""The inputs."""
WRITES: tuple[str, ...] = tuple(found.name for found in ALL_TABLES if found.group in (Group.RESULT, Group.DRAFT))
RUN_READS = (*READS, "Exceptions", "Run Log")
"""The inputs, and what a run carries over: your words on Exceptions, and earlier runs. Other results need their headers only."""


_SPELLED_OTHERWISE = re.compile(r"'(-?\d+\.\d*0|-?\d+(?:\.\d+)?[eE][-+]?\d+|-?\d+\.\d{9,}|-?0\.000\d+)'")
"""Numbers that a file may spell in another way than Excel, which opened it: `96.00` for 96, `1E-3` for 0.001, 17 digits for 15."""


def require_tables(snapshot: Snapshot, names: tuple[str, ...]) -> None:
    """ContractError naming every table that is not in the workbook."""
    missing = [name for name in names if name not in snapshot.tables]
    if missing:
        raise ContractError(
            where=snapshot.book,
            found="no table " + ", ".join(table(name).excel_name for name in missing),
            expected="the table on the tab " + ", ".join(f'"{name}"' for name in missing),
            todo="Put the tab back (recon-xl new makes a workbook that has them all) or undo the deletion.",
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
            table(name),
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
        raw = snapshot.tables[name]
        text = repr((raw.columns, [cells for _, cells in raw.rows]))
        digest.update(_SPELLED_OTHERWISE.sub(_in_15_digits, text).encode())
    return digest.hexdigest()


def _in_15_digits(number: re.Match[str]) -> str:
    return f"'{float(number[1]):.15g}'"


def _add_lost_amounts(billed: TypedTable) -> None:
    """A billed line needs an amount or a unit price: without both it is unreadable, never 0."""
    known = {problem.row for problem in billed.problems}
    pairs = zip(billed.row_numbers, billed.columns["Amount"], billed.columns["Unit Price"], strict=True)
    for row, amount, unit in pairs:
        if amount is None and unit is None and row not in known:
            expected = "an amount, or a unit price to multiply the quantity with"
            billed.problems.append(BadCell("Billed Lines", "Billed Lines", row, "Amount", "blank", expected, True))
