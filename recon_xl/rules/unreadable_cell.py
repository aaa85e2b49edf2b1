"""A cell that cannot be read without guessing.

What it finds
    An amount, quantity or date that is no amount, quantity or date; an error value; a required
    cell that is blank; a name that a list does not have.

Why it matters
    Its row is held, never counted as zero; the totals of its client and product are not compared.

Example
    Billed Lines, row 14, Quantity holds "ten".

How to clear it
    Correct the cell at the address given, or the file it came from, and run again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from recon_xl.core.finding import REVIEW, Finding, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.engine.columns import line_ids
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.intake.problems import BadCell
from recon_xl.rules.hits import WITHOUT_BILL

CODE = "unreadable-cell"
TITLE = "Cell cannot be read"
SEVERITY = "High"
PER_KEY = False
FIX_STEP = FixStep.CELLS

_DETAIL = frozenset({"Daily Usage"})
_MONEY_OF = {"Vendor Lines": "Subtotal", "Billed Lines": "Amount"}
_NAME_OF = {
    "Customers": ("Customer", ""),
    "Sell Prices": ("Customer", "Billing Product"),
    "Agreements": ("Customer", "Billing Product"),
    "Products": ("", "Billing Product"),
    "Vendor Lines": ("Customer Name", "Sku Name"),
    "Billed Lines": ("Customer", "Product"),
    "Counts": ("Customer", "Product"),
}


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a cell; at stake is the money of its row, where that can be read."""
    files = dict(zip(inputs.column("Sources", "Source"), inputs.column("Sources", "File"), strict=True))
    for problem, more in _told(inputs.problems()):
        row = _row(inputs, problem.table, problem.row)
        customer, product = (str(row.get(name) or "") for name in _NAME_OF.get(problem.table, ("", "")))
        yield Hit(
            identity=(problem.table, row.get("id") or f"row {problem.row}", problem.column),
            customer=customer,
            product=product,
            currency=row.get("Currency") or inputs.settings.base_currency,
            at_stake=abs(row.get(_MONEY_OF.get(problem.table, "")) or Decimal(0)),
            direction=REVIEW,
            why=f"{_address(problem, row, files)}: found {problem.found}; expected {problem.expected}.{_more_words(more)}",
            action="Correct this cell and run again.",
            basis="unaccounted",
            lines=(row["id"],) if "id" in row else (),
        )


def _told(problems: Sequence[BadCell]) -> Iterator[tuple[BadCell, int]]:
    """Every cell; of tables with a row a day and resource the first of each column, and how many more it has."""
    first: dict[tuple[str, str], BadCell] = {}
    counts: dict[tuple[str, str], int] = {}
    for problem in problems:
        if problem.table in _DETAIL:
            column = (problem.table, problem.column)
            first.setdefault(column, problem)
            counts[column] = counts.get(column, 0) + 1
        else:
            yield problem, 0
    for column, problem in first.items():
        yield problem, counts[column] - 1


def _more_words(more: int) -> str:
    return f" The same column cannot be read in {more} more row{'' if more == 1 else 's'}." if more else ""


def _address(problem: BadCell, row: dict[str, Any], files: dict[Any, Any]) -> str:
    """Where the cell is in the workbook, and where it came from: `Billed Lines > row 14 > Quantity (psa.csv, row 12)`."""
    here = f"{problem.sheet} > row {problem.row} > {problem.column}"
    file = files.get(row.get("Source"))
    return f"{here} ({file}, row {row.get('Source Row')})" if file else here


def _row(inputs: Inputs, table: str, number: int) -> dict[str, Any]:
    typed = inputs.tables[table]
    if table not in _NAME_OF:
        return {}
    place = typed.row_numbers.index(number)
    values = {column: cells[place] for column, cells in typed.columns.items()}
    return values | {"id": line_ids(inputs, table)[place]} if "Line" in values else values


_UNREAD = """
    SELECT line_id, invoice, currency FROM vendor_line WHERE in_period AND unreadable
"""
_AMOUNTS = frozenset({"Subtotal", "Tax Total", "Total"})


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """Keys without a price because a mapping cell cannot be read: their reason names the cell.

    And control totals that differ because an amount of the invoice cannot be read.
    """
    cells = {finding.hit.why.partition(":")[0].partition(" (")[0]: finding.key for finding in own}
    invoices = {line: tuple(invoice) for line, *invoice in session.rows(_UNREAD)}
    amounts = {
        invoices[finding.hit.lines[0]]: finding.key
        for finding in own
        if finding.hit.identity[-1] in _AMOUNTS and finding.hit.lines and finding.hit.lines[0] in invoices
    }
    found: dict[str, str] = {}
    for finding in others:
        named = None
        if finding.rule in {*WITHOUT_BILL, "unpriced"}:
            named = next((key for cell, key in cells.items() if cell in finding.hit.why), None)
        elif finding.rule == "invoice-control-difference":
            named = amounts.get(finding.hit.identity)
        if named is not None:
            found[finding.key] = named
    return found
