"""Lines: every row of a source is kept, a source is one file, or one invoice and currency of a vendor's file."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from recon_xl.core.cells import Value
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.importing.desk import Desk
from recon_xl.intake.importing.earlier import VENDOR_LINES, Earlier, Part, find_earlier, refuse_overlap, take_out
from recon_xl.intake.importing.overlap import line_columns
from recon_xl.intake.importing.register import Invoice, Outcome, new_source, register, source_row, sum_up
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.recognise import Recognition

_is_month = re.compile(r"[0-9]{4}-[0-9]{2}").fullmatch


def add_lines(desk: Desk, sheet: FileSheet, recognition: Recognition, rows: FileRows) -> Outcome:
    """Put the rows of a file into their table of lines; `ConflictError` where they overlap what is there."""
    outcome = Outcome(sheet, recognition, "added", len(rows))
    _fill_month(desk, rows)
    found = [(part, find_earlier(desk, outcome, part)) for part in _parts(rows)]
    for part, earlier in found:
        if earlier.replaced:
            take_out(desk, outcome, part, earlier)
    refuse_overlap(desk, outcome, rows, [part for part, _ in found])
    statuses = [_add_part(desk, outcome, rows, part, earlier) for part, earlier in found]
    outcome.status = next((one for one in ("replaced", "part") if one in statuses), "added")
    outcome.inserted = len(rows)
    return outcome


def _add_part(desk: Desk, outcome: Outcome, rows: FileRows, part: Part, earlier: Earlier) -> str:
    source = new_source(desk)
    found = sum_up(rows, part.places, invoice=part.invoice, period=_period(desk, rows, part))
    _say_period(desk, outcome, part, found)
    _insert(desk, rows, part, source, found.period)
    row = source_row(desk, outcome.sheet, outcome.recognition, source, found)
    register(desk, row, earlier.sources if earlier.replaced else ())
    outcome.sources.append(source)
    outcome.invoices.append(found)
    if earlier.replaced:
        return "replaced"
    if earlier.has_others:
        desk.messages.append(f"{outcome.sheet.where}: {part.title} added as a part, source {source}.")
        return "part"
    return "added"


def _parts(rows: FileRows) -> list[Part]:
    """One part an invoice and currency for vendor lines, in order of appearance; else the whole file."""
    if rows.table.name != VENDOR_LINES:
        return [Part(None, None, list(range(len(rows))))]
    parts: dict[tuple[str | None, str | None], list[int]] = {}
    for place in range(len(rows)):
        key = (_text(rows.value(place, "Invoice Number")), _text(rows.value(place, "Currency")))
        parts.setdefault(key, []).append(place)
    return [Part(invoice, currency, places) for (invoice, currency), places in parts.items()]


def _insert(desk: Desk, rows: FileRows, part: Part, source: str, period: str | None) -> None:
    lines = desk.table(rows.table.name)
    names = line_columns(rows.table)
    own_ids = _own_ids(desk, rows)
    has_period = "Period" in rows.table.column_names
    for place, content in zip(part.places, rows.contents(part.places, names), strict=True):
        number = rows.row_numbers[place]
        row: dict[str, Value] = dict(zip(names, content, strict=True))
        row |= {"Line": own_ids.get(place, f"{source}-{number}"), "Source": source, "Source Row": number}
        if has_period:
            row["Period"] = period
        lines.add(row)


def _own_ids(desk: Desk, rows: FileRows) -> dict[int, Value]:
    """Line ids that the file brings along, where each is unique in the table; the others get one of ours."""
    if "Line" not in rows.columns:
        return {}
    counts = Counter(rows.columns["Line"])
    lines = desk.table(rows.table.name)
    known = lines.column("Line")
    taken = {known[place] for place in lines.places()}
    given = {place: line for place, line in enumerate(rows.columns["Line"]) if line is not None}
    kept: dict[int, Value] = {place: line for place, line in given.items() if counts[line] == 1 and line not in taken}
    if len(kept) < len(given):
        desk.messages.append(f"{rows.table.name}: {len(given) - len(kept)} line ids are not unique and got new ones.")
    return kept


def _period(desk: Desk, rows: FileRows, part: Part) -> str | None:
    """The month asked for, else the month in which most charges start (the earlier of equals), else the workbook's."""
    if desk.request.period:
        return desk.request.period
    for name in ("Charge Start Date", "Usage Date", "Billing Month", "Period Start"):
        values = rows.columns.get(name)
        months = Counter(_month(values[place]) for place in part.places) if values else Counter[str]()
        del months[""]
        if months:
            return min(months, key=lambda month: (-months[month], month))
    return desk.settings.period or None if rows.table.name != "Counts" else None


def _month(value: Value) -> str:
    """The month of a date, or a month as it stands; empty for anything unreadable."""
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    return value if isinstance(value, str) and _is_month(value) else ""


def _say_period(desk: Desk, outcome: Outcome, part: Part, found: Invoice) -> None:
    asked = desk.settings.period
    if asked and found.period and found.period != asked:
        desk.messages.append(
            f"{outcome.sheet.where}: warning: {part.title} belongs to {found.period}, the workbook's period is {asked}."
        )


def _fill_month(desk: Desk, rows: FileRows) -> None:
    """Billed lines without a month take the month asked for."""
    if rows.table.name == "Billed Lines" and desk.request.period:
        months = rows.columns.get("Billing Month", [None] * len(rows))
        starts = rows.columns.get("Period Start", [None] * len(rows))
        # A line that says when its period starts belongs to that month, whatever the import is told.
        rows.columns["Billing Month"] = [
            desk.request.period if month is None and start is None else month
            for month, start in zip(months, starts, strict=True)
        ]


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
