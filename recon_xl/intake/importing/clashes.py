"""Says what a file would repeat: refuses it, or takes the earlier rows out where replacing was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from recon_xl.core.cells import Value
from recon_xl.core.errors import ConflictError
from recon_xl.core.money import total
from recon_xl.intake.importing.desk import Desk
from recon_xl.intake.importing.earlier import VENDOR_LINES, Earlier, Part
from recon_xl.intake.importing.overlap import billed_months, overlapping
from recon_xl.intake.importing.register import SOURCES, Outcome
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.texts import plain_number

Found = Sequence[tuple[Part, Earlier]]
_LISTED = 20
_SAME = {
    VENDOR_LINES: "with other amounts",
    "Billed Lines": "for the same customer, product and month",
    "Counts": "for the same tool, date, customer and product",
}


def take_out(desk: Desk, outcome: Outcome, rows: FileRows, part: Part, earlier: Earlier) -> None:
    """Delete the lines of the replaced sources; of a vendor's file only those of this invoice."""
    lines = desk.table(rows.table.name)
    names = ", ".join(_files(desk, lines.column("Source"), earlier.lines)) or "source none"
    lost = _months_lost(desk, rows, part, earlier)
    lines.delete(earlier.lines)
    desk.messages.append(
        f"{outcome.sheet.where}: {part.title} replaces {len(earlier.lines)} rows ({names}); others stay."
    )
    if lost:
        desk.messages.append(f"{outcome.sheet.where}: of {', '.join(lost)} nothing came in their place.")


def refuse_overlap(desk: Desk, outcome: Outcome, rows: FileRows, found: Found) -> None:
    """`ConflictError` that lists every invoice, or the file, whose rows are there already."""
    told: list[str] = []
    there: set[int] = set()
    for part, earlier in found:
        twins = overlapping(desk.table(rows.table.name), rows, part.places)
        same = _still_there(desk, outcome, rows, earlier)
        if twins or same:
            told.append(_told(desk, rows, part, twins, same) + _totals(desk, rows, part, earlier))
            there.update(place for places in same.values() for place in places)
    if not told:
        return
    more = f"; and {len(told) - _LISTED} more" if len(told) > _LISTED else ""
    files = _files(desk, desk.table(rows.table.name).column("Source"), there)
    beside = f"; there: {', '.join(files)}" if files else ""
    raise ConflictError(
        where=outcome.sheet.where,
        found=f"rows that are in {rows.table.name} already: {'; '.join(told[:_LISTED])}{more}{beside}",
        expected="rows that are new, or the very same file again",
        todo=_todo(desk, rows, files),
    )


def say_part(desk: Desk, outcome: Outcome, rows: FileRows, part: Part, earlier: Earlier, source: str) -> None:
    """A part beside what is there; of an invoice with both totals, so that a restated one is seen."""
    desk.messages.append(
        f"{outcome.sheet.where}: {part.title} added as a part, source {source}{_totals(desk, rows, part, earlier)}."
    )


def _still_there(desk: Desk, outcome: Outcome, rows: FileRows, earlier: Earlier) -> dict[int, list[int]]:
    """The lines that are the same and were not taken out; pasted bills and counts are the user's own and only told."""
    lines = desk.table(rows.table.name)
    live, of_line = set(lines.places()), lines.column("Source")
    left = {row: [place for place in places if place in live] for row, places in earlier.same.items()}
    if rows.table.name != VENDOR_LINES:
        pasted = {place for places in left.values() for place in places if of_line[place] is None}
        if pasted:
            desk.messages.append(
                f"{outcome.sheet.where}: {len(pasted)} rows pasted by hand into {rows.table.name} are "
                f"{_SAME[rows.table.name]}; delete them if the file holds them too."
            )
        left = {row: [place for place in places if place not in pasted] for row, places in left.items()}
    return {row: places for row, places in left.items() if places}


def _told(desk: Desk, rows: FileRows, part: Part, twins: Sequence[int], same: Iterable[int]) -> str:
    """`1 of 2 rows of the file (row 2), 1 for the same customer, product and month (row 3)`."""
    others = sorted(set(same) - set(twins))
    of_part = f"of {_rows(len(part.places))} of {part.title}"
    if not others:
        return f"{len(twins)} {of_part} ({_shown(rows, twins)})"
    kind = f"{_SAME[rows.table.name]} ({_shown(rows, others)}, such as {_sample(desk, rows, others[0])})"
    if not twins:
        return f"{len(others)} {of_part} {kind}"
    return f"{len(twins)} {of_part} ({_shown(rows, twins)}), {len(others)} {kind}"


def _sample(desk: Desk, rows: FileRows, place: int) -> str:
    if rows.table.name == VENDOR_LINES:
        names: tuple[str, ...] = ("Subscription Id", "Charge Type")
    else:
        names = ("Customer", "Product")
    return " / ".join(str(value) for name in names if (value := rows.value(place, name)) is not None)


def _shown(rows: FileRows, places: Sequence[int]) -> str:
    shown = ", ".join(str(rows.row_numbers[place]) for place in places[:_LISTED])
    return f"{'row' if len(places) == 1 else 'rows'} {shown}" + (
        f" and {len(places) - _LISTED} more" if len(places) > _LISTED else ""
    )


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _files(desk: Desk, of_line: Sequence[Value], places: Iterable[int]) -> list[str]:
    """`psa.csv, source S001 with 2 rows`, for each source of some lines, with all rows that it has."""
    sources = desk.table(SOURCES)
    ids, files = sources.column("Source"), sources.column("File")
    names = {ids[place]: files[place] for place in sources.places()}
    named = {of_line[place] for place in places}
    live = Counter(of_line)
    return [
        f"{names.get(source) or 'a file'}, source {source} with {_rows(live[source])}" if source else "pasted rows"
        for source in sorted(named, key=str)
    ]


def _totals(desk: Desk, rows: FileRows, part: Part, earlier: Earlier) -> str:
    """`: total 120.96 there, 60.48 in the file` for an invoice."""
    if rows.table.name != VENDOR_LINES:
        return ""
    lines = desk.table(VENDOR_LINES)
    live = set(lines.places())
    name = "Total" if rows.columns.get("Total") and "Total" in lines.columns else "Subtotal"
    old = _sum(value for (value,) in lines.contents([p for p in earlier.there if p in live], [name]))
    new = _sum(rows.value(place, name) for place in part.places)
    return f": {name} {plain_number(old)} there, {plain_number(new)} in the file"


def _sum(values: Iterable[Value]) -> Decimal:
    return total(value for value in values if isinstance(value, Decimal))


def _months_lost(desk: Desk, rows: FileRows, part: Part, earlier: Earlier) -> list[str]:
    """Months whose billed lines are replaced by a file that has none of them."""
    if rows.table.name != "Billed Lines" or earlier.again is not None:
        return []
    period = desk.settings.period
    brought = set(billed_months(rows, part.places, period))
    gone = Counter(billed_months(desk.table(rows.table.name), earlier.lines, period))
    return [f"{_rows(number)} for {month}" for month, number in sorted(gone.items()) if month not in brought]


def _todo(desk: Desk, rows: FileRows, files: Sequence[str]) -> str:
    if desk.request.replace:
        return "Delete those rows from the tab where they were pasted; of two files of one call leave one out."
    if rows.table.name == VENDOR_LINES:
        return "Use --replace to replace these invoices, if the file is the corrected one; or leave the file out."
    if not files:
        return "Use --replace to replace the file of the same name, or leave the file out."
    others = "tools, dates, customers or products" if rows.table.name == "Counts" else "customers or products"
    return f"Use --replace to replace that source, or leave the file out; a file for other {others} is added as a part."
