"""Lines: every row of a source is kept, a source is one file, or one invoice and currency of a vendor's file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from recon_xl.core.cells import Value
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.importing.clashes import refuse_overlap, say_part, take_out
from recon_xl.intake.importing.desk import Desk
from recon_xl.intake.importing.earlier import VENDOR_LINES, Earlier, Part, find_earlier, leftovers
from recon_xl.intake.importing.overlap import line_columns, month_text
from recon_xl.intake.importing.register import (
    SOURCES,
    Invoice,
    Outcome,
    currency_column,
    new_source,
    register,
    source_row,
    sum_up,
)
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.recognise import Recognition

_CREDIT = "customercredit"


def add_lines(
    desk: Desk, sheet: FileSheet, recognition: Recognition, rows: FileRows, known: Sequence[int] = ()
) -> Outcome:
    """Put the rows of a file into their table of lines; `ConflictError` where they overlap what is there.

    `known` are the rows of Sources that hold this very file, when it is to be loaded again.
    """
    outcome = Outcome(sheet, recognition, "added", len(rows))
    _fill_month(desk, rows)
    parts = _parts(rows)
    found = [(part, find_earlier(desk, outcome, rows, part, known)) for part in parts]
    for part, earlier in found:
        if earlier.replaced:
            take_out(desk, outcome, rows, part, earlier)
    _drop(desk, rows, leftovers(desk, rows, parts, known))
    refuse_overlap(desk, outcome, rows, found)
    statuses = [_add_part(desk, outcome, rows, part, earlier) for part, earlier in found]
    outcome.status = next((one for one in ("replaced", "part") if one in statuses), "added")
    outcome.inserted = len(rows)
    return outcome


def _add_part(desk: Desk, outcome: Outcome, rows: FileRows, part: Part, earlier: Earlier) -> str:
    source = earlier.again or new_source(desk)
    desk.new_sources.add(source)
    found = sum_up(rows, part.places, invoice=part.invoice, period=period_of(desk, rows, part)[0])
    _say_period(desk, outcome, rows, part, found)
    if earlier.there and not earlier.replaced:
        say_part(desk, outcome, rows, part, earlier, source)
    _insert(desk, rows, part, source, found.period)
    row = source_row(desk, outcome.sheet, outcome.recognition, source, found)
    register(desk, row, earlier.sources if earlier.replaced else ())
    outcome.sources.append(source)
    outcome.invoices.append(found)
    if earlier.replaced:
        return "replaced"
    return "part" if earlier.there else "added"


def _drop(desk: Desk, rows: FileRows, places: Sequence[int]) -> None:
    """Take sources out, with their lines."""
    sources, lines = desk.table(SOURCES), desk.table(rows.table.name)
    ids, of_line = sources.column("Source"), lines.column("Source")
    gone = {ids[place] for place in places}
    lines.delete([place for place in lines.places() if of_line[place] in gone])
    sources.delete(places)


def _parts(rows: FileRows) -> list[Part]:
    """One part an invoice and currency for vendor lines, in order of appearance; else the whole file."""
    if rows.table.name != VENDOR_LINES:
        return [Part(None, None, list(range(len(rows))))]
    return _grouped(rows, "Currency")


def _grouped(rows: FileRows, currency: str) -> list[Part]:
    parts: dict[tuple[str | None, str | None], list[int]] = {}
    places = range(len(rows))
    for place, (invoice, of_amounts) in enumerate(rows.contents(places, ["Invoice Number", currency])):
        parts.setdefault((_text(invoice), _text(of_amounts)), []).append(place)
    return [Part(invoice, currency, places) for (invoice, currency), places in parts.items()]


def _insert(desk: Desk, rows: FileRows, part: Part, source: str, period: str | None) -> None:
    lines = desk.table(rows.table.name)
    own_ids = _own_ids(desk, rows)
    numbers = [rows.row_numbers[place] for place in part.places]
    columns: dict[str, Sequence[Value]] = {
        name: rows.column_at(name, part.places) for name in line_columns(rows.table) if name in rows.columns
    }
    named = zip(part.places, numbers, strict=True)
    columns["Line"] = [own_ids.get(place, f"{source}-{number}") for place, number in named]
    columns["Source"] = [source] * len(numbers)
    columns["Source Row"] = numbers
    if "Period" in rows.table.column_names:
        columns["Period"] = [period] * len(numbers)
    lines.add_all(columns, len(numbers))


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


def invoices_of(desk: Desk, rows: FileRows) -> list[tuple[Invoice, str]]:
    """What the rows of a file add up to, by invoice and currency, each with how its month was told.

    Lines without a currency are a part of their own, without sums: their clients' currencies may differ.
    """
    found = []
    for part in _grouped(rows, currency_column(rows.table)):
        period, told = period_of(desk, rows, part)
        found.append((sum_up(rows, part.places, invoice=part.invoice, period=period), told))
    return found


def period_of(desk: Desk, rows: FileRows, part: Part) -> tuple[str | None, str]:
    """The month asked for, else the month in which most charges start, else the workbook's; and how it was told.

    Credits do not vote. Of equals the workbook's month wins, else the latest.
    """
    if desk.request.period:
        return desk.request.period, "--period"
    asked = desk.settings.period or None
    for name in ("Charge Start Date", "Usage Date", "Billing Month", "Period Start"):
        values = rows.columns.get(name)
        months = Counter[str]()
        for value, times in Counter(rows.column_at(name, _voters(rows, part)) if values else ()).items():
            months[month_text(value)] += times
        del months[""]
        if months:
            month = max(months, key=lambda month: (months[month], month == asked, month))
            return month, f"{name} of {months[month]} of {months.total()} rows"
    if asked and rows.table.name != "Counts":
        return asked, "the workbook's period"
    return None, "not told"


def _voters(rows: FileRows, part: Part) -> list[int]:
    """The rows that open or change a cycle; all of them where there are credits only."""
    types = rows.columns.get("Charge Type")
    if types is None:
        return part.places
    of_credit = {value for value in {*types} if str(value).strip().casefold() == _CREDIT}
    return [place for place in part.places if types[place] not in of_credit] or part.places


def _say_period(desk: Desk, outcome: Outcome, rows: FileRows, part: Part, found: Invoice) -> None:
    asked = desk.settings.period
    if not asked or not found.period or found.period == asked:
        return
    # Billed lines say their own month; a month that was given need not be given again.
    may_be_given = "Period" in rows.table.column_names and not desk.request.period
    todo = f"; if it is of {asked}, import it again with --period {asked} --replace" if may_be_given else ""
    desk.messages.append(
        f"{outcome.sheet.where}: {part.title} belongs to {found.period}, the workbook's period is {asked}{todo}."
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
