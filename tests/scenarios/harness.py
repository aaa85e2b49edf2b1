"""A month-end workbook in memory: the committed template, the rows that a story types into it, and what a run says.

Nothing here computes an expectation. Rows are dictionaries by the contract's column names, with
texts as an accountant would type them; `seats`, `bill` and the others only save typing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from recon_xl.commands.model import Clock
from recon_xl.commands.reconcile import RunOutcome, run
from recon_xl.contract import Kind, table
from recon_xl.core.cells import Cell, ErrorText, NumberText, PercentText, Value
from recon_xl.core.changeset import ChangeSet, EditRows, ReplaceRows
from recon_xl.core.control import Control
from recon_xl.core.draft import Draft, DraftLine
from recon_xl.core.finding import Finding
from recon_xl.core.money import percent
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.apply import stored_cell
from recon_xl.report.result import Result

NOW = datetime(2026, 11, 9, 8, 30)  # noqa: DTZ001 - times of the product are UTC without a zone
FIRST_ROW = 6
BUSINESS_STANDARD = ("CFQ7TTC0LDPB", "0001")
"""Product Id and Sku Id of the product that stories sell unless they say otherwise."""

Row = dict[str, str]
Lines = Sequence[tuple[str, str, str, str, str, str]]
"""Charge type, first day, last day, effective unit price, billable quantity, subtotal: as Microsoft prints them."""

_is_number = re.compile(r"-?[0-9]+(\.[0-9]+)?").fullmatch


class Books:
    """One month's workbook. Every method adds rows; `reconcile` runs the product on them."""

    def __init__(self, blank: Snapshot, period: str, settings: Mapping[str, str]) -> None:
        self._blank = blank
        self._settings = {"Period": period, **settings}
        self.period = period
        self.tables: dict[str, list[Row]] = {}

    def add(self, name: str, *rows: Row) -> Books:
        """Rows of any table, by column name; a leading `#` makes an Excel error value of a text."""
        known = set(table(name).column_names)
        for row in rows:
            assert set(row) <= known, f"{name} has no column {sorted(set(row) - known)}"
        self.tables.setdefault(name, []).extend(rows)
        return self

    def customer(self, name: str, **more: str) -> Books:
        """A client in US dollars and tax region US (8 %), whose vendor customer id is `id of <name>`."""
        self.add("Customers", {
            "Customer": name, "Vendor Customer Ids": f"id of {name}", "Currency": "USD", "Tax Region": "US", **_titled(more),
        })  # fmt: skip
        if not self.tables.get("Tax"):
            self.add("Tax", {"Tax Region": "US", "Product Class": "*", "Tax Code": "T8", "Rate": "8"})
        return self

    def product(self, name: str, basis: str = "fixed", source: str = "vendor", **more: str) -> Books:
        """A billing product; a vendor product is Business Standard unless ids are given."""
        ids = {} if source != "vendor" else dict(zip(("Product Id", "Sku Id"), BUSINESS_STANDARD, strict=True))
        row = {"Billing Product": name, "Quantity Source": source, "Price Basis": basis, **ids, **_titled(more)}
        return self.add("Products", row)

    def agreement(self, customer: str, product: str, price: str, **more: str) -> Books:
        """A contract with an agreed price a unit and charge cycle."""
        number = f"A{len(self.tables.get('Agreements', [])) + 1}"
        row = {"Agreement": number, "Customer": customer, "Billing Product": product, "Price": price, **_titled(more)}
        return self.add("Agreements", row)

    def vendor(self, customer: str, *lines: Row) -> Books:
        """Vendor lines of one customer on invoice G001 in US dollars, unless they say otherwise."""
        for line in lines:
            given = {
                "Customer Id": f"id of {customer}", "Customer Name": customer, "Invoice Number": "G001",
                "Product Id": BUSINESS_STANDARD[0], "Sku Id": BUSINESS_STANDARD[1], "Sku Name": "Business Standard",
                "Currency": "USD", "Pricing Currency": "USD", "PC To BC Exchange Rate": "1", "Subscription Id": "sub-1",
                "Term And Billing Cycle": "One-Year commitment for monthly/yearly billing", "Billing Frequency": "Monthly",
            }  # fmt: skip
            row = {**given, **line}
            row.setdefault("Tax Total", "0")
            self.add("Vendor Lines", {key: value for key, value in row.items() if value})
        return self

    def seats(self, customer: str, lines: Lines, **more: str) -> Books:
        """Seat lines of one subscription, in the order in which Microsoft prints them, one Order Date a line."""
        for charge, start, end, price, quantity, subtotal in lines:
            self.vendor(customer, {
                "Charge Type": charge, "Charge Start Date": start, "Charge End Date": end, "Order Date": start,
                "Effective Unit Price": price, "Billable Quantity": quantity, "Subtotal": subtotal, **_titled(more),
            })  # fmt: skip
        return self

    def cycle(self, customer: str, quantity: str, price: str, subtotal: str, **more: str) -> Books:
        """A whole cycle of the month being closed, from its first to its last day, for so many seats."""
        first, last = month_days(self.period)
        return self.seats(customer, [("cycleCharge", first, last, price, quantity, subtotal)], **more)

    def bill(self, customer: str, product: str, quantity: str, unit: str = "", amount: str = "", **more: str) -> Books:
        """A line of the planned bill for the month."""
        row = {
            "Customer": customer, "Product": product, "Quantity": quantity, "Unit Price": unit, "Amount": amount,
            "Billing Month": self.period, **_titled(more),
        }  # fmt: skip
        return self.add("Billed Lines", {key: value for key, value in row.items() if value})

    def count(self, customer: str, product: str, units: str, as_of: str = "", **more: str) -> Books:
        """A count by the RMM on the last day of the month, unless another date or source is given."""
        row = {
            "Count Source": "RMM", "Customer": customer, "Product": product, "Count": units,
            "As Of": as_of or month_days(self.period)[1], **_titled(more),
        }  # fmt: skip
        return self.add("Counts", row)

    def control_total(self, total: str, invoice: str = "G001", currency: str = "USD") -> Books:
        """The vendor's invoice total, typed on Sources."""
        return self.add("Sources", {
            "Source": f"S{len(self.tables.get('Sources', [])) + 1}", "Table": "Vendor Lines", "Invoice": invoice,
            "Currency": currency, "Period": self.period, "Control Total": total,
        })  # fmt: skip

    def shuffled(self, seed: int) -> Books:
        """The same month with the rows of every source table in another order."""
        other = Books(self._blank, self.period, {**self._settings})
        for name, rows in self.tables.items():
            kept = list(rows)
            if name in ("Vendor Lines", "Billed Lines", "Counts"):
                random.Random(seed).shuffle(kept)  # noqa: S311 - an order of rows, no secret
            other.tables[name] = kept
        return other

    def snapshot(self) -> Snapshot:
        """The workbook as a run would read it."""
        tables = {name: _filled(raw, self.tables.get(name, [])) for name, raw in self._blank.tables.items()}
        return with_settings(replace(self._blank, tables=tables), self._settings)

    def run(self) -> RunOutcome:
        """Result and what would be written."""
        return run(self.snapshot(), Clock(NOW, "tester"))

    def reconcile(self) -> Result:
        """What the product says about the month."""
        return self.run().result


OpenBooks = Callable[..., Books]
"""The fixture `books`: `books("2026-10")` opens an empty month; settings by their titles."""


class Told(NamedTuple):
    """What an exception says, in short."""

    rule: str
    customer: str
    at_stake: Decimal
    direction: str


def month_days(period: str) -> tuple[str, str]:
    """First and last day of the months that stories play in."""
    last = {"2021-06": 30, "2021-07": 31, "2022-02": 28, "2022-03": 31, "2026-10": 31, "2026-11": 30}[period]
    return f"{period}-01", f"{period}-{last}"


def exceptions(result: Result) -> list[Told]:
    """Primary findings but information, by rule and customer."""
    found = (finding for finding in result.exceptions if finding.is_primary)
    return sorted(Told(f.rule, f.hit.customer, f.hit.at_stake, f.hit.direction) for f in found)


def the_exception(result: Result) -> Finding:
    """The only exception of a month; fails where there are none or several."""
    (finding,) = result.exceptions
    return finding


def rules_of(result: Result) -> list[str]:
    """Rules of everything found, information and consequences included."""
    return sorted(finding.rule for finding in result.findings)


def the_draft(result: Result) -> Draft:
    """The only draft of a month."""
    (draft,) = result.drafts
    return draft


def the_line(result: Result) -> DraftLine:
    """The only draft line of a month."""
    (line,) = the_draft(result).lines
    return line


def the_match(result: Result) -> Mapping[str, object]:
    """The only client, product and currency of a month, with both sides."""
    (match,) = result.matches
    return match


def control(result: Result, name: str, invoice: str = "") -> Control:
    """The control whose name begins so."""
    (found,) = (c for c in result.controls if c.name.startswith(name) and invoice in ("", c.invoice))
    return found


def applied(snapshot: Snapshot, changes: ChangeSet) -> Snapshot:
    """The workbook after a run: its result tables hold what the run wrote."""
    tables = dict(snapshot.tables)
    for change in changes.changes:
        if isinstance(change, ReplaceRows):
            tables[change.table] = _replaced(tables[change.table], change)
        assert not isinstance(change, EditRows), "a run never edits inputs"
    return replace(snapshot, tables=tables)


def _replaced(raw: RawTable, change: ReplaceRows) -> RawTable:
    rows = []
    for place, values in enumerate(change.rows):
        cells: dict[str, Cell] = {}
        for name, value in zip(change.columns, values, strict=True):
            cells[name] = _read_back(value, table(raw.name).column(name).kind)
        rows.append((FIRST_ROW + place, [cells.get(name) for name in raw.columns]))
    return replace(raw, rows=tuple(rows))


def _read_back(value: Value, kind: Kind) -> Cell:
    """A percentage stands in its cell as a fraction; a formula for one gives a fraction by itself."""
    points = percent(value) if kind is Kind.PERCENT and isinstance(value, Decimal) else value
    cell = stored_cell(points)
    return PercentText(cell) if kind is Kind.PERCENT and isinstance(cell, NumberText) else cell


def _titled(more: Mapping[str, str]) -> Row:
    """`tax_region="US"` is column Tax Region; names that are columns already stay."""
    return {key if key[:1].isupper() else key.replace("_", " ").title().replace("Po", "PO"): more[key] for key in more}


def _filled(raw: RawTable, rows: Sequence[Row]) -> RawTable:
    kinds = {column.name: column for column in table(raw.name).columns}
    found = list(raw.rows)
    for row in rows:
        cells = [_cell(row.get(name), name in kinds and kinds[name].is_numeric) for name in raw.columns]
        found.append((FIRST_ROW + len(found), cells))
    return replace(raw, rows=tuple(found))


def _cell(text: str | None, is_numeric: bool) -> Cell:
    """As Excel holds it: a number that fits 15 digits is a number, everything else is text."""
    if text is None:
        return None
    if text.startswith("#"):
        return ErrorText(text)
    return stored_cell(Decimal(text)) if is_numeric and _is_number(text) else text


def with_settings(snapshot: Snapshot, settings: Mapping[str, str]) -> Snapshot:
    """The workbook with these values on Settings."""
    raw = snapshot.tables["Settings"]
    name_at, value_at = raw.columns.index("Setting"), raw.columns.index("Value")
    names = {cells[name_at] for _, cells in raw.rows}
    assert set(settings) <= names, f"no setting {sorted(set(settings) - {str(name) for name in names})}"
    rows: list[tuple[int, list[Cell]]] = []
    for number, cells in raw.rows:
        changed = list(cells)
        changed[value_at] = settings.get(str(cells[name_at]), cells[value_at])
        rows.append((number, changed))
    return replace(snapshot, tables={**snapshot.tables, "Settings": replace(raw, rows=tuple(rows))})
