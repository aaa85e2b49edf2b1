"""The Sources table: every imported file, one row an invoice and currency, with its exact sums."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from recon_xl.contract import Table
from recon_xl.core.cells import Value
from recon_xl.core.money import total
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.importing.desk import Desk, same_table
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.recognise import Recognition

SOURCES = "Sources"
_SOURCE_ID = re.compile(r"S([0-9]{1,9})").fullmatch
_SUMS: Mapping[str, tuple[str, str, str]] = {
    "Vendor Lines": ("Subtotal", "Tax Total", "Total"),
    "Daily Usage": ("Billing Pre Tax Total", "", ""),
    "Billed Lines": ("Amount", "Tax", ""),
}
_CURRENCY = {"Vendor Lines": "Currency", "Daily Usage": "Billing Currency", "Billed Lines": "Currency"}
_STATED = ("Invoice", "Currency", "Period", "Rows", "Net", "Tax", "Total")
_AS_OF = {
    "Vendor Lines": "Charge Start Date",
    "Daily Usage": "Usage Date",
    "Billed Lines": "Period Start",
    "Counts": "As Of",
}


@dataclass(frozen=True, slots=True)
class Invoice:
    """What one source adds up to."""

    invoice: str | None
    currency: str | None
    period: str | None
    rows: int
    net: Decimal | None
    tax: Decimal | None
    total: Decimal | None
    as_of: date | None = None

    def as_dict(self) -> dict[str, object]:
        """For `--json`: amounts as text."""
        money = {name: None if value is None else str(value) for name, value in self._money().items()}
        found = {"invoice": self.invoice, "currency": self.currency, "period": self.period, "rows": self.rows}
        return {**found, **money}

    def _money(self) -> dict[str, Decimal | None]:
        return {"net": self.net, "tax": self.tax, "total": self.total}


@dataclass(slots=True)
class Outcome:
    """What became of one sheet."""

    sheet: FileSheet
    recognition: Recognition
    status: str
    rows_read: int
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    sources: list[str] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    problems: list[dict[str, object]] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """The documented entry of `files`."""
        return {
            "file": self.sheet.file,
            "sheet": self.sheet.sheet,
            "table": self.recognition.table.name,
            "format": self.recognition.format_name,
            "status": self.status,
            "rows_read": self.rows_read,
            "inserted": self.inserted,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "sources": self.sources,
            "invoices": [invoice.as_dict() for invoice in self.invoices],
            "problems": self.problems,
        }


def sum_up(rows: FileRows, places: Sequence[int], *, invoice: str | None, period: str | None) -> Invoice:
    """Exact sums of some rows of a file; none where the currency is not one and the same."""
    currency = _one_currency(rows, places)
    net, tax, whole = _SUMS.get(rows.table.name, ("", "", ""))
    return Invoice(
        invoice=invoice,
        currency=currency,
        period=period,
        rows=len(places),
        net=_sum(rows, places, net) if currency else None,
        tax=_sum(rows, places, tax) if currency else None,
        total=_sum(rows, places, whole) if currency else None,
        as_of=_latest(rows, places),
    )


def currency_column(table: Table) -> str:
    """The column that tells the currency of a table's sums; `Currency` where the table has no sums."""
    return _CURRENCY.get(table.name, "Currency")


def new_source(desk: Desk) -> str:
    """The next free id: S001, S002, ..., above every id that any line or source carries."""
    used = {str(value) for table in desk.source_columns() for value in table.column("Source") if value is not None}
    numbers = [int(matched[1]) for text in used if (matched := _SOURCE_ID(text))]
    source = f"S{max(numbers, default=0) + 1:03}"
    desk.new_sources.add(source)
    return source


def find_sources(desk: Desk, table: Table, wanted: Mapping[str, Value]) -> list[int]:
    """Rows of Sources of one table, in which each named column holds the wanted value."""
    sources = desk.table(SOURCES)
    tables = sources.column("Table")
    columns = [(sources.column(name), value) for name, value in wanted.items()]
    return [
        place
        for place in sources.places()
        if same_table(table, tables[place]) and all(values[place] == value for values, value in columns)
    ]


def source_row(desk: Desk, sheet: FileSheet, recognition: Recognition, source: str, found: Invoice) -> dict[str, Value]:
    """A row of Sources."""
    return {
        "Source": source,
        "File": sheet.where,
        "Table": recognition.table.name,
        "Format": recognition.format_name,
        "Status": "Synced",
        "Invoice": found.invoice,
        "Currency": found.currency,
        "Period": found.period,
        "As Of": found.as_of,
        "Rows": found.rows,
        "Net": found.net,
        "Tax": found.tax,
        "Total": found.total,
        "Imported": desk.request.now,
        "Hash": sheet.digest,
    }


def register(desk: Desk, row: Mapping[str, Value], replaced: Sequence[int] = ()) -> None:
    """Add a source, or put it in the place of earlier ones; a typed control total stays."""
    sources = desk.table(SOURCES)
    if not replaced:
        sources.add(row)
        return
    controls = [control for place in replaced if (control := sources.value(place, "Control Total")) is not None]
    kept: Mapping[str, Value] = {"Control Total": controls[0]} if controls else {}
    sources.change(replaced[0], {**row, **kept})
    sources.delete(replaced[1:])


def stated(desk: Desk, places: Sequence[int]) -> tuple[list[Invoice], list[str]]:
    """What some rows of Sources say, and their ids."""
    sources = desk.table(SOURCES)
    read = {name: sources.column(name) for name in ("Source", *_STATED)}
    found = [Invoice(*(read[name][place] for name in _STATED)) for place in places]  # type: ignore[arg-type]
    return found, [str(read["Source"][place]) for place in places]


def _sum(rows: FileRows, places: Sequence[int], name: str) -> Decimal | None:
    if name not in rows.columns:
        return None
    values = rows.columns[name]
    return total(value for place in places if isinstance(value := values[place], Decimal))


def _one_currency(rows: FileRows, places: Sequence[int]) -> str | None:
    name = _CURRENCY.get(rows.table.name)
    found = {rows.value(place, name) for place in places} if name else set()
    only = found.pop() if len(found) == 1 else None
    return only if isinstance(only, str) else None


def _latest(rows: FileRows, places: Sequence[int]) -> date | None:
    name = _AS_OF.get(rows.table.name)
    if name not in rows.columns:
        return None
    values = rows.columns[name]
    return max((value for place in places if isinstance(value := values[place], date)), default=None)
