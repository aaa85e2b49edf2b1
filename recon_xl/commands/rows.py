"""A table of the snapshot row by row, as the commands of Review look at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from recon_xl.commands.reading import require_tables
from recon_xl.contract import table
from recon_xl.contract.layout import column_letter
from recon_xl.core.cells import Cell, ErrorText
from recon_xl.core.errors import ContractError
from recon_xl.core.money import EXACT, ZERO, money_text
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.core.terminal import quoted
from recon_xl.intake.headers import match_columns, require_columns
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.texts import raw_text, strip_text
from recon_xl.intake.values import parse_cell
from recon_xl.report.json_report import amount_text
from recon_xl.report.result import NOT_RECONCILABLE


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a contract table: its number on the sheet, and its cells by contract column."""

    raw: RawTable
    number: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """A cell as text, blank where it is empty or an Excel error."""
        cell = self.cells.get(column)
        return "" if isinstance(cell, ErrorText) else strip_text(raw_text(cell))

    def amount(self, column: str) -> Decimal | None:
        """A number, None where the cell is blank or holds none."""
        try:
            value = parse_cell(table(self.raw.name).column(column).kind, self.cells.get(column), "en-US")
        except CellProblem:
            return None
        return Decimal(value) if isinstance(value, Decimal | int) else None

    def money(self, column: str) -> str:
        """An amount in words, `1,025.00 USD`; blank where there is none."""
        amount = self.amount(column)
        return "" if amount is None else money_text(amount, self.text("Currency")).strip()

    def span(self, first: str = "", last: str = "") -> str:
        """The range of this row from one column to another, such as `A7:X7`; the whole row of the table without them."""
        places = [self.raw.columns.index(name) for name in (first, last) if name in self.raw.columns]
        ends = (min(places), max(places)) if places else (0, len(self.raw.columns) - 1)
        return ":".join(f"{column_letter(self.raw.first_column + place)}{self.number}" for place in ends)


def rows_of(snapshot: Snapshot, name: str) -> Iterator[Row]:
    """The rows of a table, from top to bottom as they stand. ContractError where the table or a column is absent."""
    require_tables(snapshot, (name,))
    raw, declared = snapshot.tables[name], table(name)
    places = match_columns(declared.columns, raw.columns)
    require_columns(f"{snapshot.book} > {raw.sheet}", declared, raw.columns, places)
    for number, cells in raw.rows:
        yield Row(raw, number, {column: cells[place] for column, place in places.items() if place < len(cells)})


def top_of(raw: RawTable) -> str:
    """The first cell below the header."""
    return f"{column_letter(raw.first_column)}{raw.header_row + 1}"


def require_run(snapshot: Snapshot) -> None:
    """ContractError where the month has never been run: an empty table would look like a clean one."""
    if next(rows_of(snapshot, "Run Log"), None) is None:
        raise ContractError(
            where=snapshot.book,
            found="no run yet",
            expected="a month that has been reconciled",
            todo=f"Press Run, or type: recon-xl run {quoted(snapshot.book)}",
        )


def not_reconciled(snapshot: Snapshot) -> str:
    """Why the last run compared nothing, as a sentence; blank where it did: its empty results would look like clean ones."""
    newest = max(rows_of(snapshot, "Run Log"), key=lambda row: row.text("Run"), default=None)
    if newest is None or newest.text("Status") != NOT_RECONCILABLE:
        return ""
    reason = newest.text("Messages").partition("\n")[0].removeprefix(f"{NOT_RECONCILABLE}: ")
    return f"The last run was {NOT_RECONCILABLE}: {reason or 'see Coverage.'} Import what is missing and run again."


def sums_text(sums: Mapping[str, Decimal]) -> str:
    """Money by currency: `1,024.00 EUR and 3.00 USD`, without those of 0; amounts of different currencies are never added."""
    told = [money_text(amount, currency) for currency, amount in sums.items() if amount] or [
        money_text(amount, currency) for currency, amount in list(sums.items())[:1]
    ]
    return " and ".join(part for part in (", ".join(told[:-1]), *told[-1:]) if part) or "no amount"


def sums_of(rows: Iterable[Row], column: str) -> dict[str, Decimal]:
    """Currency -> the sum of a column of money; a row without a currency has no money."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        currency = row.text("Currency")
        if currency:
            sums[currency] = EXACT.add(sums.get(currency, ZERO), row.amount(column) or ZERO)
    return dict(sorted(sums.items()))


def sums_json(sums: Mapping[str, Decimal]) -> dict[str, str | None]:
    """The same for `--json`: exact text with the digits of each currency."""
    return {currency: amount_text(amount, currency) for currency, amount in sums.items()}
